import type { RestoreCauseId } from "../../../protocol/cause.ts";
import { formatServicePath } from "../../../protocol/service-path.ts";
import type { RestoreRequest } from "../requests.ts";
import { failure } from "../../core/file-outcome.ts";
import { restoreServiceFailure, type RestoreFailure } from "../../core/restore-failure.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Entropy } from "../../ports/entropy.ts";
import type { Log } from "../../ports/log.ts";
import type { MemoryGauge } from "../../ports/memory.ts";
import type { Service } from "../../ports/service.ts";
import type { TargetDisk } from "../../ports/target-disk.ts";
import { JobDetails } from "../../state/job-details.ts";
import { JobHistory } from "../../state/job-history.ts";
import type {
  JobFileRecord,
  JobRecord,
  JobSettings,
  JobTrigger,
} from "../../../protocol/job-record.ts";
import { RestoreLeftovers } from "../../state/restore-leftovers.ts";
import { RestoredFiles } from "../../state/restored-files.ts";
import type { StateDatabase } from "../../state/state-database.ts";
import type { Tuning } from "../../tuning.ts";
import { StoppedError, type JobStop } from "../job-stop.ts";
import { Retrier } from "../retrier.ts";
import { stopIfUnreachable } from "../stop-if-unreachable.ts";
import { checkTarget } from "./check-target.ts";
import { ConflictChooser } from "./conflict-chooser.ts";
import { SyncedRows } from "./synced-rows.ts";
import { findOnService, type FoundSource, type SourceWish } from "./find-on-service.ts";
import { Mutex } from "./mutex.ts";
import { planFile } from "./plan-file.ts";
import { planFolder } from "./plan-folder.ts";
import type { RestoreContext } from "./restore-context.ts";
import { RestoreRecorder } from "./restore-recorder.ts";
import { TargetFolder } from "./target-folder.ts";
import { carryOutPlan } from "./carry-out-plan.ts";

/** What one restore works with. */
export interface RestoreJobOptions {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly disk: TargetDisk;
  readonly memory: MemoryGauge;
  readonly log: Log;
  readonly service: Service;
  readonly database: StateDatabase;
  readonly tuning: Tuning;
  readonly source: SourceWish;
  /** The chosen folder on this PC: the disk's own absolute path. */
  readonly targetPath: string;
  readonly onConflict: NonNullable<RestoreRequest["onConflict"]>;
  readonly trigger: JobTrigger;
  readonly stop: JobStop<RestoreCauseId>;
  readonly onJob: (job: JobRecord) => void;
  readonly onRow: (row: JobFileRecord) => void;
  /** Something got done at a path; called often. */
  readonly onProgress: (path: string, recorder: RestoreRecorder) => void;
}

/**
 * Restores one folder, one file or one generation of a file and resolves to its ended job (F25, F26):
 * row first, then a look at both ends, the plan, the files, and the outcome from what the files and the
 * job saw. Always ends its job, whatever happens, unless the process ends first.
 */
export async function runRestoreJob(options: RestoreJobOptions): Promise<JobRecord> {
  const { clock, database, stop, log } = options;
  const history = new JobHistory(database);
  const job = history.start(
    {
      kind: "restore",
      trigger: options.trigger,
      sourceId: null,
      sourcePath: formatServicePath(options.source.place),
      destination: options.targetPath,
      startedAtMs: clock.nowMs(),
      settings: settingsOf(options, options.source.entryKind ?? "folder"),
    },
    "R-RUN-1",
  );
  log.write("info", "restore started", { job: job.id, from: job.sourcePath, to: job.destination });
  options.onJob(job);
  const recorder = new RestoreRecorder({
    jobId: job.id,
    clock,
    database,
    history,
    details: new JobDetails(database),
    onRow: options.onRow,
    onProgress: options.onProgress,
  });
  const cutOnStop = stop.onStop(() => options.service.cut());
  let detail: string | null = null;
  try {
    const trouble = await workThrough(options, contextOf(options, job.id, recorder));
    if (trouble !== undefined) recorder.tally.add(trouble);
    detail = trouble?.detail ?? null;
  } catch (error) {
    // Whatever nobody foresaw still ends the job, with a status that says so.
    detail = `unforeseen: ${error instanceof Error ? error.message : String(error)}`;
    recorder.tally.add(failure("unexpected", ["R-UX-4"], detail));
    log.write("error", "restore failed", { job: job.id, error: String(error) });
  } finally {
    cutOnStop();
  }
  return endJob(options, recorder, { job, detail });
}

