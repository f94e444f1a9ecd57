import type { RestoreCauseId } from "../../../protocol/causes/causes.ts";
import { EXCHANGE_FAILURE_CAUSES } from "../../../protocol/causes/exchange-failure.ts";
import type { ProblemCode } from "../../../protocol/http/problem.ts";
import type { ServiceError } from "../../ports/service.ts";
import type { DiskError, DiskErrorKind } from "../../ports/source-disk.ts";
import { failure, type FileFailure } from "../../core/file-outcome.ts";
import { message, type Message } from "../../../messages/message.ts";

/** A failure in a restore. */
export type RestoreFailure = FileFailure<RestoreCauseId>;

const DISK_FAILURES: Record<DiskErrorKind, RestoreFailure> = {
  "access-denied": failure("access-denied", ["R-AD-2"], message("disk.unwritable")),
  locked: failure("access-denied", ["R-AD-2"], message("disk.held-by-other")),
  exists: failure("access-denied", ["R-AD-2"], message("disk.folder-in-its-place")),
  "not-a-folder": failure("access-denied", ["R-AD-2"], message("disk.no-folder-on-the-way")),
  "not-found": failure("unexpected", ["R-UX-4"], message("disk.folder-went-away")),
  "name-too-long": failure("unexpected", ["R-UX-4"], message("disk.path-too-long-to-write")),
  "disk-full": failure("unexpected", ["R-UX-4"], message("disk.full")),
  io: failure("unexpected", ["R-UX-4"], message("disk.failed-while-written")),
};

/** What a row says when the disk refused to have its file or folder. */
export function restoreDiskFailure(error: DiskError): RestoreFailure {
  return DISK_FAILURES[error.kind];
}

/** The chosen folder is not there, or is something else by now. */
export const TARGET_MISSING: RestoreFailure = failure(
  "invalid-settings",
  ["R-IS-1", "R-IS-2"],
  message("restore.target-gone"),
);

/** What the chosen folder's own refusal means. */
export function restoreTargetFailure(error: DiskError): RestoreFailure {
  if (error.kind === "not-found" || error.kind === "not-a-folder") return TARGET_MISSING;
  if (error.kind !== "access-denied") return restoreDiskFailure(error);
  return failure("access-denied", ["R-AD-1"], message("restore.target-unwritable"));
}

/** What was to be restored is not on the service, or not any more. */
export const NOT_ON_SERVICE: RestoreFailure = failure(
  "invalid-settings",
  ["R-IS-3", "R-IS-4"],
  message("restore.not-on-service"),
);

const GONE: ReadonlySet<ProblemCode> = new Set(["not-found", "folder-changed", "state-changed"]);

/** What a row of a restore says when its exchange with the service failed for good. */
export function restoreFailure(error: ServiceError): RestoreFailure {
  const found = error.failure;
  if (found.kind === "communication") {
    return failure(
      "communication-error",
      [EXCHANGE_FAILURE_CAUSES.restore[found.way]],
      error.reason,
    );
  }
  if (found.kind === "refused" && GONE.has(found.problem.code)) return NOT_ON_SERVICE;
  return failure("communication-error", ["R-CE-6"], error.reason);
}

/** What the service said cannot be true, or arrived damaged; nothing was written for it. */
export function falseAnswer(why: Message): RestoreFailure {
  return failure("communication-error", ["R-CE-6"], message("restore.false-answer", { why }));
}
