import type {
  BackupCauseId,
  CauseId,
  DeleteCauseId,
  RestoreCauseId,
} from "../../../protocol/causes/causes.ts";
import type { JobFileRecord } from "../../../protocol/job-record.ts";
import type { IncompleteStatus } from "../../../protocol/status.ts";
import type { StopFact, StopKind } from "../../observation/stop-fact.ts";
import type { InvariantId } from "./violation.ts";

/** What a stop makes of a job and of its targets that are left. */
interface StopOutcome<Cause> {
  readonly status: IncompleteStatus;
  readonly cause: Cause;
}

/** What differs between the kinds of jobs, where their rows, statuses, causes and counts are held against the world. */
export interface JobRules<Cause extends CauseId> {
  /** Completed, and something was sent, restored or deleted. */
  readonly done: Cause;
  /** Completed, and there was nothing to do. */
  readonly nothingToDo: Cause;
  /** Whether a folder alone is something that was done; files always are. */
  readonly doesFolders: boolean;
  /** Several kinds of trouble (rule 3 of the status table). */
  readonly mixed: Cause;
  /** What the row says while the job runs. */
  readonly running: Cause;
  /** What it says before, while another one works; undefined where there is no waiting. */
  readonly waiting: Cause | undefined;
  /** Undefined for a stop that is about other jobs. */
  readonly stops: Readonly<Record<StopKind, StopOutcome<Cause> | undefined>>;
  /** Causes that are only named after trying again. */
  readonly causesAfterRetry: readonly Cause[];
  /** Tells the targets of one job apart. */
  readonly keyOf: (row: TargetName) => string;
  /** What is violated when a target that had to end well did not. */
  readonly demand: InvariantId;
}

/** What each of the stops of a job makes of the targets that are left. */
export function stopOutcomes<Cause extends CauseId>(
  stop: StopFact | undefined,
  { stops }: Pick<JobRules<Cause>, "stops">,
): readonly StopOutcome<Cause>[] {
  const kinds = [stop?.kind, stop?.earlier?.kind];
  return kinds.flatMap((kind) => (kind === undefined ? [] : (stops[kind] ?? [])));
}

/** What a row and a target are known by. */
export type TargetName = Pick<JobFileRecord, "path" | "pathBase64" | "entryKind">;

/** Of backups; an entry may become another kind of entry under a running backup, so only paths count. */
export const BACKUP_RULES: JobRules<BackupCauseId> = {
  done: "B-OK-1",
  nothingToDo: "B-OK-2",
  doesFolders: false,
  mixed: "B-UX-9",
  running: "B-RUN-1",
  waiting: undefined,
  stops: {
    interrupt: { status: "interrupted", cause: "B-INT-1" },
    logout: { status: "interrupted", cause: "B-INT-2" },
    "login-lost": { status: "unexpected", cause: "B-UX-10" },
    "close-tool": { status: "unexpected", cause: "B-UX-6" },
    kill: { status: "unexpected", cause: "B-UX-7" },
    "power-loss": { status: "unexpected", cause: "B-UX-8" },
    "fill-state-disk": { status: "unexpected", cause: "B-UX-10" },
  },
  causesAfterRetry: ["B-UX-1", "B-UX-2"],
  keyOf: ({ path, pathBase64 }) => (pathBase64 === null ? `t:${path}` : `b:${pathBase64}`),
  demand: "I3",
};

/** Of restores (decision 0009): completed is one cause, and interrupting backups does not concern them. */
export const RESTORE_RULES: JobRules<RestoreCauseId> = {
  done: "R-OK-1",
  nothingToDo: "R-OK-1",
  doesFolders: true,
  mixed: "R-UX-5",
  running: "R-RUN-1",
  waiting: undefined,
  stops: {
    interrupt: undefined,
    logout: { status: "unexpected", cause: "R-UX-6" },
    "login-lost": { status: "unexpected", cause: "R-UX-6" },
    "close-tool": { status: "unexpected", cause: "R-UX-1" },
    kill: { status: "unexpected", cause: "R-UX-2" },
    "power-loss": { status: "unexpected", cause: "R-UX-3" },
    "fill-state-disk": { status: "unexpected", cause: "R-UX-4" },
  },
  causesAfterRetry: [],
  keyOf: ({ entryKind, path }) => `${entryKind} ${path}`,
  demand: "status",
};

/** Of delete jobs (decision 0010). */
export const DELETE_RULES: JobRules<DeleteCauseId> = {
  done: "DEL-OK-1",
  nothingToDo: "DEL-OK-2",
  doesFolders: true,
  mixed: "DEL-UX-3",
  running: "DEL-RUN-1",
  waiting: "DEL-WT-1",
  stops: {
    interrupt: { status: "interrupted", cause: "DEL-INT-1" },
    logout: { status: "interrupted", cause: "DEL-INT-2" },
    "login-lost": { status: "unexpected", cause: "DEL-UX-4" },
    "close-tool": { status: "unexpected", cause: "DEL-UX-4" },
    kill: { status: "unexpected", cause: "DEL-UX-1" },
    "power-loss": { status: "unexpected", cause: "DEL-UX-2" },
    "fill-state-disk": { status: "unexpected", cause: "DEL-UX-4" },
  },
  causesAfterRetry: [],
  keyOf: ({ entryKind, path }) => `${entryKind} ${path}`,
  demand: "status",
};
