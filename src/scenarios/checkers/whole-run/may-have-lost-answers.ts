import type { FiredFault } from "../../scenario/fired-fault.ts";
import type { RunRecord } from "../../observation/run-record.ts";

/** Whether an answer to a login may have been lost or changed on its way. */
export function mayHaveLostAnswers({ backups, restores, crashes }: RunRecord): boolean {
  const isOnTheWay = ({ layer, hitCount }: FiredFault): boolean =>
    hitCount > 0 && (layer === "network" || layer === "storage" || layer === "outage");
  return (
    crashes.length > 0 ||
    [...backups, ...restores].some(
      ({ fired, stop }) => fired.some(isOnTheWay) || stop?.earlier !== undefined,
    )
  );
}
