import type { DiskError, DiskErrorKind } from "../../ports/source-disk.ts";
import { failure, type FileFailure } from "../../core/file-outcome.ts";
import { message } from "../../../messages/message.ts";

const FILE_FAILURES: Record<DiskErrorKind, FileFailure> = {
  "not-found": failure(
    "unexpected",
    ["B-UX-4", "B-UX-3", "B-UX-5"],
    message("disk.gone-while-read"),
  ),
  "access-denied": failure("access-denied", ["B-AD-1"], message("disk.unreadable-file")),
  locked: failure("unexpected", ["B-UX-2"], message("disk.held-open")),
  "not-a-folder": failure(
    "unexpected",
    ["B-UX-5", "B-UX-3", "B-UX-4"],
    message("disk.folder-replaced"),
  ),
  "name-too-long": failure("unexpected", ["B-UX-10"], message("disk.path-too-long-to-read")),
  io: failure("unexpected", ["B-UX-10"], message("disk.failed-while-read")),
  // Reading meets neither of these on a disk that works.
  exists: failure("unexpected", ["B-UX-10"], message("disk.says-exists")),
  "disk-full": failure("unexpected", ["B-UX-10"], message("disk.says-full")),
};

const FOLDER_FAILURES: Record<DiskErrorKind, FileFailure> = {
  ...FILE_FAILURES,
  "access-denied": failure("access-denied", ["B-AD-2"], message("disk.unreadable-folder")),
  io: failure("unexpected", ["B-UX-10"], message("disk.failed-while-listed")),
};

/** What a file's row says when the disk refused it. */
export function fileFailure(error: DiskError): FileFailure {
  return FILE_FAILURES[error.kind];
}

/** What a folder's row says when the disk refused to list it. */
export function folderFailure(error: DiskError): FileFailure {
  return FOLDER_FAILURES[error.kind];
}
