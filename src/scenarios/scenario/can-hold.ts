import { posixPaths, windowsPaths } from "../../sim-server/disk/path-style.ts";

/** Whether a disk of the simulation can hold an entry at an absolute path; a path is written with `/` on every disk. */
export function canHold(disk: "windows" | "macos" | "linux", path: string): boolean {
  // On Windows it is another way to write the slash, and in no name.
  if (disk === "windows" && path.includes("\\")) return false;
  const style = disk === "windows" ? windowsPaths : posixPaths;
  try {
    // The first name of a Windows path is its drive.
    const names = disk === "windows" ? style.names(path).slice(1) : style.names(path);
    return !path.includes("\0") && names.every((name) => style.allows(name));
  } catch {
    return false;
  }
}
