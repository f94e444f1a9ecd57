import type { JobKind } from "../job-kind.ts";
import { BACKUP_CAUSES } from "./backup.ts";
import type { Cause } from "./cause.ts";
import { DELETE_CAUSES } from "./delete.ts";
import { RESTORE_CAUSES } from "./restore.ts";

/** The causes of a backup's status. */
export type BackupCauseId = keyof typeof BACKUP_CAUSES;

/** The causes of a restore's status. */
export type RestoreCauseId = keyof typeof RESTORE_CAUSES;

/** The causes of a delete job's status. */
export type DeleteCauseId = keyof typeof DELETE_CAUSES;

/** The IDs of the causes of one kind of job. */
export type CauseIdOf<Kind extends JobKind> = {
  readonly backup: BackupCauseId;
  readonly restore: RestoreCauseId;
  readonly delete: DeleteCauseId;
}[Kind];

/** The ID of one cause: a key of {@link CAUSES}. */
export type CauseId = CauseIdOf<JobKind>;

/**
 * Every cause a job can have for its status. The IDs are stable: histories, reports and support cases
 * name them.
 */
export const CAUSES: Readonly<Record<CauseId, Cause<JobKind>>> = {
  ...BACKUP_CAUSES,
  ...RESTORE_CAUSES,
  ...DELETE_CAUSES,
};

/** Every cause ID, in the order of {@link CAUSES}. */
export const CAUSE_IDS: readonly CauseId[] = Object.keys(CAUSES) as CauseId[];

const IDS_BY_JOB: { readonly [Kind in JobKind]: readonly CauseIdOf<Kind>[] } = {
  backup: Object.keys(BACKUP_CAUSES) as BackupCauseId[],
  restore: Object.keys(RESTORE_CAUSES) as RestoreCauseId[],
  delete: Object.keys(DELETE_CAUSES) as DeleteCauseId[],
};

/** The causes of one kind of job, in the order of {@link CAUSES}. */
export function causesOf<Kind extends JobKind>(job: Kind): readonly CauseIdOf<Kind>[] {
  return IDS_BY_JOB[job];
}

/** The kind of job whose status a cause explains. */
export function jobKindOf(cause: CauseId): JobKind {
  if (Object.hasOwn(BACKUP_CAUSES, cause)) return "backup";
  return Object.hasOwn(RESTORE_CAUSES, cause) ? "restore" : "delete";
}
