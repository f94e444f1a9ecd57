import type { DeleteTarget } from "./delete-target.ts";
import { DiskError, type DiskStat, type SourceDisk } from "../../ports/source-disk.ts";

/** The source folder as the scan saw it. */
export interface SeenRoot {
  readonly rootPath: string;
  readonly deviceId: string;
}

/**
 * The second look, right before a deletion (decision 0010): why a file or folder below the source cannot
 * be called gone, for people; undefined when none of its kind stands there while the source folder still
 * does, on the same device. Walks down from the source folder, since a link on the way would lead
 * elsewhere.
 */
export async function whyNotGone(
  disk: Pick<SourceDisk, "join" | "stat">,
  root: SeenRoot,
  target: Pick<DeleteTarget, "path" | "entryKind">,
): Promise<string | undefined> {
  try {
    const standing = await standingAt(disk, root.rootPath, target);
    if (standing !== undefined) return standing;
    // After the look at the path: a disk that was taken away before is noticed now.
    const { kind, deviceId } = await disk.stat(root.rootPath);
    if (kind !== "folder") return "the source folder is no folder any more";
    return deviceId === root.deviceId ? undefined : "the source is on another device by now";
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return `it could not be looked for: ${error.message}`;
  }
}

async function standingAt(
  disk: Pick<SourceDisk, "join" | "stat">,
  rootPath: string,
  { path, entryKind }: Pick<DeleteTarget, "path" | "entryKind">,
): Promise<string | undefined> {
  const names = path.split("/");
  let at = rootPath;
  for (const [index, name] of names.entries()) {
    at = disk.join(at, name);
    const stat = await find(disk, at);
    if (stat === undefined) return undefined;
    const wanted = index === names.length - 1 ? entryKind : "folder";
    if (stat.kind === "unknown") return "what stands there cannot be told";
    // Another kind is another target: the old one is gone, with all that was below it (D20).
    if (stat.kind !== wanted) return undefined;
    if (index === names.length - 1) return `it stands there (${stat.kind})`;
  }
  return undefined;
}

async function find(disk: Pick<SourceDisk, "stat">, path: string): Promise<DiskStat | undefined> {
  try {
    return await disk.stat(path);
  } catch (error) {
    if (error instanceof DiskError && error.kind === "not-found") return undefined;
    throw error;
  }
}
