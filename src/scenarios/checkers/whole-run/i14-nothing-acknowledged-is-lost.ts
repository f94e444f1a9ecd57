import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";

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
    message: message("checked-run.lost-setting", { name }),
  }));
  const taken = crashes.flatMap(({ device, elapsedMs, kind, losses }) =>
    [...new Set(losses)].map((table): Violation => ({
      invariant: "I14",
      message: message("checked-run.lost-row", {
        table,
        way: message(`checked-run.${kind}`),
        device,
        elapsedMs,
      }),
    })),
  );
  return [...settings, ...taken];
}
