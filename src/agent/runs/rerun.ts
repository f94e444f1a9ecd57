import { INCOMPLETE_STATUSES } from "../../protocol/status.ts";
import type { RerunRequest, RestoreRequest } from "../jobs/requests.ts";
import { AgentError } from "../agent-error.ts";
import type { JobRecord, JobSettings } from "../../protocol/job-record.ts";
import type { SourceFolder } from "../state/records.ts";
import { message } from "../../messages/message.ts";

/** What 再実行 of a job comes to. */
export type RerunPlan =
  | {
      readonly kind: "backup";
      readonly source: SourceFolder;
      /** What it compared then; empty when an older agent did not note it: as it is set now. */
      readonly settings: Partial<Omit<Extract<JobSettings, { kind: "backup" }>, "kind">>;
    }
  | { readonly kind: "restore"; readonly request: RestoreRequest };

/**
 * What is to be done so that `job` is done again with the settings it had (F19, F32). Throws
 * `AgentError` for a job that is not 未完了, for a deletion, and for a backup whose source is gone.
 */
export function rerunPlan(
  job: JobRecord,
  sources: readonly SourceFolder[],
  request: RerunRequest = {},
): RerunPlan {
  if (job.kind === "delete") {
    throw new AgentError(
      "job-not-incomplete",
      message("history.is-deletion", { id: job.id, path: job.sourcePath }),
    );
  }
  if (!(INCOMPLETE_STATUSES as readonly string[]).includes(job.status)) {
    throw new AgentError("job-not-incomplete", message("history.not-incomplete", { id: job.id }));
  }
  return job.kind === "backup"
    ? backupPlan(job, sources)
    : { kind: "restore", request: restoreRequest(job, request) };
}

function backupPlan(job: JobRecord, sources: readonly SourceFolder[]): RerunPlan {
  const source = sources.find(({ id }) => id === job.sourceId);
  if (source === undefined) {
    throw new AgentError(
      "no-such-source",
      message("history.source-removed", { path: job.sourcePath, id: job.id }),
    );
  }
  if (job.settings?.kind !== "backup") return { kind: "backup", source, settings: {} };
  const { includeHidden, compareUpload, compareDelete } = job.settings;
  return { kind: "backup", source, settings: { includeHidden, compareUpload, compareDelete } };
}

function restoreRequest(job: JobRecord, request: RerunRequest): RestoreRequest {
  const base = { ...request, from: job.sourcePath, to: job.destination, trigger: "rerun" } as const;
  if (job.settings?.kind !== "restore") return base;
  const { entryKind, generation, onConflict } = job.settings;
  return {
    ...base,
    entryKind,
    ...(generation === null ? {} : { generation }),
    // Who answered then is not there now unless the request brings somebody.
    onConflict: onConflict === "ask" ? (request.onConflict ?? "skip") : onConflict,
  };
}
