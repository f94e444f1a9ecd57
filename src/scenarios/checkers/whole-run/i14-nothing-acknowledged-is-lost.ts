import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";

/**
 * I14: a process that is killed and a PC that loses its power lose no row, setting, mail or index entry that
 * was acknowledged. It reports the losses that the simulation found when it compared the database before and
 * after. Does not verify jobs or files: a lost power may take what was not acknowledged.
 */
export function nothingAcknowledgedIsLost({
  crashes,
  lostSettings,
}: Pick<RunRecord, "crashes" | "lostSettings">): Violation[] {
  const settings = lostSettings.map((name): Violation => ({
    invariant: "I14",
    message: `the setting ${name}, which a person was told is changed, is another one at the end`,
  }));
  const taken = crashes.flatMap(({ device, elapsedMs, kind, losses }) =>
    [...new Set(losses)].map((loss): Violation => ({
      invariant: "I14",
      message: `${loss} after the ${kind} of the ${device} at ${elapsedMs} ms`,
    })),
  );
  return [...settings, ...taken];
}
