import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";

/**
 * I11, as far as it goes without restores: nothing is written outside the destination folders. Does not
 * verify what is inside a destination folder.
 */
export function onlyInTheDestination({ foreignServiceWrites }: RunRecord): Violation[] {
  return foreignServiceWrites.map((path) => ({
    invariant: "I11",
    message: message("checked-run.foreign-write", { path: JSON.stringify(path) }),
  }));
}
