import type { RestoreCauseId } from "../../protocol/cause.ts";
import type { ServicePath } from "../../protocol/service-path.ts";
import type { AgentPorts } from "../ports/agent-ports.ts";
import type { RestoreRequest } from "../jobs/requests.ts";
import { AgentError } from "../agent-error.ts";
import { failure } from "../core/file-outcome.ts";
import { JobStop, type StopReason } from "../jobs/job-stop.ts";
import { RestoreProgress } from "../jobs/restore/restore-progress.ts";
import { runRestoreJob } from "../jobs/restore/run-restore-job.ts";
import type { RunStop, RunStopKind } from "../jobs/run-stop.ts";
import type { Service } from "../ports/service.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import type { StateDatabase } from "../state/state-database.ts";
import type { Tuning } from "../tuning.ts";

/** What a run of one restore works with. */
export interface RunRestoreOptions {
  readonly ports: AgentPorts;
  readonly database: StateDatabase;
  readonly tuning: Tuning;
  readonly service: Service;
  readonly request: RestoreRequest;
  /** The place on the service that `request.from` means. */
  readonly place: ServicePath;
  readonly stop: RunStop;
}

// A restore has no 中断 (F19).
const RESTORE_STOPS: Record<RunStopKind, StopReason<RestoreCauseId> | undefined> = {
  interrupt: undefined,
  logout: {
    failure: failure("unexpected", ["R-UX-6"], "somebody logged out during the restore"),
    rest: "at-once",
    trustsIndex: false,
  },
  close: {
    failure: failure("unexpected", ["R-UX-1"], "the tool was closed during the restore"),
    rest: "at-once",
    trustsIndex: false,
  },
};

/** Carries one restore out; resolves to its ended job. Throws `AgentError` for a wish that means nothing. */
export async function runRestore(options: RunRestoreOptions): Promise<JobRecord> {
  const { ports, database, tuning, service, request, place } = options;
  const { entryKind, generation } = request;
  if (entryKind === "folder" && generation !== undefined) {
    throw new AgentError(
      "invalid-setting",
      "only a file has generations; leave the generation out",
    );
  }
  const stop = new JobStop<RestoreCauseId>();
  const released = options.stop.onStop((kind) => {
    const reason = RESTORE_STOPS[kind];
    if (reason !== undefined) stop.stop(reason);
  });
  const progress = new RestoreProgress(request.onProgress);
  try {
    return await runRestoreJob({
      ...ports,
      disk: ports.targetDisk,
      database,
      tuning,
      service,
      // Only a file has generations.
      source: { place, entryKind: generation === undefined ? entryKind : "file", generation },
      targetPath: ports.targetDisk.absolute(request.to),
      onConflict: request.onConflict ?? "skip",
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
