import { hash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** A file as it stands on a disk. */
export interface FileState {
  readonly sha256: string;
  readonly modifiedAtNs: bigint;
}

/** Every file below a folder, by its path from there with `/` between names. */
export function readTree(folder: string): Map<string, FileState> {
  const files = new Map<string, FileState>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const { mtimeNs } = statSync(path, { bigint: true });
    const sha256 = hash("sha256", readFileSync(path));
    files.set(path.slice(folder.length + 1), { sha256, modifiedAtNs: mtimeNs });
  }
  return files;
}

/** What two looks at a folder differ in, for people. */
export function treeDifferences(
  before: ReadonlyMap<string, FileState>,
  after: ReadonlyMap<string, FileState>,
): string[] {
  const differences: string[] = [];
  for (const [path, was] of before) {
    const is = after.get(path);
    if (is === undefined) differences.push(`${path} is gone`);
    else if (is.sha256 !== was.sha256) differences.push(`${path} has other bytes`);
    else if (is.modifiedAtNs !== was.modifiedAtNs) differences.push(`${path} has another time`);
  }
  for (const path of after.keys()) if (!before.has(path)) differences.push(`${path} is new`);
  return differences;
}
