import type { DiskError, DiskErrorKind } from "../../ports/source-disk.ts";
import { failure, type FileFailure } from "../../core/file-outcome.ts";

const FILE_FAILURES: Record<DiskErrorKind, FileFailure> = {
  "not-found": failure(
    "unexpected",
    ["B-UX-4", "B-UX-3", "B-UX-5"],
    "it was there when the folder was listed and gone when it was to be read",
  ),
  "access-denied": failure("access-denied", ["B-AD-1"], "the disk refuses to let it be read"),
  locked: failure("unexpected", ["B-UX-2"], "another application holds it open"),
  "not-a-folder": failure("unexpected", ["B-UX-5", "B-UX-3", "B-UX-4"], "its folder was replaced"),
  "name-too-long": failure("unexpected", ["B-UX-10"], "its path is longer than the disk can open"),
  io: failure("unexpected", ["B-UX-10"], "the disk failed while it was read"),
  // Reading meets neither of these on a disk that works.
  exists: failure("unexpected", ["B-UX-10"], "the disk says that it exists already"),
  "disk-full": failure("unexpected", ["B-UX-10"], "the disk says that it is full"),
};

const FOLDER_FAILURES: Record<DiskErrorKind, FileFailure> = {
  ...FILE_FAILURES,
  "access-denied": failure(
    "access-denied",
    ["B-AD-2"],
    "the disk refuses to let the folder be listed; nothing in it could be backed up",
  ),
  io: failure("unexpected", ["B-UX-10"], "the disk failed while the folder was listed"),
};

/** What a file's row says when the disk refused it. */
export function fileFailure(error: DiskError): FileFailure {
  return FILE_FAILURES[error.kind];
}

/** What a folder's row says when the disk refused to list it. */
export function folderFailure(error: DiskError): FileFailure {
  return FOLDER_FAILURES[error.kind];
}
