import type { DeleteCauseId } from "../../../protocol/cause.ts";
import type { Progress } from "../requests.ts";
import { deleteFailure } from "../../core/delete-failure.ts";
import { failure, type FileFailure } from "../../core/file-outcome.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Entropy } from "../../ports/entropy.ts";
import type { Log } from "../../ports/log.ts";
import type { MemoryGauge } from "../../ports/memory.ts";
import type { Service } from "../../ports/service.ts";
import type { SourceDisk } from "../../ports/source-disk.ts";
import { FileIndex } from "../../state/file-index.ts";
import { GoneEntries } from "../../state/gone-entries.ts";
import { JobDetails } from "../../state/job-details.ts";
import { JobHistory } from "../../state/job-history.ts";
import { PendingUploads } from "../../state/pending-uploads.ts";
import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import type { SourceFolder } from "../../state/records.ts";
import type { StateDatabase } from "../../state/state-database.ts";
import type { Tuning } from "../../tuning.ts";
import { endJob } from "../end-job.ts";
import type { JobStop } from "../job-stop.ts";
import { Retrier } from "../retrier.ts";
import { stopIfUnreachable } from "../stop-if-unreachable.ts";
import type { DeleteContext } from "./delete-context.ts";
import { deleteFiles } from "./delete-files.ts";
import { deleteFolders } from "./delete-folders.ts";
import { DeleteRecorder } from "./delete-recorder.ts";

/** What one delete job works with. */
export interface DeleteJobOptions {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly disk: SourceDisk;
  readonly memory: MemoryGauge;
  readonly log: Log;
  readonly service: Service;
  readonly database: StateDatabase;
  readonly tuning: Tuning;
  readonly source: SourceFolder;
  /** The device the source folder was on when it was scanned. */
  readonly deviceId: string;
  /** Its row, running. */
  readonly job: JobRecord;
  readonly stop: JobStop<DeleteCauseId>;
  readonly onJob: (job: JobRecord) => void;
  readonly onRow: (row: JobFileRecord) => void;
  /** Called often; totals are what the backup found gone. */
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/**
 * Deletes on the service what the backup before it found gone from the source (F17), and resolves to
 * its ended job. Always ends its job, whatever happens, unless the process ends first.
 */
export async function runDeleteJob(options: DeleteJobOptions): Promise<JobRecord> {
  const { job, log, source, service, stop } = options;
  log.write("info", "delete started", { job: job.id, source: source.path });
  options.onJob(job);
  const recorder = recorderOf(options);
  const cutOnStop = stop.onStop(() => service.cut());
  let detail: string | null = null;
  try {
    await workThrough(options, recorder);
    const trouble = troubleOfStop(stop, recorder);
    if (trouble !== undefined) recorder.tally.add(trouble);
    detail = trouble?.detail ?? null;
  } catch (error) {
    // Whatever nobody foresaw still ends the job, with a status that says so (DEL-UX-4).
    detail = `unforeseen: ${error instanceof Error ? error.message : String(error)}`;
    recorder.tally.add(failure("unexpected", ["DEL-UX-4"], detail));
    log.write("error", "delete failed", { job: job.id, error: String(error) });
  } finally {
    cutOnStop();
  }
  recorder.flush();
  const outcome = recorder.tally.outcome(recorder.hasDeleted);
  return endJob(options, { job, outcome, counts: recorder.counts, detail });
}

function recorderOf(options: DeleteJobOptions): DeleteRecorder {
  const { database, source, job } = options;
  const gone = new GoneEntries(database, source.id);
  const totals = gone.totals();
  return new DeleteRecorder({
    jobId: job.id,
    clock: options.clock,
    database,
    index: new FileIndex(database, source.id),
    pending: new PendingUploads(database, source.id),
    gone,
    history: new JobHistory(database),
    details: new JobDetails(database),
    onRow: options.onRow,
    onProgress: (currentPath, { doneCount, doneBytes }) =>
      options.onProgress?.({
        jobId: job.id,
        sourcePath: source.path,
        filesDone: doneCount,
        filesTotal: totals.entryCount,
        bytesDone: doneBytes,
        bytesTotal: totals.sizeBytes,
        currentPath,
      }),
  });
}

async function workThrough(options: DeleteJobOptions, recorder: DeleteRecorder): Promise<void> {
  const { clock, entropy, disk, memory, log, service, database, tuning, source, stop } = options;
  const retrier = new Retrier({
    clock,
    entropy,
    tuning,
    stop,
    onExhausted: stopIfUnreachable({ service, stop, failureOf: deleteFailure }),
  });
  const context: DeleteContext = {
    disk,
    log,
    service,
    tuning,
    stop,
    retrier,
    guard: { memory, budgetBytes: tuning.memoryBudgetBytes, stop },
    recorder,
    index: new FileIndex(database, source.id),
    gone: new GoneEntries(database, source.id),
    destination: source.destination.split("/"),
    root: { rootPath: source.path, deviceId: options.deviceId },
  };
  await deleteFiles(context);
  await deleteFolders(context);
}

/** What made the job stop, unless it had everything done by then (I2). */
function troubleOfStop(
  stop: JobStop<DeleteCauseId>,
  recorder: DeleteRecorder,
): FileFailure<DeleteCauseId> | undefined {
  const { reason } = stop;
  if (reason === undefined) return undefined;
  const isByPerson = reason.failure.status === "interrupted";
  const nothingLeft = recorder.tally.outcome(false).status === "completed";
  return isByPerson && nothingLeft ? undefined : reason.failure;
}
