import type { ScanFacts } from "../core/delete-decision.ts";
import { failure } from "../core/file-outcome.ts";
import { DeleteTurns } from "./delete-turns.ts";
import { ProgressReporter } from "../jobs/backup/progress-reporter.ts";
import { runBackupJob } from "../jobs/backup/run-backup-job.ts";
import { JobStop, type StopReason } from "../jobs/job-stop.ts";
import type { RunStopKind } from "../jobs/run-stop.ts";
import type { RunSourcesOptions } from "./run-sources-options.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import type { SourceFolder } from "../state/records.ts";

const BACKUP_STOPS: Record<RunStopKind, StopReason> = {
  interrupt: {
    failure: failure("interrupted", ["B-INT-1"], "a person interrupted the backup"),
    rest: "list-rest",
    trustsIndex: true,
  },
  logout: {
    failure: failure("interrupted", ["B-INT-2"], "somebody logged out during the backup"),
    rest: "list-rest",
    trustsIndex: true,
  },
  close: {
    failure: failure("unexpected", ["B-UX-6"], "the tool was closed during the backup"),
    rest: "at-once",
    trustsIndex: false,
  },
};

/**
 * Backs sources up one after another, each followed by its delete job with 差分比較削除; the ended jobs
 * in order, until the run is stopped.
 */
export async function runSources(options: RunSourcesOptions): Promise<readonly JobRecord[]> {
  const jobs: JobRecord[] = [];
  const deletions = options.settings.compareDelete ? new DeleteTurns(options) : undefined;
  for (const [index, source] of options.sources.entries()) {
    // A run that is stopped before it began still has its first job to tell of it.
    if (index > 0 && options.stop.kind !== undefined) break;
    const { job, scan } = await backUp(options, source);
    jobs.push(job);
    if (deletions === undefined) continue;
    const following = options.sources.slice(index + 1);
    jobs.push(await deletions.take({ source, job, scan, following }));
  }
  return [...jobs, ...(deletions?.leave() ?? [])];
}

async function backUp(
  options: RunSourcesOptions,
  source: SourceFolder,
): Promise<{ readonly job: JobRecord; readonly scan: ScanFacts | undefined }> {
  const { ports, database, tuning, settings, request } = options;
  // A job's stop is its own unless it ends the whole run: each source may fail for itself (F21).
  const stop = new JobStop();
  const released = options.stop.onStop((kind) => stop.stop(BACKUP_STOPS[kind]));
  const { includeHidden, compareUpload, compareDelete } = settings;
  const progress = new ProgressReporter({
    database,
    disk: ports.disk,
    source,
    includeHidden,
    onProgress: request.onProgress,
  });
  let scan: ScanFacts | undefined;
  try {
    const job = await runBackupJob({
      ...ports,
      database,
      tuning,
      settings: { includeHidden, compareUpload, compareDelete },
      source,
      service: options.service(),
      trigger: request.trigger ?? "manual",
      slotDay: request.slotDay,
      stop,
      onJob: (changed) => {
        progress.job(changed);
        request.onJob?.(changed);
      },
      onScanned: (facts) => (scan = facts),
      onRow: (row) => request.onFile?.(row),
      onProgress: (path, recorder) => progress.moved(path, recorder),
    });
    return { job, scan };
  } finally {
    released();
  }
}
