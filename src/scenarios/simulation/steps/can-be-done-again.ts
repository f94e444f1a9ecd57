import type { JobRecord } from "../../../protocol/job-record.ts";
import { INCOMPLETE_STATUSES } from "../../../protocol/status.ts";

/** Whether a job ended 未完了, so that a person can do it again (F32). */
export function canBeDoneAgain({ status }: JobRecord): boolean {
  return (INCOMPLETE_STATUSES as readonly string[]).includes(status);
}
