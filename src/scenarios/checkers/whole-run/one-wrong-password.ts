import type { FiredFault } from "../../scenario/fired-fault.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";

/**
 * A password that is wrong is tried once by each tool, until somebody logs in again (F02, D1). Verifies how
 * many logins the service refused in a row. Does not verify runs in which an answer to a login may have
 * been lost: whoever did not hear it asks again.
 */
export function oneWrongPassword(record: RunRecord): Violation[] {
  const { logins, agentCount, crashes } = record;
  if (crashes.length > 0 || mayHaveLostAnswers(record)) return [];
  let refusedCount = 0;
  for (const login of logins) {
    refusedCount = login === "refused" ? refusedCount + 1 : 0;
    if (refusedCount > agentCount) {
      const message = `the service refused ${refusedCount} logins in a row of ${agentCount} tools`;
      return [{ invariant: "login", message }];
    }
  }
  return [];
}

function mayHaveLostAnswers({ backups, restores }: RunRecord): boolean {
  const isOnTheWay = ({ layer, hitCount }: FiredFault): boolean =>
    hitCount > 0 && (layer === "network" || layer === "storage" || layer === "outage");
  return [...backups, ...restores].some(
    ({ fired, stop }) => fired.some(isOnTheWay) || stop?.earlier !== undefined,
  );
}
