import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * I5: capacity is never exceeded, and the used figure is the sum of what is stored. Verifies it after each
 * backup and each delete job. Does not verify moments within a job.
 */
export function capacity({ backups, deletions }: RunRecord): Violation[] {
  // What a delete job deletes frees its space at once (D6).
  const worked = deletions.flatMap(({ job, work }) => (work === undefined ? [] : { job, ...work }));
  return [...backups, ...worked].flatMap(({ job, serviceAfter }) => {
    const { usedBytes, quotaBytes, storedBytes } = serviceAfter;
    const violations: Violation[] = [];
    if (usedBytes > quotaBytes) {
      const said = { job: namedJob(job), used: usedBytes, quota: quotaBytes };
      violations.push({ invariant: "I5", message: message("checked-run.over-capacity", said) });
    }
    if (usedBytes !== storedBytes) {
      const said = { job: namedJob(job), used: usedBytes, stored: storedBytes };
      violations.push({ invariant: "I5", message: message("checked-run.wrong-usage", said) });
    }
    return violations;
  });
}
