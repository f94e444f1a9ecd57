import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";

/**
 * I14: a process that is killed and a PC that loses its power lose no row, setting, mail or index
 * entry that was acknowledged.
 */
export function nothingAcknowledgedIsLost({ crashes }: Pick<RunRecord, "crashes">): Violation[] {
  return crashes.flatMap(({ device, elapsedMs, kind, losses }) =>
    [...new Set(losses)].map((loss): Violation => ({
      invariant: "I14",
      message: `${loss} after the ${kind} of the ${device} at ${elapsedMs} ms`,
    })),
  );
}
