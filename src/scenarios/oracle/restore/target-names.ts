import type { RestoreRun, Standing, StandingFact } from "../../restore-run.ts";

/** One spelling for all that the disk takes for one name. */
export function asOnDisk(run: Pick<RestoreRun, "disk">, path: string): string {
  return run.disk === "linux" ? path : path.toUpperCase();
}

/** What stands at a path, however its letters are spelled where the disk ignores their case. */
export function standsAt(
  run: Pick<RestoreRun, "disk">,
  standing: Standing,
  path: string,
): StandingFact | undefined {
  const found = standing.get(path);
  if (found !== undefined || run.disk === "linux") return found;
  const folded = asOnDisk(run, path);
  for (const [other, fact] of standing) if (asOnDisk(run, other) === folded) return fact;
  return undefined;
}

/** The folders on the way to a path, the outermost first; "" not among them. */
export function foldersOnTheWay(path: string): readonly string[] {
  const names = path.split("/").slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

const NUMBER = / \((\d+)\)$/;

/**
 * The path a file would have without the number that it got because something stood in its way: `a (2).txt`
 * for `a.txt`. Undefined for a path without one.
 */
export function withoutNumber(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const folder = path.slice(0, path.length - name.length);
  const dot = name.lastIndexOf(".");
  const at = dot > 0 ? dot : name.length;
  const stem = name.slice(0, at);
  const found = NUMBER.exec(stem);
  if (found === null || Number(found[1]) < 2) return undefined;
  return folder + stem.slice(0, found.index) + name.slice(at);
}

/** Whether `path` is where a file that belongs at `wanted` may stand. */
export function isPlaceOf(run: Pick<RestoreRun, "disk">, path: string, wanted: string): boolean {
  if (asOnDisk(run, path) === asOnDisk(run, wanted)) return true;
  const bare = withoutNumber(path);
  return bare !== undefined && asOnDisk(run, bare) === asOnDisk(run, wanted);
}

const WINDOWS_DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?$/iu;

/** Whether a Windows host can have no file or folder of this name. */
export function isImpossibleName(run: Pick<RestoreRun, "disk">, name: string): boolean {
  if (run.disk !== "windows") return false;
  return WINDOWS_DEVICE.test(name) || /[<>:"|?*\\]/.test(name) || /[. ]$/.test(name);
}
