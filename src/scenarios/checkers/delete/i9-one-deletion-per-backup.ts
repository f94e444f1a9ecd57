import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";

/**
 * I9, as far as it is about deletions: each ended backup with 差分比較削除 on has one delete job, no other has one;
 * while one works, those that follow in the run wait; and none waits for ever. Does not verify scenarios that
 * did not come to their end, nor what the delete jobs do.
 */
export function oneDeletionPerBackup(record: RunRecord): Violation[] {
  const { backups, deletions, history, driver, crashes } = record;
  if (driver.kind !== "done") return [];
  const violations: Violation[] = [];
  const say = (message: string): void => {
    violations.push({ invariant: "I9", message });
  };
  for (const backup of backups) {
    const count = deletions.filter((deletion) => deletion.backup === backup).length;
    const about = `backup ${backup.job.id} of ${backup.sourcePath}`;
    if (!backup.compareDelete && count > 0)
      say(`${about} has ${count} delete jobs, none is wanted`);
    const isEnded = backup.job.endedAtMs !== null;
    // Its process ended right behind it, before anything else had a row.
    const isLast = crashes.some(
      ({ device, newestJobId }) => device === backup.device && newestJobId === backup.job.id,
    );
    if (isLast && count === 0) continue;
    if (backup.compareDelete && isEnded && count !== 1) say(`${about} has ${count} delete jobs`);
  }
  for (const { job, backup, hasWaited, work, laterSources, waitingSources } of deletions) {
    if (backup === undefined && !hasWaited) say(`delete job ${job.id} follows no backup`);
    if (work === undefined || work.deletionRequests.length === 0) continue;
    for (const source of laterSources) {
      if (!waitingSources.has(source))
        say(`while delete job ${job.id} worked, ${source} did not wait`);
    }
  }
  for (const job of history) {
    if (job.status === "waiting") say(`job ${job.id} of ${job.sourcePath} waits for ever`);
  }
  return violations;
}
