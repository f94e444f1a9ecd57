import type { RestoreCauseId } from "../../../protocol/cause.ts";
import type { FileStatus } from "../../../protocol/file-status.ts";
import type { IncompleteStatus } from "../../../protocol/status.ts";

/** One way in which a row of a restore may end. */
export interface RestoreOutcome {
  readonly status: FileStatus | "excluded";
  /** True causes: a row with this status names at least one of them. Empty: none is asked for. */
  readonly causes: readonly RestoreCauseId[];
}

/** Kinds of trouble of a restore with their true causes. */
export type RestoreTroubles = Map<IncompleteStatus, Set<RestoreCauseId>>;

/** The file or folder stands at the destination. */
export const RESTORED: RestoreOutcome = { status: "completed", causes: [] };

/** Something stands in its way and stays (F42). */
export const SKIPPED: RestoreOutcome = { status: "excluded", causes: [] };

/** An outcome with its true causes. */
export function restoreOutcome(
  status: RestoreOutcome["status"],
  ...causes: RestoreCauseId[]
): RestoreOutcome {
  return { status, causes };
}

/** Something stands there that is never replaced, or must not be written. */
export const NOT_WRITABLE: RestoreOutcome = restoreOutcome("access-denied", "R-AD-2");

/** The disk cannot have it. */
export const DISK_FAILS: RestoreOutcome = restoreOutcome("unexpected", "R-UX-4");

/** It is not on the service any more. */
export const NOT_STORED: RestoreOutcome = restoreOutcome("invalid-settings", "R-IS-3", "R-IS-4");

/** Adds a trouble. */
export function addRestoreTrouble(
  troubles: RestoreTroubles,
  status: IncompleteStatus,
  causes: readonly RestoreCauseId[],
): void {
  const known = troubles.get(status) ?? new Set();
  for (const cause of causes) known.add(cause);
  troubles.set(status, known);
}
