import { createCipheriv, createHash } from "node:crypto";
import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A tree to back up: so many files of one size, so many in each folder. */
export interface TreePlan {
  readonly fileCount: number;
  readonly fileBytes: number;
  /** Null for all in one folder. */
  readonly filesPerFolder: number | null;
}

const PIECE_BYTES = 4 * 1024 * 1024;
/** A file younger than this is read again by the next backup, since its times say too little. */
const SETTLE_MS = 2_500;

/**
 * Writes a tree below `path`, the same bytes every time, in which nothing can be compressed and no
 * two files are alike. Resolves once its files are old enough to be told unchanged by their times.
 */
export async function writeTree(path: string, plan: TreePlan): Promise<void> {
  const { fileCount, fileBytes, filesPerFolder } = plan;
  const bytes = pseudoRandomBytes(`${fileCount} files of ${fileBytes} bytes`);
  await mkdir(path, { recursive: true });
  for (let first = 0; first < fileCount; first += filesPerFolder ?? fileCount) {
    const last = Math.min(fileCount, first + (filesPerFolder ?? fileCount));
    const folder = filesPerFolder === null ? path : join(path, `folder-${numbered(first)}`);
    await mkdir(folder, { recursive: true });
    for (let index = first; index < last; index += 1) {
      await writeContent(join(folder, `file-${numbered(index)}.bin`), fileBytes, bytes);
    }
  }
  await sleep(SETTLE_MS);
}

function numbered(index: number): string {
  return String(index).padStart(7, "0");
}

async function writeContent(
  path: string,
  sizeBytes: number,
  bytes: (count: number) => Buffer,
): Promise<void> {
  if (sizeBytes <= PIECE_BYTES) {
    await writeFile(path, bytes(sizeBytes));
    return;
  }
  await using file = await open(path, "w");
  for (let written = 0; written < sizeBytes; written += PIECE_BYTES) {
    await file.write(bytes(Math.min(PIECE_BYTES, sizeBytes - written)));
  }
}

/** A cipher stream over zeros: as fast as memory, and the same for the same seed. */
function pseudoRandomBytes(seed: string): (count: number) => Buffer {
  const key = createHash("sha256").update(seed).digest().subarray(0, 16);
  const cipher = createCipheriv("aes-128-ctr", key, Buffer.alloc(16));
  return (count) => cipher.update(Buffer.alloc(count));
}
