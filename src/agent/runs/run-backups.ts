import type { JobRecord } from "../../protocol/job-record.ts";
import type { ScanFacts } from "../core/delete-decision.ts";
import { runBackupJob } from "../jobs/backup/run-backup-job.ts";
import { underRunStop } from "../jobs/stop-reasons.ts";
import type { Settings, SourceFolder } from "../state/records.ts";
import { DeleteTurns, type DeleteTurnsOptions } from "./delete-turns.ts";

/** What is backed up in one run; the rest is what its delete jobs take too. */
export interface RunBackupsOptions extends DeleteTurnsOptions {
  readonly settings: Settings;
  readonly sources: readonly SourceFolder[];
}

/**
 * Backs sources up one after another, each followed by its delete job with 差分比較削除; the ended jobs
 * in order, until the run is stopped.
 */
export async function runBackups(options: RunBackupsOptions): Promise<readonly JobRecord[]> {
  const jobs: JobRecord[] = [];
  const deletions = options.settings.compareDelete ? new DeleteTurns(options) : undefined;
  try {
    await backUpInOrder(options, jobs, deletions);
  } catch (error) {
    // What waits for a turn that does not come is told so, as far as that can be written down.
    deletions?.leave();
    throw error;
  }
  return [...jobs, ...(deletions?.leave() ?? [])];
}

/** Adds the ended jobs to `jobs` as they come. */
async function backUpInOrder(
  options: RunBackupsOptions,
  jobs: JobRecord[],
  deletions: DeleteTurns | undefined,
): Promise<void> {
  for (const [index, source] of options.sources.entries()) {
    // A run that is stopped before it began still has its first job to tell of it.
    if (index > 0 && options.stop.kind !== undefined) break;
    const { job, scan } = await backUp(options, source);
    jobs.push(job);
    if (deletions === undefined) continue;
    const following = options.sources.slice(index + 1);
    jobs.push(await deletions.take({ source, job, scan, following }));
  }
}

async function backUp(
  options: RunBackupsOptions,
  source: SourceFolder,
): Promise<{ readonly job: JobRecord; readonly scan: ScanFacts | undefined }> {
  const { environment, disk, machine = null, settings, request } = options;
  const { includeHidden, compareUpload, compareDelete } = settings;
  let scan: ScanFacts | undefined;
  const job = await underRunStop("backup", options.stop, (stop) =>
    runBackupJob({
      environment: { ...environment, service: options.service() },
      disk,
      machine,
      settings: { includeHidden, compareUpload, compareDelete },
      source,
      trigger: request.trigger ?? "manual",
      slotDay: request.slotDay,
      stop,
      onJob: (changed) => request.onJob?.(changed),
      onScanned: (facts) => (scan = facts),
      onRow: (row) => request.onFile?.(row),
      onProgress: request.onProgress,
    }),
  );
  return { job, scan };
}
