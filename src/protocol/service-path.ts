import { LIMITS } from "./limits.ts";

/**
 * A place on the storage service: the names from the area down, kept exactly as the disk gave them
 * (D12: no Unicode normalisation, case-sensitive). A file and a folder of one name may stand side
 * by side: `/v1/files` and `/v1/folders` are separate namespaces (decision 0004).
 */
export type ServicePath = readonly string[];

/** The first name of every path in the security area (セキュリティ領域, F40). */
export const SECURITY_AREA = "セキュリティ領域";
/** The folder of the security area that holds what agents back up (F10). */
export const AUTOMATIC_BACKUP_FOLDER = "自動バックアップ";
/** The folder of the security area for files a person put there by hand (F40). */
export const MANUAL_BACKUP_FOLDER = "手動バックアップ";

/** How many names lead to a destination folder: area, 自動バックアップ, 管理者フォルダ(id), device, source (F10). */
export const DESTINATION_DEPTH = 5;

/** The folder of one administrator below 自動バックアップ: `管理者フォルダ(<login ID>)` (F10). */
export function administratorFolder(loginId: string): ServicePath {
  return [SECURITY_AREA, AUTOMATIC_BACKUP_FOLDER, `管理者フォルダ(${loginId})`];
}

/** The destination of one source folder: `.../管理者フォルダ(id)/<device>/<source folder name>` (F10). */
export function destinationPath(
  loginId: string,
  deviceName: string,
  sourceFolderName: string,
): ServicePath {
  return [...administratorFolder(loginId), deviceName, sourceFolderName];
}

/** The path as the part of a URL behind `/v1/files/`: each name percent-encoded, joined by `/`. */
export function encodeServicePath(path: ServicePath): string {
  // encodeURIComponent leaves ! ' ( ) * alone, all of them legal in a path segment (RFC 3986 3.3).
  return path.map((name) => encodeURIComponent(name)).join("/");
}

/** The path as one readable string, for people, JSON bodies and queries: names joined by `/`. */
export function formatServicePath(path: ServicePath): string {
  return path.join("/");
}

/** Why a text is no service path; `undefined` reasons do not exist, so a caller can always explain. */
export type ServicePathFault =
  | "empty"
  | "empty-name"
  | "dot-name"
  | "separator-in-name"
  | "control-character"
  | "malformed-unicode"
  | "too-long";

/** What reading a path yields: the names, or why there are none. */
export type ServicePathResult =
  | { readonly kind: "path"; readonly path: ServicePath }
  | { readonly kind: "fault"; readonly fault: ServicePathFault };

/**
 * Checks names that came from outside. Refuses an empty path, empty names, `.` and `..`, `/` or NUL
 * inside a name, lone surrogates, and paths over
 * `LIMITS.pathBytesMax` UTF-8 bytes or `LIMITS.pathNameCountMax` names. It does not apply the forbidden characters of F20: that is
 * `forbiddenNameCause`.
 */
export function checkServicePath(names: readonly string[]): ServicePathResult {
  const fault = (found: ServicePathFault): ServicePathResult => ({ kind: "fault", fault: found });
  if (names.length === 0) return fault("empty");
  if (names.length > LIMITS.pathNameCountMax) return fault("too-long");
  let byteCount = 0;
  for (const name of names) {
    if (name === "") return fault("empty-name");
    if (name === "." || name === "..") return fault("dot-name");
    if (name.includes("/")) return fault("separator-in-name");
    // Other control characters are names like any: macOS has one in the icon of every folder with its own.
    if (name.includes("\0")) return fault("control-character");
    if (!name.isWellFormed()) return fault("malformed-unicode");
    byteCount += Buffer.byteLength(name) + 1;
  }
  if (byteCount > LIMITS.pathBytesMax) return fault("too-long");
  return { kind: "path", path: names };
}

/** Reads the percent-encoded part of a URL behind `/v1/files/`. Never throws. */
export function decodeServicePath(encoded: string): ServicePathResult {
  if (encoded === "") return { kind: "fault", fault: "empty" };
  try {
    return checkServicePath(encoded.split("/").map((part) => decodeURIComponent(part)));
  } catch {
    return { kind: "fault", fault: "malformed-unicode" };
  }
}
