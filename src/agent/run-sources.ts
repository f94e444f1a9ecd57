import type { AgentPorts, BackupRequest } from "./agent-api.ts";
import { failure } from "./core/file-outcome.ts";
import { ProgressReporter } from "./jobs/backup/progress-reporter.ts";
import { runBackupJob } from "./jobs/backup/run-backup-job.ts";
import { JobStop, type StopReason } from "./jobs/job-stop.ts";
import type { RunStop, RunStopKind } from "./jobs/run-stop.ts";
import type { Service } from "./ports/service.ts";
import type { JobRecord, Settings, SourceFolder } from "./state/records.ts";
import type { StateDatabase } from "./state/state-database.ts";
import type { Tuning } from "./tuning.ts";

/** What a run of backups works with. */
export interface RunSourcesOptions {
  readonly ports: AgentPorts;
  readonly database: StateDatabase;
  readonly tuning: Tuning;
  readonly settings: Settings;
  readonly sources: readonly SourceFolder[];
  readonly service: () => Service;
  readonly request: BackupRequest;
  readonly stop: RunStop;
}

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

/** Backs sources up one after another; one ended job per source, in order, until the run is stopped. */
export async function runSources(options: RunSourcesOptions): Promise<readonly JobRecord[]> {
  const jobs: JobRecord[] = [];
  for (const source of options.sources) {
    if (options.stop.kind !== undefined) break;
    jobs.push(await backUp(options, source));
  }
  return jobs;
}

async function backUp(options: RunSourcesOptions, source: SourceFolder): Promise<JobRecord> {
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
  try {
    return await runBackupJob({
      ...ports,
      database,
      tuning,
      settings: { includeHidden, compareUpload, compareDelete },
      source,
      service: options.service(),
      trigger: request.trigger ?? "manual",
      stop,
      onJob: (job) => {
        progress.job(job);
        request.onJob?.(job);
      },
      onRow: (row) => request.onFile?.(row),
      onProgress: (path, recorder) => progress.moved(path, recorder),
    });
  } finally {
    released();
  }
}
