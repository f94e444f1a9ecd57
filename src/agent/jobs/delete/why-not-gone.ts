import { isSameDevice } from "../../core/device-id.ts";
import { coarseName } from "../../core/coarse-name.ts";
import type { DeleteTarget } from "./delete-target.ts";
import { DiskError, type DiskStat, type SourceDisk } from "../../ports/source-disk.ts";
import { message, type Message } from "../../../messages/message.ts";
import { diskReason } from "../../core/disk-reason.ts";

/** What the second look needs of the disk. */
type SpelledDisk = Pick<SourceDisk, "join" | "stat" | "statNow" | "list" | "spelling">;

/** The source folder as the scan saw it. */
export interface SeenRoot {
  readonly rootPath: string;
  readonly deviceId: string;
}

/** Why something is not deleted after all; `why` is for people. */
export type NotGone =
  | { readonly kind: "protected"; readonly why: Message }
  /** Its nearest folder that is there, `folder`, is on another device than it was (D15). */
  | { readonly kind: "unconfirmed"; readonly folder: string };

/** What is looked for, and the device it was on; null where that is not known, or does not matter. */
type GoneTarget = Pick<DeleteTarget, "path" | "entryKind" | "deviceId">;

/**
 * The second look, right before a deletion (decision 0010): why a file or folder below the source cannot
 * be called gone; undefined when none of its kind stands there while its nearest folder that is there and
 * the source folder are on the devices they were on. Walks down from the source folder, since a link on
 * the way would lead elsewhere.
 */
export async function whyNotGone(
  disk: SpelledDisk,
  root: SeenRoot,
  target: GoneTarget,
): Promise<NotGone | undefined> {
  try {
    const found = await lookFor(disk, root.rootPath, target);
    if (found.kind === "protected") return found;
    // After the look at the path: a disk that was taken away before is noticed now.
    const { kind, deviceId } = await disk.statNow(root.rootPath);
    if (kind !== "folder") return notGone(message("delete.source-no-folder"));
    if (!isSameDevice(deviceId, root.deviceId))
      return notGone(message("delete.other-device-by-now"));
    if (target.deviceId === null) return undefined;
    const isRoot = found.path === "";
    const nearest = isRoot
      ? deviceId
      : (await foundBy(() => disk.statNow(found.diskPath)))?.deviceId;
    const isOnIt = nearest !== undefined && isSameDevice(nearest, target.deviceId);
    return isOnIt ? undefined : { kind: "unconfirmed", folder: found.path };
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return notGone(message("delete.not-looked-for", { why: diskReason(error) }));
  }
}

function notGone(why: Message): Extract<NotGone, { kind: "protected" }> {
  return { kind: "protected", why };
}

/** The nearest folder that is there, where none of the target's kind stands; else what protects it. */
async function lookFor(
  disk: SpelledDisk,
  rootPath: string,
  { path, entryKind }: GoneTarget,
): Promise<
  | Extract<NotGone, { kind: "protected" }>
  | { readonly kind: "nearest"; readonly path: string; readonly diskPath: string }
> {
  const names = path.split("/");
  let diskPath = rootPath;
  for (const [index, name] of names.entries()) {
    const at = disk.join(diskPath, name);
    const stat = await find(disk, at);
    const wanted = index === names.length - 1 ? entryKind : "folder";
    if (stat?.kind === "unknown") return notGone(message("delete.of-unknown-kind"));
    // Another kind is another target: the old one is gone, with all that was below it (D21).
    const isThere = stat?.kind === wanted;
    const isLast = index === names.length - 1;
    // Some disks find it by another spelling too: then the file that was known is gone, or renamed (D20).
    if (!isThere || (isLast && !(await isSpelledSo(disk, rootPath, names)))) {
      return { kind: "nearest", path: names.slice(0, index).join("/"), diskPath };
    }
    if (isLast) {
      return notGone(message("delete.stands-there", { kind: message(`entry.${stat.kind}`) }));
    }
    diskPath = at;
  }
  return { kind: "nearest", path: "", diskPath };
}

/**
 * Whether the disk spells the path exactly so, letter by letter. Where a host cannot tell, each folder on
 * the way is asked for the next name, which takes long in a huge one.
 */
async function isSpelledSo(
  disk: SpelledDisk,
  rootPath: string,
  names: readonly string[],
): Promise<boolean> {
  if (await isSpelledOtherwise(disk, rootPath, names)) return false;
  let at = rootPath;
  for (const name of names) {
    if (!(await hasName(disk, at, name))) return false;
    at = disk.join(at, name);
  }
  return true;
}

/** Whether the host says so; what is elsewhere altogether (a mounted volume) is no other spelling. */
async function isSpelledOtherwise(
  disk: SpelledDisk,
  rootPath: string,
  names: readonly string[],
): Promise<boolean> {
  const below = (folder: string): string => names.reduce((at, name) => disk.join(at, name), folder);
  try {
    const wanted = below(await disk.spelling(rootPath));
    const found = await disk.spelling(below(rootPath));
    return found !== wanted && coarseName(found) === coarseName(wanted);
  } catch (error) {
    if (error instanceof DiskError) return false;
    throw error;
  }
}

async function hasName(
  disk: Pick<SourceDisk, "list">,
  folder: string,
  name: string,
): Promise<boolean> {
  for await (const entries of disk.list(folder)) {
    if (entries.some((entry) => entry.name === name)) return true;
  }
  return false;
}

function find(disk: Pick<SourceDisk, "stat">, path: string): Promise<DiskStat | undefined> {
  return foundBy(() => disk.stat(path));
}

async function foundBy(look: () => Promise<DiskStat>): Promise<DiskStat | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof DiskError && error.kind === "not-found") return undefined;
    throw error;
  }
}
