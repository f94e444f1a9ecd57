import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";
import type { JobRecord } from "../../../protocol/job-record.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * I9, as far as it is about deletions: each ended backup with 差分比較削除 on has one delete job, no other has one;
 * while one works, those that follow in the run wait; and none waits for ever. Does not verify scenarios that
 * did not come to their end, nor what the delete jobs do.
 */
export function oneDeletionPerBackup(record: RunRecord): Violation[] {
  const { backups, deletions, history, driver, crashes } = record;
  if (driver.kind !== "done") return [];
  const violations: Violation[] = [];
  const say = (said: Message): void => {
    violations.push({ invariant: "I9", message: said });
  };
  const sayOf = (job: Pick<JobRecord, "kind" | "id">, source: string, what: Message): void =>
    say(message("checked-job.of", { job: namedJob(job), source, what }));
  for (const backup of backups) {
    const count = deletions.filter((deletion) => deletion.backup === backup).length;
    const { job, sourcePath } = backup;
    if (!backup.compareDelete && count > 0) {
      sayOf(job, sourcePath, message("checked-delete.none-wanted", { count }));
    }
    const isEnded = backup.job.endedAtMs !== null;
    // Its process ended right behind it, before anything else had a row.
    const isLast = crashes.some(
      ({ device, newestJobId }) => device === backup.device && newestJobId === backup.job.id,
    );
    if (isLast && count === 0) continue;
    if (backup.compareDelete && isEnded && count !== 1) {
      sayOf(job, sourcePath, message("checked-delete.wrong-number", { count }));
    }
  }
  for (const { job, backup, hasWaited, work, laterSources, waitingSources } of deletions) {
    const about = { job: namedJob(job) };
    if (backup === undefined && !hasWaited) say(message("checked-delete.follows-nothing", about));
    if (work === undefined || work.deletionRequests.length === 0) continue;
    for (const source of laterSources) {
      if (waitingSources.has(source)) continue;
      say(message("checked-delete.did-not-wait", { ...about, source }));
    }
  }
  for (const job of history) {
    if (job.status !== "waiting") continue;
    sayOf(job, job.sourcePath, message("checked-delete.waits-for-ever"));
  }
  return violations;
}
