import type { BackupCauseId, CauseId } from "../../protocol/causes/causes.ts";
import type { FileStatus } from "../../protocol/file-status.ts";
import type { IncompleteStatus } from "../../protocol/status.ts";
import type { Message } from "../../messages/message.ts";

/** How a target ended, and why: what its row in the details will say. Causes are those of its job. */
export interface FileOutcome<Cause extends CauseId = BackupCauseId> {
  readonly status: Exclude<FileStatus, "pending">;
  /** The possible causes, most likely first; empty for a target that ended well. */
  readonly causes: readonly Cause[];
  /** For people; null when there is nothing to say. Never holds a secret. */
  readonly detail: Message | null;
}

/** An outcome that is a failure. */
export interface FileFailure<Cause extends CauseId = BackupCauseId> extends FileOutcome<Cause> {
  readonly status: IncompleteStatus;
}

/** The target is on the service now. */
export const COMPLETED: FileOutcome<never> = { status: "completed", causes: [], detail: null };

/** The target was on the service already (差分無し). */
export const NO_DIFFERENCE: FileOutcome<never> = {
  status: "no-difference",
  causes: [],
  detail: null,
};

/** Whether an outcome is a failure. */
export function isFailure<Cause extends CauseId>(
  outcome: FileOutcome<Cause>,
): outcome is FileFailure<Cause> {
  return outcome.status !== "completed" && outcome.status !== "no-difference";
}

/** A failure with one or more possible causes. */
export function failure<Cause extends CauseId>(
  status: IncompleteStatus,
  causes: readonly Cause[],
  detail: Message,
): FileFailure<Cause> {
  return { status, causes, detail };
}
