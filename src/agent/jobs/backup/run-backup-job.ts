import { failure, type FileFailure } from "../../core/file-outcome.ts";
import type { ScanFacts } from "../../core/delete-decision.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Entropy } from "../../ports/entropy.ts";
import type { Log } from "../../ports/log.ts";
import type { MemoryGauge } from "../../ports/memory.ts";
import type { Service } from "../../ports/service.ts";
import { DiskError, type SourceDisk } from "../../ports/source-disk.ts";
import { FileIndex } from "../../state/file-index.ts";
import { GoneEntries } from "../../state/gone-entries.ts";
import { JobDetails } from "../../state/job-details.ts";
import { JobHistory } from "../../state/job-history.ts";
import { knownEntries } from "../../state/known-entries.ts";
import { PendingUploads } from "../../state/pending-uploads.ts";
import type { JobFileRecord, JobRecord, JobTrigger } from "../../../protocol/job-record.ts";
import type { Settings, SourceFolder } from "../../state/records.ts";
import { SourceStore } from "../../state/source-store.ts";
import { SqliteNameSpill } from "../../state/sqlite-name-spill.ts";
import type { StateDatabase } from "../../state/state-database.ts";
import type { Tuning } from "../../tuning.ts";
import { endJob } from "../end-job.ts";
import { guardMemory } from "../guard-memory.ts";
import type { JobStop } from "../job-stop.ts";
import { Retrier } from "../retrier.ts";
import { stopIfUnreachable } from "../stop-if-unreachable.ts";
import type { BackupContext } from "./backup-context.ts";
import { BackupRecorder } from "./backup-recorder.ts";
import { compare, type ComparedItem } from "./compare.ts";
import { confirmListed } from "./confirm-listed.ts";
import { findGone } from "./find-gone.ts";
import {
  askService,
  failureForAll,
  lookAtSource,
  rootFailure,
  stopWithoutListing,
} from "./preflight.ts";
import { scan } from "./scan.ts";
import { ServiceListing } from "./service-listing.ts";
import { sendItems } from "./send-items.ts";

/** What one backup job works with. */
export interface BackupJobOptions {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly disk: SourceDisk;
  readonly memory: MemoryGauge;
  readonly log: Log;
  readonly service: Service;
  readonly database: StateDatabase;
  readonly tuning: Tuning;
  readonly settings: Pick<Settings, "includeHidden" | "compareUpload" | "compareDelete">;
  readonly source: SourceFolder;
  readonly trigger: JobTrigger;
  /** The slot it is for, by its day number; absent when a person started it. */
  readonly slotDay?: number | undefined;
  readonly stop: JobStop;
  readonly onJob: (job: JobRecord) => void;
  readonly onRow: (row: JobFileRecord) => void;
  /**
   * The scan came to its end, and what is gone is noted for the delete job; only with
   * `settings.compareDelete`.
   */
  readonly onScanned?: (facts: ScanFacts) => void;
  /** Something got done at a path; called often. */
  readonly onProgress: (path: string, recorder: BackupRecorder) => void;
}

/**
 * Backs one source folder up and resolves to its ended job: row first, then scan, comparison,
 * transfer, and the outcome from what the files and the job saw (rules 1-3 of the status table).
 * Always ends its job, whatever happens, unless the process ends first.
 */
export async function runBackupJob(options: BackupJobOptions): Promise<JobRecord> {
  const { clock, database, source, stop, log } = options;
  const history = new JobHistory(database);
  const job = history.start(
    {
      kind: "backup",
      trigger: options.trigger,
      sourceId: source.id,
      sourcePath: source.path,
      destination: source.destination,
      startedAtMs: clock.nowMs(),
      settings: { kind: "backup", ...options.settings },
      slotDay: options.slotDay ?? null,
    },
    "B-RUN-1",
  );
  log.write("info", "backup started", { job: job.id, source: source.path });
  options.onJob(job);
  const gone = new GoneEntries(database, source.id);
  if (options.settings.compareDelete) database.transaction("streaming", () => gone.clear());
  const recorder = new BackupRecorder({
    jobId: job.id,
    gone,
    clock,
    database,
    index: new FileIndex(database, source.id),
    pending: new PendingUploads(database, source.id),
    history,
    details: new JobDetails(database),
    onRow: options.onRow,
    onProgress: options.onProgress,
  });
  const cutOnStop = stop.onStop(() => options.service.cut());
  let detail: string | null = null;
  try {
    const trouble = await workThrough(options, recorder);
    if (trouble !== undefined) recorder.tally.add(trouble);
    detail = trouble?.detail ?? null;
  } catch (error) {
    // Whatever nobody foresaw still ends the job, with a status that says so (B-UX-10).
    detail = `unforeseen: ${error instanceof Error ? error.message : String(error)}`;
    recorder.tally.add(failure("unexpected", ["B-UX-10"], detail));
    log.write("error", "backup failed", { job: job.id, error: String(error) });
  } finally {
    cutOnStop();
  }
  recorder.flush();
  const outcome = recorder.tally.outcome(recorder.counts.transferredFileCount > 0);
  return endJob(options, { job, outcome, counts: recorder.counts, detail });
}

