import type { JobKind } from "./job-kind.ts";
import type { JobStatus } from "./status.ts";

/**
 * Every cause a job can have for its status: the job it happens to and the status it leads to. The
 * IDs are stable: histories, reports and support cases name them. What a person reads about each is
 * in `cause-texts.ts`.
 */
export const CAUSES = {
  // Backup.
  /** Every target was sent. */
  "B-OK-1": { job: "backup", status: "completed" },
  /** Nothing differed from the last backup. */
  "B-OK-2": { job: "backup", status: "completed" },
  /** Looked at while it runs. */
  "B-RUN-1": { job: "backup", status: "running" },
  /** The tool was not running at the slot, and no OS task starts it (F13). */
  "B-NR-1": { job: "backup", status: "not-run" },
  /** The tool was running but logged out (F06). */
  "B-NR-2": { job: "backup", status: "not-run" },
  /** The PC was asleep at the slot (F14). */
  "B-NR-3": { job: "backup", status: "not-run" },
  /** The PC was hibernating at the slot (F14). */
  "B-NR-4": { job: "backup", status: "not-run" },
  /** The PC was shut down at the slot (F14). */
  "B-NR-5": { job: "backup", status: "not-run" },
  /** The user was signed out, and there is no OS task (F13). */
  "B-NR-6": { job: "backup", status: "not-run" },
  /** A source on a network drive, and the tool was closed or the user signed out (F13). */
  "B-NR-7": { job: "backup", status: "not-run" },
  /** Windows Server 2012 with the user signed out (F13). */
  "B-NR-8": { job: "backup", status: "not-run" },
  /** The tool was closed, or the user signed out, in the lead time before the slot (F13). */
  "B-NR-9": { job: "backup", status: "not-run" },
  /** The source folder was deleted before the start. */
  "B-IS-1": { job: "backup", status: "invalid-settings" },
  /** The source folder was renamed before the start. */
  "B-IS-2": { job: "backup", status: "invalid-settings" },
  /** The destination folder was deleted before the start. */
  "B-IS-3": { job: "backup", status: "invalid-settings" },
  /** The destination folder was renamed before the start. */
  "B-IS-4": { job: "backup", status: "invalid-settings" },
  /** A file cannot be read. */
  "B-AD-1": { job: "backup", status: "access-denied" },
  /** A folder below the source cannot be read. */
  "B-AD-2": { job: "backup", status: "access-denied" },
  /** The source folder itself cannot be read. */
  "B-AD-3": { job: "backup", status: "access-denied" },
  /** ¥ or \ in a name (F20). */
  "B-FC-1": { job: "backup", status: "forbidden-characters" },
  /** / in a name (F20). */
  "B-FC-2": { job: "backup", status: "forbidden-characters" },
  /** : in a name (F20). */
  "B-FC-3": { job: "backup", status: "forbidden-characters" },
  /** * in a name (F20). */
  "B-FC-4": { job: "backup", status: "forbidden-characters" },
  /** ? in a name (F20). */
  "B-FC-5": { job: "backup", status: "forbidden-characters" },
  /** " in a name (F20). */
  "B-FC-6": { job: "backup", status: "forbidden-characters" },
  /** < in a name (F20). */
  "B-FC-7": { job: "backup", status: "forbidden-characters" },
  /** > in a name (F20). */
  "B-FC-8": { job: "backup", status: "forbidden-characters" },
  /** | in a name (F20). */
  "B-FC-9": { job: "backup", status: "forbidden-characters" },
  /** A folder name that begins with a full stop (F20). */
  "B-FC-10": { job: "backup", status: "forbidden-characters" },
  /** The capacity was reached midway. */
  "B-IC-1": { job: "backup", status: "insufficient-capacity" },
  /** The capacity was used up at the start. */
  "B-IC-2": { job: "backup", status: "insufficient-capacity" },
  /** One file is larger than what is free. */
  "B-IC-3": { job: "backup", status: "insufficient-capacity" },
  /** The service cannot be reached. */
  "B-CE-1": { job: "backup", status: "communication-error" },
  /** The name of the service is not resolved. */
  "B-CE-2": { job: "backup", status: "communication-error" },
  /** The connection is reset during a transfer. */
  "B-CE-3": { job: "backup", status: "communication-error" },
  /** Silence until the time limit. */
  "B-CE-4": { job: "backup", status: "communication-error" },
  /** 5xx answers until the retries end. */
  "B-CE-5": { job: "backup", status: "communication-error" },
  /** A truncated or corrupted answer. */
  "B-CE-6": { job: "backup", status: "communication-error" },
  /** Something in between blocks it: its own 403 page, or a reset. */
  "B-CE-7": { job: "backup", status: "communication-error" },
  /** TLS cannot be established. */
  "B-CE-8": { job: "backup", status: "communication-error" },
  /** The scan exceeds the memory budget. */
  "B-OM-1": { job: "backup", status: "out-of-memory" },
  /** The difference comparison exceeds the memory budget. */
  "B-OM-2": { job: "backup", status: "out-of-memory" },
  /** The user presses 中断. */
  "B-INT-1": { job: "backup", status: "interrupted" },
  /** The user logs out during the run. */
  "B-INT-2": { job: "backup", status: "interrupted" },
  /** A file changed while it was read. */
  "B-UX-1": { job: "backup", status: "unexpected" },
  /** A file is held open by another application. */
  "B-UX-2": { job: "backup", status: "unexpected" },
  /** A file was renamed during the run. */
  "B-UX-3": { job: "backup", status: "unexpected" },
  /** A file was deleted during the run. */
  "B-UX-4": { job: "backup", status: "unexpected" },
  /** A file was moved away during the run. */
  "B-UX-5": { job: "backup", status: "unexpected" },
  /** The user closed the tool during the run. */
  "B-UX-6": { job: "backup", status: "unexpected" },
  /** The tool was killed during the run. */
  "B-UX-7": { job: "backup", status: "unexpected" },
  /** Power was lost during the run. */
  "B-UX-8": { job: "backup", status: "unexpected" },
  /** Two or more different incomplete statuses in one job. */
  "B-UX-9": { job: "backup", status: "unexpected" },
  /** Anything the other causes do not cover. */
  "B-UX-10": { job: "backup", status: "unexpected" },

  // Restore. R-CE-1 to 6 are what B-CE-1 to 6 are for a backup.
  /** Every target was restored. */
  "R-OK-1": { job: "restore", status: "completed" },
  /** Looked at while it runs. */
  "R-RUN-1": { job: "restore", status: "running" },
  /** The destination folder cannot be written. */
  "R-AD-1": { job: "restore", status: "access-denied" },
  /** One file cannot be written. */
  "R-AD-2": { job: "restore", status: "access-denied" },
  /** The destination was deleted. */
  "R-IS-1": { job: "restore", status: "invalid-settings" },
  /** The destination was renamed. */
  "R-IS-2": { job: "restore", status: "invalid-settings" },
  /** The source on the service was deleted. */
  "R-IS-3": { job: "restore", status: "invalid-settings" },
  /** The source on the service was renamed. */
  "R-IS-4": { job: "restore", status: "invalid-settings" },
  /** The service cannot be reached. */
  "R-CE-1": { job: "restore", status: "communication-error" },
  /** The name of the service is not resolved. */
  "R-CE-2": { job: "restore", status: "communication-error" },
  /** The connection is reset during a transfer. */
  "R-CE-3": { job: "restore", status: "communication-error" },
  /** Silence until the time limit. */
  "R-CE-4": { job: "restore", status: "communication-error" },
  /** 5xx answers until the retries end. */
  "R-CE-5": { job: "restore", status: "communication-error" },
  /** A truncated or corrupted answer. */
  "R-CE-6": { job: "restore", status: "communication-error" },
  /** The memory budget is exceeded. */
  "R-OM-1": { job: "restore", status: "out-of-memory" },
  /** The user closed the tool during the run. */
  "R-UX-1": { job: "restore", status: "unexpected" },
  /** The tool was killed during the run. */
  "R-UX-2": { job: "restore", status: "unexpected" },
  /** Power was lost during the run. */
  "R-UX-3": { job: "restore", status: "unexpected" },
  /** The disk is full, or reports an I/O error. */
  "R-UX-4": { job: "restore", status: "unexpected" },
  /** Two or more different incomplete statuses in one job. */
  "R-UX-5": { job: "restore", status: "unexpected" },
  /** The user logged out during the run (D13). */
  "R-UX-6": { job: "restore", status: "unexpected" },

  // Deletion after a difference comparison. DEL-CE-1 to 6 are what B-CE-1 to 6 are for a backup.
  /** Every target was deleted. */
  "DEL-OK-1": { job: "delete", status: "completed" },
  /** There was nothing to delete. */
  "DEL-OK-2": { job: "delete", status: "completed" },
  /** Looked at while it runs. */
  "DEL-RUN-1": { job: "delete", status: "running" },
  /** The deletion of another source folder runs first. */
  "DEL-WT-1": { job: "delete", status: "waiting" },
  /** The backup before it could not establish what is gone. */
  "DEL-NR-1": { job: "delete", status: "not-run" },
  /** The tool was closed while the job waited. */
  "DEL-NR-2": { job: "delete", status: "not-run" },
  /** The source is suddenly empty, or on another device (D15). */
  "DEL-NR-3": { job: "delete", status: "not-run" },
  /** The service cannot be reached. */
  "DEL-CE-1": { job: "delete", status: "communication-error" },
  /** The name of the service is not resolved. */
  "DEL-CE-2": { job: "delete", status: "communication-error" },
  /** The connection is reset during a transfer. */
  "DEL-CE-3": { job: "delete", status: "communication-error" },
  /** Silence until the time limit. */
  "DEL-CE-4": { job: "delete", status: "communication-error" },
  /** 5xx answers until the retries end. */
  "DEL-CE-5": { job: "delete", status: "communication-error" },
  /** A truncated or corrupted answer. */
  "DEL-CE-6": { job: "delete", status: "communication-error" },
  /** The memory budget is exceeded. */
  "DEL-OM-1": { job: "delete", status: "out-of-memory" },
  /** The user presses 中断. */
  "DEL-INT-1": { job: "delete", status: "interrupted" },
  /** The user logs out during the run. */
  "DEL-INT-2": { job: "delete", status: "interrupted" },
  /** A target was already gone from the service. */
  "DEL-NF-1": { job: "delete", status: "not-found" },
  /** The tool was killed during the run. */
  "DEL-UX-1": { job: "delete", status: "unexpected" },
  /** Power was lost during the run. */
  "DEL-UX-2": { job: "delete", status: "unexpected" },
  /** Two or more different incomplete statuses in one job. */
  "DEL-UX-3": { job: "delete", status: "unexpected" },
  /** Anything the other causes do not cover. */
  "DEL-UX-4": { job: "delete", status: "unexpected" },
} as const;

