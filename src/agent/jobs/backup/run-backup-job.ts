import type { BackupCauseId } from "../../../protocol/causes/causes.ts";
import type { FileFailure } from "../../core/file-outcome.ts";
import { isNowExact } from "../../core/device-id.ts";
import { IdWitnesses } from "../../core/id-witnesses.ts";
import type { ScanFacts } from "../../core/delete-decision.ts";
import { DiskError, type SourceDisk } from "../../ports/source-disk.ts";
import { parseMode } from "../../../protocol/posix-mode.ts";
import type { FolderEntry } from "../../../protocol/http/schemas.ts";
import { foldersAbove } from "../../core/folders-above.ts";
import { FolderStates } from "../../state/folder-states.ts";
import { FileIndex } from "../../state/file-index.ts";
import { knownEntries } from "../../state/known-entries.ts";
import type { JobFileRecord, JobRecord, JobTrigger } from "../../../protocol/job-record.ts";
import type { Settings, SourceFolder } from "../../state/records.ts";
import { PendingUploads } from "../../state/pending-uploads.ts";
import { SourceStore } from "../../state/source-store.ts";
import { SqliteNameSpill } from "../../state/sqlite-name-spill.ts";
import { guardMemory, lookAtMemory } from "../guard-memory.ts";
import { HeldMemory } from "../held-memory.ts";
import type { JobEnvironment } from "../job-environment.ts";
import type { JobStop } from "../job-stop.ts";
import type { Progress } from "../requests.ts";
import { runJob, troubleOfStop, type JobContext } from "../run-job.ts";
import type { BackupContext } from "./backup-context.ts";
import { BackupRecorder } from "./backup-recorder.ts";
import { compare, type ComparedItem } from "./compare.ts";
import { confirmListed } from "./confirm-listed.ts";
import { EstimatedTotals } from "./estimated-totals.ts";
import { findGone } from "./find-gone.ts";
import { holdBack } from "./hold-back.ts";
import {
  askService,
  failureForAll,
  lookAgain,
  lookAtSource,
  rootFailure,
  stopWithoutListing,
} from "./preflight.ts";
import { saveFolders } from "./save-folders.ts";
import { rebuildIndex } from "./rebuild-index.ts";
import { rememberedEntries } from "./remembered-entries.ts";
import { scan } from "./scan.ts";
import { ServiceListing } from "./service-listing.ts";
import { sendItems } from "./send-items.ts";