/** The job itself; resolves to what befell it as a whole, if anything did. */
async function workThrough(
  options: BackupJobOptions,
  recorder: BackupRecorder,
): Promise<FileFailure | undefined> {
  const { disk, service, source, stop, tuning, clock, entropy, log } = options;
  const found = await lookAtSource(disk, source.path);
  if (found.kind === "failed") return failRoot(recorder, found.failure);
  const { deviceId } = found;
  const sources = new SourceStore(options.database);
  if (sources.deviceId(source.id) === null) sources.rememberDevice(source.id, deviceId);
  const retrier = new Retrier({
    clock,
    entropy,
    tuning,
    stop,
    onExhausted: stopIfUnreachable({ service, stop, failureOf: failureForAll }),
  });
  const destination = source.destination.split("/");
  const { isDestinationSeen, capacity } = await askService({ service, retrier, stop, destination });
  const context: BackupContext = {
    clock,
    disk,
    log,
    service,
    tuning,
    stop,
    retrier,
    recorder,
    destination,
    isDestinationSeen,
    capacityAtStart: capacity,
  };
  try {
    await sendItems(context, comparedItems(options, context, deviceId));
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return failRoot(recorder, rootFailure(error));
  }
  return troubleOfStop(options, recorder);
}

/** Scan, path rules and comparison as one stream; ends early when the job stops at once. */
function comparedItems(
  options: BackupJobOptions,
  context: BackupContext,
  deviceId: string,
): AsyncIterable<readonly ComparedItem[]> {
  const { disk, memory, database, source, stop, tuning, settings } = options;
  const guard = { memory, budgetBytes: tuning.memoryBudgetBytes, stop };
  const isStopped = (): boolean => stop.reason?.rest === "at-once";
  const { includeHidden } = settings;
  const spill = new SqliteNameSpill(database);
  const scanned = scan({ disk, rootPath: source.path, includeHidden, spill, isStopped });
  const guarded = guardMemory(scanned, "scan", guard);
  const { recorder } = context;
  const items = settings.compareDelete
    ? findGone(guarded, knownEntries(database, source.id), {
        notes: {
          markGone: (entry) => recorder.markGone(entry),
          unmarkGone: (path) => recorder.unmarkGone(path),
        },
        isStopped,
        onEnd: (fileCount) => options.onScanned?.({ deviceId, fileCount }),
      })
    : guarded;
  const compared = compare(items, new FileIndex(database, source.id).inOrder());
  const confirmed = settings.compareUpload
    ? confirmListed(compared, {
        listing: new ServiceListing(context),
        onFailed: (error) => stopWithoutListing(stop, error),
      })
    : compared;
  return guardMemory(confirmed, "compare", guard);
}

/** The source folder itself could not be backed up: one row for it, and the job's trouble. */
function failRoot(recorder: BackupRecorder, found: FileFailure): FileFailure {
  recorder.fail({
    kind: "failed",
    entryKind: "folder",
    path: "",
    pathBytes: null,
    failure: found,
  });
  return found;
}

/** What made the job stop, unless it had everything done by then (I2). */
function troubleOfStop(
  options: BackupJobOptions,
  recorder: BackupRecorder,
): FileFailure | undefined {
  const { reason } = options.stop;
  if (reason === undefined) return undefined;
  const isByPerson = reason.failure.status === "interrupted";
  const nothingLeft = recorder.tally.outcome(false).status === "completed";
  return isByPerson && nothingLeft ? undefined : reason.failure;
}