/** The ID of one cause: a key of {@link CAUSES}. */
export type CauseId = keyof typeof CAUSES;

/** The IDs of the causes of one kind of job. */
export type CauseIdOf<K extends JobKind> = {
  [C in CauseId]: (typeof CAUSES)[C]["job"] extends K ? C : never;
}[CauseId];

/** The causes of a backup's status. */
export type BackupCauseId = CauseIdOf<"backup">;

/** The causes of a restore's status. */
export type RestoreCauseId = CauseIdOf<"restore">;

/** The causes of a delete job's status. */
export type DeleteCauseId = CauseIdOf<"delete">;

/** Every cause ID, in the order of {@link CAUSES}. */
export const CAUSE_IDS: readonly CauseId[] = Object.keys(CAUSES) as CauseId[];

/** A cause whose status is one its job can have. */
type Cause = { [K in JobKind]: { readonly job: K; readonly status: JobStatus<K> } }[JobKind];

// Giving the table this type is what keeps a cause with a status foreign to its job from compiling.
const RULES: Readonly<Record<CauseId, Cause>> = CAUSES;

const IDS_BY_JOB: Readonly<Record<JobKind, readonly CauseId[]>> = {
  backup: CAUSE_IDS.filter((id) => RULES[id].job === "backup"),
  restore: CAUSE_IDS.filter((id) => RULES[id].job === "restore"),
  delete: CAUSE_IDS.filter((id) => RULES[id].job === "delete"),
};

/** The causes of one kind of job, in the order of {@link CAUSES}. */
export function causesOf(job: JobKind): readonly CauseId[] {
  return IDS_BY_JOB[job];
}
