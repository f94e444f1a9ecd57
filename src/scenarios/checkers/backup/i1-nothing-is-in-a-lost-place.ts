import { message } from "../../../messages/message.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import { namedJob } from "../shared/named-job.ts";
import type { Violation } from "../shared/violation.ts";

/**
 * I1 where the destination goes while a backup runs: what the agent comes to once the service refused what was sent
 * there (B-UX-11) is not on the service as it is here (差分無し), whatever was known before. Does not verify jobs
 * that something else ended or disturbed, nor what lies in folders that were looked at before the answer.
 */
export function nothingIsInALostPlace(run: BackupRun): Violation[] {
  if (run.stop !== undefined || !isOnlyDiskDisturbed(run)) return [];
  if (!run.rows.some(({ causes }) => causes.includes("B-UX-11"))) return [];
  const heards = run.destinationTouches.map(({ heardMs }) => heardMs ?? Number.POSITIVE_INFINITY);
  const sinceMs = Math.min(...heards);
  const isLater = (folder: string): boolean => {
    const lists = run.diskCalls.filter(({ call, path }) => call === "list" && path === folder);
    return lists.length > 0 && lists.every(({ atMs }) => atMs > sinceMs);
  };
  return run.rows
    .filter(({ path, status }) => status === "no-difference" && isLater(folderOf(run, path)))
    .map(({ path, status }) => {
      const about = { job: namedJob(run.job), path: JSON.stringify(path) };
      const what = message("checked-backup.no-file", { status });
      return { invariant: "I1", message: message("checked-job.at", { ...about, what }) };
    });
}

/** Whether nothing kept the service's answers from the agent. */
function isOnlyDiskDisturbed({ fired, sleepsMs }: BackupRun): boolean {
  return (
    sleepsMs.length === 0 &&
    fired.every(({ layer, hitCount }) => layer === "disk" || hitCount === 0)
  );
}

function folderOf({ sourcePath }: BackupRun, path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? sourcePath : `${sourcePath}/${path.slice(0, end)}`;
}
