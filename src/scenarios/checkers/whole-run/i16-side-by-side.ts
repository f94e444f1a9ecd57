import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";

/**
 * I16: others who work on the same contract are not harmed. What the neighbour's own jobs claim is checked
 * like the PC's; this looks at what a person stored elsewhere in the contract. Does not verify who may write
 * where while they work.
 */
export function sideBySide({ foreignServiceLosses }: RunRecord): Violation[] {
  return foreignServiceLosses.map((path) => ({
    invariant: "I16",
    message: message("checked-run.foreign-loss", { path: JSON.stringify(path) }),
  }));
}
