import type { ServicePath } from "../../protocol/service-path.ts";
import type { RestoreRequest } from "../jobs/requests.ts";
import { AgentError } from "../agent-error.ts";
import { runRestoreJob } from "../jobs/restore/run-restore-job.ts";
import type { JobEnvironment } from "../jobs/job-environment.ts";
import type { RunStop } from "../jobs/job-stop.ts";
import { underRunStop } from "../jobs/stop-reasons.ts";
import type { TargetDisk } from "../ports/target-disk.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import { message } from "../../messages/message.ts";

interface RunRestoreOptions {
  readonly environment: JobEnvironment;
  readonly disk: TargetDisk;
  readonly request: RestoreRequest;
  /** The place on the service that `request.from` means. */
  readonly place: ServicePath;
  readonly stop: RunStop;
}

/** Carries one restore out; resolves to its ended job. Throws `AgentError` for a wish that means nothing. */
export async function runRestore(options: RunRestoreOptions): Promise<JobRecord> {
  const { environment, disk, request, place } = options;
  const { entryKind, generation } = request;
  if (entryKind === "folder" && generation !== undefined) {
    throw new AgentError("invalid-setting", message("history.generation-of-folder"));
  }
  return underRunStop("restore", options.stop, (stop) =>
    runRestoreJob({
      environment,
      disk,
      // Only a file has generations.
      source: { place, entryKind: generation === undefined ? entryKind : "file", generation },
      targetPath: disk.absolute(request.to),
      onConflict: request.onConflict ?? "skip",
      trigger: request.trigger ?? "manual",
      stop,
      onJob: (job) => request.onJob?.(job),
      onRow: (row) => request.onFile?.(row),
      onProgress: request.onProgress,
    }),
  );
}
