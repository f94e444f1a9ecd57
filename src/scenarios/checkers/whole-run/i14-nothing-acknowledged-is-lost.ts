import type { RunRecord } from "../../observation/run-record.ts";
import type { Breach } from "../shared/breach.ts";

/**
 * I14: a process that is killed and a PC that loses its power lose no row, setting, mail or index
 * entry that was acknowledged.
 */
export function nothingAcknowledgedIsLost({ crashes }: Pick<RunRecord, "crashes">): Breach[] {
  return crashes.flatMap(({ device, elapsedMs, kind, losses }) =>
    [...new Set(losses)].map((loss): Breach => ({
      law: "I14",
      message: `${loss} after the ${kind} of the ${device} at ${elapsedMs} ms`,
    })),
  );
}
