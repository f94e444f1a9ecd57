import { createHash } from "node:crypto";
import fs from "node:fs";
import { join } from "node:path";

/** What two trees have, and how they differ. */
export interface TreeComparison {
  readonly fileCount: number;
  readonly folderCount: number;
  readonly sizeBytes: number;
  /** What the files of each take on the disk. */
  readonly diskBytes: readonly [source: number, restored: number];
  readonly differences: readonly string[];
}

/** Nanoseconds. Node sets times as a double of seconds. */
const TIME_TOLERANCE_NS = 1000n;
const BLOCK_BYTES = 512;

/**
 * Compares a source with what was restored of it: kinds, names, bytes, modes and times of files and
 * folders, those of the two themselves left out. Links and other entries are no targets (D16): they must not
 * be in what was restored.
 */
export function compareTrees(source: string, restored: string): TreeComparison {
  const differences: string[] = [];
  const totals = { fileCount: 0, folderCount: 0, sizeBytes: 0 };
  const disk: [number, number] = [0, 0];
  const open = [""];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const names = new Set([
      ...fs.readdirSync(join(source, folder)),
      ...fs.readdirSync(join(restored, folder)),
    ]);
    for (const name of names) {
      const path = folder === "" ? name : `${folder}/${name}`;
      const was = statOf(join(source, path));
      const is = statOf(join(restored, path));
      const found = differenceOf(was, is, () =>
        digestOf(join(source, path)).equals(digestOf(join(restored, path))),
      );
      if (found !== undefined) differences.push(`${JSON.stringify(path)} ${found}`);
      if (was?.isDirectory() === true && is?.isDirectory() === true) open.push(path);
      if (was?.isDirectory() === true) totals.folderCount += 1;
      if (was?.isFile() !== true) continue;
      totals.fileCount += 1;
      totals.sizeBytes += Number(was.size);
      disk[0] += Number(was.blocks) * BLOCK_BYTES;
      disk[1] += Number(is?.blocks ?? 0) * BLOCK_BYTES;
    }
  }
  return { ...totals, diskBytes: disk, differences };
}

function differenceOf(
  was: fs.BigIntStats | undefined,
  is: fs.BigIntStats | undefined,
  isSameContent: () => boolean,
): string | undefined {
  const isTarget = was?.isFile() === true || was?.isDirectory() === true;
  if (!isTarget) return is === undefined ? undefined : "is nothing that is saved";
  if (is === undefined) return "did not come back";
  const { mode, size, mtimeNs } = was;
  if (is.mode !== mode) return `is ${is.mode.toString(8)} and was ${mode.toString(8)}`;
  const distance = is.mtimeNs > mtimeNs ? is.mtimeNs - mtimeNs : mtimeNs - is.mtimeNs;
  if (distance > TIME_TOLERANCE_NS) return `has the time ${is.mtimeNs} and had ${mtimeNs}`;
  if (was.isDirectory()) return undefined;
  return is.size === size && isSameContent() ? undefined : "has other bytes";
}

function statOf(path: string): fs.BigIntStats | undefined {
  return fs.lstatSync(path, { bigint: true, throwIfNoEntry: false });
}

function digestOf(path: string): Buffer {
  return createHash("sha256").update(fs.readFileSync(path)).digest();
}
