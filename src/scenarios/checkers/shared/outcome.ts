import type { CauseId } from "../../../protocol/causes/causes.ts";
import type { DetailStatus } from "../../../protocol/job-record.ts";
import { INCOMPLETE_STATUSES, type IncompleteStatus } from "../../../protocol/status.ts";

/** One way in which a target of a job may end; `Cause`: what a job of its kind can name. */
export interface Outcome<Cause extends CauseId> {
  readonly status: DetailStatus;
  /** True causes: a row with this status names at least one of them. Empty: none is asked for. */
  readonly causes: readonly Cause[];
}

/** Sent, restored or deleted now. */
export const COMPLETED: Outcome<never> = { status: "completed", causes: [] };
/** The file was on the service already. */
export const NO_DIFFERENCE: Outcome<never> = { status: "no-difference", causes: [] };
/** The entry is no target (D16, F18), or something keeps it from being one (F42, D9). */
export const EXCLUDED: Outcome<never> = { status: "excluded", causes: [] };

/** An outcome with its true causes. */
export function outcome<Cause extends CauseId>(
  status: DetailStatus,
  ...causes: Cause[]
): Outcome<Cause> {
  return { status, causes };
}

/** Whether the target of a backup is well: on the service, now or already. */
export function isWell(status: DetailStatus): boolean {
  return status === "completed" || status === "no-difference";
}

/** Whether a status is one of those that leave something undone. */
export function isIncomplete(status: string): status is IncompleteStatus {
  return (INCOMPLETE_STATUSES as readonly string[]).includes(status);
}
