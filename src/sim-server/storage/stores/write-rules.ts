import { message } from "../../../messages/message.ts";
import { forbiddenNameCause } from "../../../protocol/forbidden-name.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import {
  AUTOMATIC_BACKUP_FOLDER,
  DESTINATION_DEPTH,
  formatServicePath,
  SECURITY_AREA,
  type ServicePath,
} from "../../../protocol/service-path.ts";
import { ProblemError } from "../http/problem-error.ts";

/** Area and the folder in it: they are always there and no request changes them (F40). */
const FIXED_DEPTH = 2;

/**
 * Refuses a path at which nothing may be written: outside the security area (`access-refused`), or
 * with a name that F20 forbids (`forbidden-name`). The last name is a file's or a folder's; those
 * before it are only looked at when `parentsAreNew`, since what exists was found good before.
 */
export function assertWritable(
  path: ServicePath,
  kind: "file" | "folder",
  parentsAreNew = true,
): void {
  if (path[0] !== SECURITY_AREA || (kind === "file" && path.length < 2)) {
    throw new ProblemError(
      "access-refused",
      message("storage.not-writable", { path: formatServicePath(path), area: SECURITY_AREA }),
    );
  }
  for (let index = parentsAreNew ? 0 : path.length - 1; index < path.length; index += 1) {
    const name = path[index] ?? "";
    const nameKind = index === path.length - 1 ? kind : "folder";
    if (forbiddenNameCause(name, nameKind) !== undefined) {
      throw new ProblemError("forbidden-name", message("storage.forbidden-character", { name }));
    }
  }
}

/** Refuses to rename or delete what is always there. */
export function assertRemovable(path: ServicePath): void {
  if (path[0] !== SECURITY_AREA || path.length <= FIXED_DEPTH) {
    throw new ProblemError(
      "access-refused",
      message("storage.not-removable", { path: formatServicePath(path) }),
    );
  }
}

/** Refuses a path that is longer than the service keeps, as moving a folder can make one. */
export function assertPathLength(byteCount: number, nameCount: number): void {
  if (byteCount > LIMITS.pathBytesMax) {
    throw new ProblemError(
      "invalid-path",
      message("storage.path-bytes", { bytes: byteCount, max: LIMITS.pathBytesMax }),
    );
  }
  if (nameCount > LIMITS.pathNameCountMax) {
    throw new ProblemError(
      "invalid-path",
      message("storage.path-names", { count: nameCount, max: LIMITS.pathNameCountMax }),
    );
  }
}

/**
 * How many names of a parent folder have to exist before something is written into it. What lies
 * deeper is created as needed. Below 自動バックアップ that is the whole destination folder, so that a
 * destination that was deleted or renamed is noticed and not silently made anew (B-IS-3, B-IS-4).
 */
export function requiredParentDepth(parent: ServicePath): number {
  const depth = parent[1] === AUTOMATIC_BACKUP_FOLDER ? DESTINATION_DEPTH : FIXED_DEPTH;
  return Math.min(depth, parent.length);
}
