import { failure, type FileFailure } from "../../core/file-outcome.ts";
import {
  DiskError,
  type DiskStat,
  type OpenFile,
  type SourceDisk,
} from "../../ports/source-disk.ts";
import { message } from "../../../messages/message.ts";

/** A file's bytes as they were at one moment, or why there are none to be had now. */
export type StableFile =
  | { readonly kind: "read"; readonly content: Uint8Array; readonly stat: DiskStat }
  | { readonly kind: "changed" }
  | { readonly kind: "too-large"; readonly stat: DiskStat };

/** What the row of a file says that changed each time it was read. */
export const CHANGED_WHILE_READ: FileFailure = failure(
  "unexpected",
  ["B-UX-1"],
  message("backup.changed-while-read"),
);

/** Whether two looks saw the same file in the same state (D8). */
export function isSameState(before: DiskStat, after: DiskStat): boolean {
  return (
    before.fileId === after.fileId &&
    before.sizeBytes === after.sizeBytes &&
    before.modifiedAtNs === after.modifiedAtNs &&
    before.changedAtNs === after.changedAtNs
  );
}

/**
 * Reads a file whole. Its state is taken before the first byte from the open file and after the
 * last from its path; only when both are the same were the bytes those of one moment (D8). Rejects
 * with `DiskError`; a file that vanished meanwhile rejects as not found.
 */
export async function readStableFile(
  disk: Pick<SourceDisk, "open" | "stat">,
  path: string,
  sizeBytesMax: number,
): Promise<StableFile> {
  const file = await disk.open(path);
  try {
    const before = await statOfFile(file, path);
    if (before.sizeBytes > sizeBytesMax) return { kind: "too-large", stat: before };
    const content = await readAll(file, before.sizeBytes);
    const after = await disk.stat(path);
    if (content === undefined || !isSameState(before, after)) return { kind: "changed" };
    return { kind: "read", content, stat: before };
  } finally {
    await file.close();
  }
}

/** State of an open file; not found when a folder, a FIFO, ... stands in its place by now. */
export async function statOfFile(file: OpenFile, path: string): Promise<DiskStat> {
  const stat = await file.stat();
  if (stat.kind === "file") return stat;
  throw new DiskError("not-found", path, `something else took its place (${stat.kind})`);
}

/** The first `sizeBytes` bytes, or undefined when the file turned out shorter. */
async function readAll(file: OpenFile, sizeBytes: number): Promise<Uint8Array | undefined> {
  const content = Buffer.allocUnsafeSlow(sizeBytes);
  return (await fill(file, content, 0)) === sizeBytes ? content : undefined;
}

/** Fills `buffer` from `offsetBytes` on; the count is short only at the end of the file. */
export async function fill(
  file: OpenFile,
  buffer: Uint8Array,
  offsetBytes: number,
): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const count = await file.read(buffer.subarray(filled), offsetBytes + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}
