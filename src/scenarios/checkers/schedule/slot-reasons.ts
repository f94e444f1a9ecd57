import type { Message } from "../../../messages/message.ts";
import type { JobRecord } from "../../../protocol/job-record.ts";
import { checkReasons } from "../shared/check-reasons.ts";
import type { Violation } from "../shared/violation.ts";

/** The invariant `reason`, of the row of a slot that no backup began for. */
export function slotReasons(row: JobRecord, at: (what: Message) => Message): readonly Violation[] {
  const violations: Violation[] = [];
  checkReasons({ job: row, rows: [] }, (invariant, what) => {
    violations.push({ invariant, message: at(what) });
  });
  return violations;
}
