import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";

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
      const message = `after job ${job.id}, ${usedBytes} bytes of ${quotaBytes} are used`;
      violations.push({ invariant: "I5", message });
    }
    if (usedBytes !== storedBytes) {
      const message = `after job ${job.id}, the service says ${usedBytes} bytes and stores ${storedBytes}`;
      violations.push({ invariant: "I5", message });
    }
    return violations;
  });
}
