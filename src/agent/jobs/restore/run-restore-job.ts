import type { RestoreCauseId } from "../../../protocol/causes/causes.ts";
import { formatServicePath } from "../../../protocol/service-path.ts";
import type { RestoreRequest } from "../requests.ts";
import { restoreFailure, type RestoreFailure } from "./restore-failure.ts";
import type { TargetDisk } from "../../ports/target-disk.ts";
import { JobHistory } from "../../state/job-history.ts";
import type {
  JobFileRecord,
  JobRecord,
  JobSettings,
  JobTrigger,
} from "../../../protocol/job-record.ts";
import { RestoreLeftovers } from "../../state/restore-leftovers.ts";
import { RestoredFiles } from "../../state/restored-files.ts";
import { RestoredFolders } from "../../state/restored-folders.ts";
import type { JobEnvironment } from "../job-environment.ts";
import { StoppedError, type JobStop } from "../job-stop.ts";
import { runJob } from "../run-job.ts";
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

interface RestoreJobOptions {
  readonly environment: JobEnvironment;
  readonly disk: TargetDisk;
  readonly source: SourceWish;
  /** The chosen folder on this PC: the disk's own absolute path. */
  readonly targetPath: string;
  readonly onConflict: NonNullable<RestoreRequest["onConflict"]>;
  readonly trigger: JobTrigger;
  readonly stop: JobStop<RestoreCauseId>;
  readonly onJob: (job: JobRecord) => void;
  readonly onRow: (row: JobFileRecord) => void;
  readonly onProgress: RestoreRequest["onProgress"];
}

/**
 * Restores one folder, one file or one generation of a file and resolves to its ended job (F25, F26):
 * row first, then a look at both ends, the plan, the files, and the outcome from what the files and the
 * job saw.
 */
export function runRestoreJob(options: RestoreJobOptions): Promise<JobRecord> {
  const { environment, source, onRow, onProgress } = options;
  return runJob({
    kind: "restore",
    environment,
    stop: options.stop,
    row: {
      trigger: options.trigger,
      sourceId: null,
      sourcePath: formatServicePath(source.place),
      destination: options.targetPath,
      settings: settingsOf(options, source.entryKind ?? "folder"),
    },
    onJob: options.onJob,
    recorderOf: ({ id: jobId, sourcePath }) =>
      new RestoreRecorder({ ...environment, jobId, sourcePath, onRow, onProgress }),
    failureOf: restoreFailure,
    work: (job) =>
      workThrough(options, {
        ...job,
        disk: options.disk,
        targetPath: options.targetPath,
        syncedRows: new SyncedRows(job.clock, job.tuning.syncedTogetherCountMax),
        conflicts: new ConflictChooser(options.onConflict, job.stop),
        leftovers: new RestoreLeftovers(job.database),
        restored: new RestoredFiles(job.database),
        restoredFolders: new RestoredFolders(job.database),
        putting: new Mutex(),
      }),
  });
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
    const from = found.kind === "folder" ? { ...context, service: found.service } : context;
    return await restoreFound(options, from, { root, found });
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
  const { source } = options;
  const { place } = source;
  const { stop } = context;
  let trouble: RestoreFailure | undefined;
  const { isCutShort } = await carryOutPlan(context, async (put) => {
    if (found.kind === "file") {
      await planFile({ context, source, stored: found.stored, root, put });
    } else {
      trouble = await planFolder({ context, place, firstPage: found.firstPage, root, put });
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
  const { database } = options.environment;
  database.transaction("streaming", () =>
    new JobHistory(database).changeSettings(jobId, settingsOf(options, kind)),
  );
}
