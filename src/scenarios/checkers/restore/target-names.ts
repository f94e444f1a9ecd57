import { asOnDisk } from "../shared/as-on-disk.ts";
import type { RestoreRun, Standing, StandingFact } from "../../observation/restore-run.ts";

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

/** A name without the number that it got: `a.txt` for `a (2).txt`. Undefined for a name without one. */
function withoutNumber(name: string): string | undefined {
  const dot = name.lastIndexOf(".");
  const at = dot > 0 ? dot : name.length;
  const stem = name.slice(0, at);
  const found = NUMBER.exec(stem);
  // The number comes behind a name: what begins with a dot has no other part.
  if (found === null || found.index === 0 || Number(found[1]) < 2) return undefined;
  return stem.slice(0, found.index) + name.slice(at);
}

/** A name without all the numbers that it ends in, be they its own or given to it. */
export function withoutNumbers(name: string): string {
  let bare = name;
  for (;;) {
    const shorter = withoutNumber(bare);
    if (shorter === undefined) return bare;
    bare = shorter;
  }
}

/**
 * Whether `path` is where something that belongs at `wanted` may stand: every name as it is, or with the
 * number that it got because something stood in its way.
 */
export function isPlaceOf(run: Pick<RestoreRun, "disk">, path: string, wanted: string): boolean {
  const names = asOnDisk(run, path).split("/");
  const wantedNames = asOnDisk(run, wanted).split("/");
  return (
    names.length === wantedNames.length &&
    names.every(
      (name, index) => name === wantedNames[index] || withoutNumber(name) === wantedNames[index],
    )
  );
}

const WINDOWS_DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?$/iu;

/** Whether a Windows host can have no file or folder of this name. */
export function isImpossibleName(run: Pick<RestoreRun, "disk">, name: string): boolean {
  if (run.disk !== "windows") return false;
  return WINDOWS_DEVICE.test(name) || /[<>:"|?*\\]/.test(name) || /[. ]$/.test(name);
}