interface BackupJobOptions {
  readonly environment: JobEnvironment;
  readonly disk: SourceDisk;
  /** The PC that this is; null where that cannot be told. Default: null. */
  readonly machine?: string | null;
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
  /** Called often. When given, totals are estimated, for a first backup by a second walk. */
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/**
 * Backs one source folder up and resolves to its ended job: row first, then scan, comparison,
 * transfer, and the outcome from what the files and the job saw (rules 1-3 of the status table).
 */
export function runBackupJob(options: BackupJobOptions): Promise<JobRecord> {
  const { environment, disk, source, settings, onRow, onProgress } = options;
  const { includeHidden, compareDelete } = settings;
  const witnesses = new IdWitnesses();
  const totals = onProgress && new EstimatedTotals({ ...environment, disk, source, includeHidden });
  return runJob({
    kind: "backup",
    environment,
    stop: options.stop,
    row: {
      trigger: options.trigger,
      sourceId: source.id,
      sourcePath: source.path,
      destination: source.destination,
      settings: { kind: "backup", ...settings },
      slotDay: options.slotDay ?? null,
    },
    onJob: (job) => {
      if (job.status === "running") totals?.begin();
      else totals?.end();
      options.onJob(job);
    },
    recorderOf: ({ id: jobId, sourcePath }) =>
      new BackupRecorder({
        ...environment,
        jobId,
        sourcePath,
        sourceId: source.id,
        notesUnsaved: compareDelete,
        witnesses,
        onRow,
        onProgress,
        currentTotals: () => totals?.current ?? null,
      }),
    failureOf: failureForAll,
    work: (job) => workThrough(options, job, witnesses),
  });
}

async function workThrough(
  options: BackupJobOptions,
  job: JobContext<BackupCauseId, BackupRecorder>,
  witnesses: IdWitnesses,
): Promise<FileFailure | undefined> {
  const { source } = options;
  const disk = options.disk.within(source.path);
  const { recorder } = job;
  if (options.settings.compareDelete) recorder.forgetGone();
  const found = await lookAtSource(disk, source.path);
  if (found.kind === "failed") return failRoot(recorder, found.failure);
  const { deviceId } = found;
  const sources = new SourceStore(job.database);
  const remembered = sources.deviceId(source.id);
  const isExact = remembered !== null && !isNowExact(remembered, deviceId);
  const machine = sources.machine(source.id) ?? options.machine ?? null;
  sources.rememberPlace(source.id, isExact ? remembered : deviceId, machine);
  const destination = source.destination.split("/");
  const asked = await askService({ ...job, destination });
  const { isDestinationSeen, service } = asked;
  const context = {
    ...job,
    service,
    disk,
    destination,
    isDestinationSeen,
    capacityAtStart: asked.capacity,
  };
  if (isDestinationSeen && sources.isIndexOld(source.id)) {
    try {
      const held = new HeldMemory(context.memory);
      const listing = new ServiceListing({ ...context, held, onFolder: () => undefined });
      await rebuildIndex({
        database: job.database,
        sourceId: source.id,
        listed: listing.all(),
        advancePlace: () => recorder.advancePlace(),
      });
    } catch (error) {
      stopWithoutListing(job.stop, error);
    }
  }
  let scanned: ScanFacts | undefined;
  const onScanned = (fileCount: number): void => void (scanned = { deviceId, fileCount });
  try {
    await sendItems(context, comparedItems(options, context, onScanned));
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return failRoot(recorder, rootFailure(error));
  }
  if (scanned !== undefined) {
    recorder.flush();
    const isStopped = (): boolean => job.stop.reason !== undefined;
    await holdBack({ database: job.database, disk, source, witnesses, isStopped });
    options.onScanned?.(scanned);
  }
  const trouble = troubleOfStop(job) ?? (await saveFolders(context, source.id));
  if (trouble !== undefined) return trouble;
  await lookAgain(context);
  return troubleOfStop(job);
}

/** Scan, path rules and comparison as one stream; ends early when the job stops at once. */
function comparedItems(
  options: BackupJobOptions,
  context: BackupContext,
  onScanned: (fileCount: number) => void,
): AsyncIterable<readonly ComparedItem[]> {
  const { source, settings } = options;
  const { disk, database, stop, recorder } = context;
  const isStopped = (): boolean => stop.reason?.rest === "at-once";
  const { includeHidden, compareDelete } = settings;
  const spill = new SqliteNameSpill(database);
  const scanned = scan({
    disk,
    rootPath: source.path,
    includeHidden,
    looksAtAll: compareDelete,
    spill,
    tuning: context.tuning,
    holds: () => new HeldMemory(context.memory, () => lookAtMemory("scan", context)),
    onFolder: (key, stat) => recorder.knowFolder(key, stat),
    isStopped,
  });
  const guarded = guardMemory(scanned, "scan", context);
  const items = compareDelete
    ? findGone(guarded, knownEntries(database, source.id), {
        notes: {
          markGone: (entry) => recorder.markGone(entry),
          unmarkGone: (key) => recorder.unmarkGone(key),
        },
        isStopped,
        onEnd: onScanned,
      })
    : guarded;
  const remembered = rememberedEntries(
    new FileIndex(database, source.id).inOrder(),
    new PendingUploads(database, source.id).keys(),
  );
  const compared = compare(items, remembered, recorder);
  if (!settings.compareUpload) return compared;
  const confirmed = confirmListed(compared, {
    listing: new ServiceListing({
      ...context,
      held: new HeldMemory(context.memory, () => lookAtMemory("compare", context)),
      onFolder: folderChecker(context, source.id),
    }),
    onFailed: (error) => stopWithoutListing(stop, error),
    onMissing: (key) => {
      // A folder that comes into being there anew has to be told what it is like.
      const itself = key.endsWith("/") ? [key] : [];
      for (const folder of [...foldersAbove(key), ...itself]) recorder.doubtFolder(folder);
    },
  });
  return guardMemory(confirmed, "compare", context);
}

/** Doubts what is believed to be saved of a folder that the service lists as another one (F16). */
function folderChecker(
  { database, recorder }: BackupContext,
  sourceId: number,
): (key: string, listed: FolderEntry) => void {
  const states = new FolderStates(database, sourceId);
  return (key, listed) => {
    const saved = states.savedState(key);
    if (saved === undefined) return;
    const mode = listed.mode === null ? undefined : parseMode(listed.mode);
    const isSame = listed.modifiedAtNs === String(saved.modifiedAtNs) && mode === saved.mode;
    if (!isSame) recorder.doubtFolder(key);
  };
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
