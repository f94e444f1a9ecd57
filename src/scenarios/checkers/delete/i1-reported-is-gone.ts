import type { JobFileRecord } from "../../../protocol/job-record.ts";
import type { DeleteRun } from "../../observation/delete-run.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * I1 for delete jobs: what a row calls deleted, or not there any more, is not on the service. Does not
 * look at what somebody put there again while the job worked.
 */
export function reportedIsGone(deletion: DeleteRun): Violation[] {
  const { job, rows, sourcePath } = deletion;
  return rows
    .filter((row) => isThereAllTheSame(deletion, row))
    .map(({ path, status }): Violation => {
      const what = message("checked-delete.still-there", { path: JSON.stringify(path), status });
      const about = { job: namedJob(job), source: sourcePath };
      return { invariant: "I1", message: message("checked-job.of", { ...about, what }) };
    });
}

function isThereAllTheSame({ work, acts }: DeleteRun, row: JobFileRecord): boolean {
  if (work === undefined || (row.status !== "completed" && row.status !== "not-found"))
    return false;
  const isPutMeanwhile = acts.some(
    ({ act, path, seq }) =>
      seq > work.startedSeq &&
      (act === "put-file" || act === "replace-file") &&
      (path === row.path || path.startsWith(`${row.path}/`)),
  );
  if (isPutMeanwhile) return false;
  const { files, folders } = work.serviceAfter;
  return row.entryKind === "file" ? files.has(row.path) : folders.has(row.path);
}
