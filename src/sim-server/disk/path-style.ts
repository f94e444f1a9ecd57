import { posix, win32 } from "node:path";
import { DiskRefusal } from "./disk-error.ts";
import { bytesOfName, nameOfBytes } from "./name-bytes.ts";

/** How a host writes paths and what it allows in names. */
export interface PathStyle {
  readonly kind: "posix" | "windows";
  /** The names on the way from the top to `path`; throws ENAMETOOLONG. `..` stays in. */
  names(path: string | Uint8Array): readonly string[];
  /** The path of these names. */
  path(names: readonly string[]): string;
  /** Whether a new entry may be called so. */
  allows(name: string): boolean;
}

/** Bytes; Linux's NAME_MAX and PATH_MAX (which counts the closing zero). */
const POSIX_NAME_BYTES_MAX = 255;
const POSIX_PATH_BYTES_MAX = 4095;

/** UTF-16 units; NTFS names, and paths with the `\\?\` prefix Node puts before them. */
const WINDOWS_NAME_LENGTH_MAX = 255;
const WINDOWS_PATH_LENGTH_MAX = 32_767;

/** Paths as on Linux and macOS. */
export const posixPaths: PathStyle = {
  kind: "posix",
  names(path) {
    const text = textOf(path);
    const names = text.split("/").filter((name) => name !== "" && name !== ".");
    // Characters are at most three bytes long per UTF-16 unit: count bytes only when it may matter.
    if (text.length * 3 > POSIX_NAME_BYTES_MAX) {
      if (bytesOfName(text).length > POSIX_PATH_BYTES_MAX) throw new DiskRefusal("ENAMETOOLONG");
      for (const name of names) {
        if (bytesOfName(name).length > POSIX_NAME_BYTES_MAX) throw new DiskRefusal("ENAMETOOLONG");
      }
    }
    return names;
  },
  path: (names) => posix.sep + names.join(posix.sep),
  allows: () => true,
};

/**
 * Paths as on Windows: `C:\folder\file`, `\\server\share\file`; a slash is as good as a backslash. The
 * first name is the drive or the share.
 */
export const windowsPaths: PathStyle = {
  kind: "windows",
  names(path) {
    const text = textOf(path).replace(/^\\\\\?\\(?!UNC\\)/, "");
    if (text.length > WINDOWS_PATH_LENGTH_MAX) throw new DiskRefusal("ENAMETOOLONG");
    const { root } = win32.parse(text);
    const drive = root.replaceAll("/", "\\").replace(/\\+$/, "");
    const names = text
      .slice(root.length)
      .split(/[\\/]/)
      .filter((name) => name !== "" && name !== ".");
    // Windows reports a name it cannot hold as one that is not there.
    for (const name of names) {
      if (name.length > WINDOWS_NAME_LENGTH_MAX) throw new DiskRefusal("ENOENT");
    }
    return [drive === "" ? "C:" : drive, ...names];
  },
  path: (names) => (names.length === 1 ? `${names[0]}\\` : names.join(win32.sep)),
  allows: (name) => !/[<>:"|?*]/.test(name) && !/[. ]$/.test(name),
};

function textOf(path: string | Uint8Array): string {
  return typeof path === "string" ? path : nameOfBytes(path);
}