function settingsOf(options: RestoreJobOptions, entryKind: "file" | "folder"): JobSettings {
  const { onConflict, source } = options;
  return {
    kind: "restore",
    entryKind,
    generation: source.generation ?? null,
    onConflict: typeof onConflict === "string" ? onConflict : "ask",
  };
}

function contextOf(
  options: RestoreJobOptions,
  jobId: number,
  recorder: RestoreRecorder,
): RestoreContext {
  const { clock, entropy, tuning, stop, service, database, disk, log, targetPath } = options;
  return {
    jobId,
    clock,
    disk,
    log,
    service,
    tuning,
    stop,
    recorder,
    targetPath,
    retrier: new Retrier({
      clock,
      entropy,
      tuning,
      stop,
      onExhausted: stopIfUnreachable({ service, stop, failureOf: restoreServiceFailure }),
    }),
    syncedRows: new SyncedRows(clock),
    conflicts: new ConflictChooser(options.onConflict, stop),
    leftovers: new RestoreLeftovers(database),
    restored: new RestoredFiles(database),
    putting: new Mutex(),
  };
}

function endJob(
  options: RestoreJobOptions,
  recorder: RestoreRecorder,
  ending: { readonly job: JobRecord; readonly detail: string | null },
): JobRecord {
  const { database, clock, log } = options;
  const { job, detail } = ending;
  const history = new JobHistory(database);
  recorder.flush();
  const outcome = recorder.tally.outcome(recorder.counts.transferredFileCount > 0);
  database.transaction("acknowledged", () => {
    history.count(job.id, recorder.counts);
    new JobDetails(database).settlePending(job.id, { ...outcome, detail });
    // A clock that was set back meanwhile must not make a job end before it began (I9).
    const endedAtMs = Math.max(clock.nowMs(), job.startedAtMs);
    history.end(job.id, { ...outcome, endedAtMs, detail });
  });
  const ended = history.find(job.id) ?? job;
  log.write("info", "restore ended", { job: job.id, status: ended.status, causes: ended.causes });
  options.onJob(ended);
  return ended;
}

/** The job itself; resolves to what befell it as a whole, if anything did. */
async function workThrough(
  options: RestoreJobOptions,
  context: RestoreContext,
): Promise<RestoreFailure | undefined> {
  const { stop } = context;
  const root = new TargetFolder(context, {
    path: context.targetPath,
    rowPath: "",
    parent: undefined,
  });
  try {
    const targetFailure = await checkTarget(context, root);
    if (targetFailure !== undefined) return failRoot(context, "folder", targetFailure);
    const found = await findOnService(context.service, context.retrier, options.source);
    if (found.kind === "failed") {
      return failRoot(context, options.source.entryKind ?? "folder", found.failure);
    }
    noteKind(options, context.jobId, found.kind);
    return await restoreFound(options, context, { root, found });
  } catch (error) {
    if (error instanceof StoppedError && stop.reason !== undefined) return stop.reason.failure;
    throw error;
  } finally {
    await root.release();
  }
}

async function restoreFound(
  options: RestoreJobOptions,
  context: RestoreContext,
  given: {
    readonly root: TargetFolder;
    readonly found: Exclude<FoundSource, { kind: "failed" }>;
  },
): Promise<RestoreFailure | undefined> {
  const { root, found } = given;
  const { source, memory } = options;
  const { place } = source;
  const { stop } = context;
  const guard = { memory, budgetBytes: context.tuning.memoryBudgetBytes, stop };
  let trouble: RestoreFailure | undefined;
  const { isCutShort } = await carryOutPlan(context, async (put) => {
    if (found.kind === "file") {
      await planFile({ stop, source, stored: found.stored, root, put, guard });
    } else {
      trouble = await planFolder({ context, place, firstPage: found.firstPage, root, put, guard });
    }
    context.recorder.expectNoMore();
  });
  return trouble ?? (isCutShort ? stop.reason?.failure : undefined);
}

/** What was asked for cannot be had, or has nowhere to go: one row for it, and the job's trouble. */
function failRoot(
  { recorder }: RestoreContext,
  entryKind: "file" | "folder",
  outcome: RestoreFailure,
): RestoreFailure {
  recorder.settle({ kind: "settled", row: { path: "", entryKind }, outcome });
  return outcome;
}

/** Keeps for 再実行 what the wish turned out to mean. */
function noteKind(options: RestoreJobOptions, jobId: number, kind: "file" | "folder"): void {
  if (options.source.entryKind !== undefined) return;
  const { database } = options;
  database.transaction("streaming", () =>
    new JobHistory(database).changeSettings(jobId, settingsOf(options, kind)),
  );
}
