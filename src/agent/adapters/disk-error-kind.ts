import type { DiskErrorKind } from "../ports/source-disk.ts";

const KINDS: Record<string, DiskErrorKind> = {
  ENOENT: "not-found",
  // A link in the place of the file that was to be opened.
  ELOOP: "not-found",
  EACCES: "access-denied",
  EPERM: "access-denied",
  EBUSY: "locked",
  ETXTBSY: "locked",
  ENOTDIR: "not-a-folder",
  ENAMETOOLONG: "name-too-long",
  EEXIST: "exists",
  ENOSPC: "disk-full",
  EDQUOT: "disk-full",
  EROFS: "access-denied",
};

/** The port's kind for what Node's fs threw; everything without a kind of its own is `io`. */
export function diskErrorKind(error: unknown): DiskErrorKind {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return (typeof code === "string" ? KINDS[code] : undefined) ?? "io";
}
