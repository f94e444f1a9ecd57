import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";

/**
 * I16: others who work on the same contract are not harmed. What the neighbour's own jobs claim is checked
 * like the PC's; this looks at what a person stored elsewhere in the contract. Does not verify who may write
 * where while they work.
 */
export function sideBySide({ foreignServiceLosses }: RunRecord): Violation[] {
  return foreignServiceLosses.map((path) => ({
    invariant: "I16",
    message: `${JSON.stringify(path)}, stored by someone else, is gone or has other bytes`,
  }));
}
