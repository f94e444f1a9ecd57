import { failure } from "../../core/file-outcome.ts";
import { keptBothName } from "../../core/kept-both-name.ts";
import { isSameTime } from "../../core/is-same-time.ts";
import type { RestoreFailure } from "./restore-failure.ts";
import { startSha256 } from "../../core/sha256.ts";
import { DiskError, type DiskStat } from "../../ports/source-disk.ts";
import { StoppedError } from "../job-stop.ts";
import type { RestoreContext } from "./restore-context.ts";
import type { FileToRestore } from "./restore-item.ts";
import { message, type Message } from "../../../messages/message.ts";

/** What is to become of a file, by what stands where it goes. */
export type ConflictVerdict =
  | { readonly kind: "put-new" }
  | { readonly kind: "overwrite" }
  | { readonly kind: "keep-both" }
  | { readonly kind: "there-already" }
  /** An older file of this very job stands there, whose name the disk takes for this one's. */
  | { readonly kind: "displace" }
  | { readonly kind: "skip"; readonly why: Message }
  | { readonly kind: "fail"; readonly failure: RestoreFailure };

/** A folder, a link or anything else that no file replaces. */
export const NO_FILE_IN_THE_WAY: RestoreFailure = failure(
  "access-denied",
  ["R-AD-2"],
  message("restore.no-file-in-the-way"),
);

/**
 * Looks at what stands where a file goes (F42, D12). The same file is left as it is. Otherwise the
 * choice decides; it never replaces what is no file, nor what this very job put there under a name
 * that the disk cannot tell from this one. Of two such files the one that was saved last has the name.
 */
export async function judgeConflict(
  context: RestoreContext,
  file: FileToRestore,
  path: string,
): Promise<ConflictVerdict> {
  // What has its name by now may come only later.
  if (file.isOlder === true && !file.folder.isOlder) return judgeTwin(context, file);
  const existing = await findSettled(context, path);
  if (existing === undefined) return { kind: "put-new" };
  if (await isSameFile(context, file, path, existing)) {
    context.restored.add(existing.fileId, file.writeOrder);
    const isOtherMode = file.mode !== undefined && existing.mode !== file.mode;
    if (isOtherMode && context.conflicts.isOverwrite) {
      await context.disk.setMode(path, file.mode);
    }
    return { kind: "there-already" };
  }
  const twinOrder = context.restored.writeOrder(existing.fileId);
  if (twinOrder !== undefined && twinOrder < file.writeOrder) return { kind: "displace" };
  const { sizeBytes, modifiedAtNs } = existing;
  const choice = await context.conflicts.choose({
    path: context.disk.join(file.folder.path, file.name),
    existing: { sizeBytes, modifiedAtNs },
    restored: { sizeBytes: file.sizeBytes, modifiedAtNs: file.modifiedAtNs },
  });
  if (choice === "skip") {
    return { kind: "skip", why: message("restore.left-alone") };
  }
  if (context.restored.has(existing.fileId)) return judgeTwin(context, file);
  if (choice === "keep-both") return { kind: "keep-both" };
  if (existing.kind !== "file") return { kind: "fail", failure: NO_FILE_IN_THE_WAY };
  return { kind: "overwrite" };
}

/** What stands at a path; when this very job is putting something there, only once it is known as such. */
async function findSettled(
  { disk, putting }: RestoreContext,
  path: string,
): Promise<DiskStat | undefined> {
  const existing = await disk.find(path);
  return existing === undefined ? undefined : putting.run(() => disk.find(path));
}

/** The name is for another file or folder of this job: an earlier restore may have put this one beside it already. */
async function judgeTwin(context: RestoreContext, file: FileToRestore): Promise<ConflictVerdict> {
  const { disk } = context;
  for (let number = 2; ; number += 1) {
    const path = disk.join(file.folder.reach, keptBothName(file.name, number));
    const existing = await disk.find(path);
    if (existing === undefined) return { kind: "keep-both" };
    if (await isSameFile(context, file, path, existing)) return { kind: "there-already" };
  }
}

const PIECE_BYTES = 256 * 1024;

/** Whether two files on the disk are the same. */
export async function areSameFiles(
  context: RestoreContext,
  [onePath, one]: readonly [string, DiskStat],
  [otherPath, other]: readonly [string, DiskStat],
): Promise<boolean> {
  const { sizeBytes, modifiedAtNs } = one;
  if (one.kind !== "file") return false;
  const sha256 = await digestOf(context, onePath, one);
  return isSameFile(context, { sizeBytes, modifiedAtNs, sha256 }, otherPath, other);
}

/** Same size, time and bytes. One that cannot be read is taken for another one. */
async function isSameFile(
  context: RestoreContext,
  file: Pick<FileToRestore, "sizeBytes" | "modifiedAtNs" | "sha256">,
  path: string,
  existing: DiskStat,
): Promise<boolean> {
  if (existing.kind !== "file" || existing.sizeBytes !== file.sizeBytes) return false;
  if (!isSameTime(existing.modifiedAtNs, file.modifiedAtNs)) return false;
  try {
    return (await digestOf(context, path, existing)) === file.sha256;
  } catch (error) {
    if (error instanceof DiskError) return false;
    throw error;
  }
}

async function digestOf(
  { disk, stop }: RestoreContext,
  path: string,
  { sizeBytes }: DiskStat,
): Promise<string> {
  const opened = await disk.open(path);
  try {
    const digest = startSha256();
    const buffer = Buffer.allocUnsafeSlow(Math.max(1, Math.min(PIECE_BYTES, sizeBytes)));
    for (let offsetBytes = 0; ;) {
      if (stop.reason !== undefined) throw new StoppedError();
      const count = await opened.read(buffer, offsetBytes);
      if (count === 0) return digest.hex();
      digest.update(buffer.subarray(0, count));
      offsetBytes += count;
    }
  } finally {
    await opened.close();
  }
}
