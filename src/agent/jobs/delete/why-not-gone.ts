import type { DeleteTarget } from "./delete-target.ts";
import { DiskError, type DiskStat, type SourceDisk } from "../../ports/source-disk.ts";
import { message, type Message } from "../../../messages/message.ts";
import { diskReason } from "../../core/disk-reason.ts";

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
): Promise<Message | undefined> {
  try {
    const standing = await standingAt(disk, root.rootPath, target);
    if (standing !== undefined) return standing;
    // After the look at the path: a disk that was taken away before is noticed now.
    const { kind, deviceId } = await disk.stat(root.rootPath);
    if (kind !== "folder") return message("delete.source-no-folder");
    return deviceId === root.deviceId ? undefined : message("delete.other-device-by-now");
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return message("delete.not-looked-for", { why: diskReason(error) });
  }
}

async function standingAt(
  disk: Pick<SourceDisk, "join" | "stat">,
  rootPath: string,
  { path, entryKind }: Pick<DeleteTarget, "path" | "entryKind">,
): Promise<Message | undefined> {
  const names = path.split("/");
  let at = rootPath;
  for (const [index, name] of names.entries()) {
    at = disk.join(at, name);
    const stat = await find(disk, at);
    if (stat === undefined) return undefined;
    const wanted = index === names.length - 1 ? entryKind : "folder";
    if (stat.kind === "unknown") return message("delete.of-unknown-kind");
    // Another kind is another target: the old one is gone, with all that was below it (D20).
    if (stat.kind !== wanted) return undefined;
    if (index === names.length - 1) {
      return message("delete.stands-there", { kind: message(`entry.${stat.kind}`) });
    }
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
