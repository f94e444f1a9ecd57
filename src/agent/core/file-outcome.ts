import type { BackupCauseId } from "../../protocol/cause.ts";
import type { FileStatus } from "../../protocol/file-status.ts";
import type { IncompleteStatus } from "../../protocol/status.ts";

/** How a target ended, and why: what its row in the details will say. */
export interface FileOutcome {
  readonly status: Exclude<FileStatus, "pending">;
  /** The possible causes, most likely first; empty for a target that ended well. */
  readonly causes: readonly BackupCauseId[];
  /** For people; null when there is nothing to say. Never holds a secret. */
  readonly detail: string | null;
}

/** An outcome that is a failure. */
export interface FileFailure extends FileOutcome {
  readonly status: IncompleteStatus;
}

/** The target is on the service now. */
export const COMPLETED: FileOutcome = { status: "completed", causes: [], detail: null };

/** The target was on the service already (差分無し). */
export const NO_DIFFERENCE: FileOutcome = { status: "no-difference", causes: [], detail: null };

/** Whether an outcome is a failure. */
export function isFailure(outcome: FileOutcome): outcome is FileFailure {
  return outcome.status !== "completed" && outcome.status !== "no-difference";
}

/** A failure with one or more possible causes. */
export function failure(
  status: IncompleteStatus,
  causes: readonly BackupCauseId[],
  detail: string,
): FileFailure {
  return { status, causes, detail };
}
