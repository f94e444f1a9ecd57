import { fileFailure, folderFailure } from "./disk-failure.ts";
import { failure } from "../../core/file-outcome.ts";
import { pathRuleFailure } from "../../core/path-rules.ts";
import { DiskError } from "../../ports/source-disk.ts";
import { FolderWalk, type SeenEntry } from "./folder-walk.ts";
import type { FailedTarget, ScanItem } from "./scan-item.ts";
import type { ScanOptions } from "./scan-options.ts";
import { message } from "../../../messages/message.ts";

/**
 * Walks the source folder and yields its targets, failures and exclusions in order of key, some at
 * a time, with a bounded number of names in memory per level (F21, D16). One bad entry never ends
 * the walk; the root itself rejects with `DiskError` when it cannot be listed.
 */
export async function* scan(options: ScanOptions): AsyncGenerator<readonly ScanItem[], void> {
  const walks = [new FolderWalk(options, { diskPath: options.rootPath, prefix: "" })];
  let items: ScanItem[] = [];
  try {
    for (let walk = walks.at(-1); walk !== undefined; walk = walks.at(-1)) {
      if (options.isStopped()) break;
      const next = walk.take();
      if (next !== undefined) {
        const subfolder = await step(options, walk, next, items);
        if (subfolder !== undefined) walks.push(subfolder);
      } else if (!(await loadMore(walk, items, walks.length === 1))) {
        walks.pop();
        leave(walk, walks.at(-1), items);
      }
      if (items.length < options.tuning.itemsTogetherCount) continue;
      yield items;
      items = [];
    }
    if (items.length > 0) yield items;
  } finally {
    for (const walk of walks) await walk.close();
  }
}

/** Takes one entry; resolves to the walk through it when it is a folder to go into. */
async function step(
  options: ScanOptions,
  walk: FolderWalk,
  { entry, seen }: SeenEntry,
  items: ScanItem[],
): Promise<FolderWalk | undefined> {
  const { kind } = entry;
  const path = walk.prefix + (entry.name ?? new TextDecoder().decode(entry.nameBytes));
  if (kind !== "file" && kind !== "folder") {
    items.push({ kind: "excluded", entryKind: "other", path, why: kind });
    return undefined;
  }
  const stat = seen instanceof DiskError ? undefined : seen;
  const fail = (found: FailedTarget["failure"], pathBytes: Uint8Array | null = null): undefined => {
    const at =
      kind === "folder" && entry.name !== undefined
        ? { diskPath: options.disk.join(walk.diskPath, entry.name) }
        : {};
    items.push({ kind: "failed", entryKind: kind, path, pathBytes, failure: found, stat, ...at });
  };
  if (entry.name === undefined) {
    return fail(UNDECODABLE, Buffer.concat([Buffer.from(walk.prefix), entry.nameBytes]));
  }
  if (walk.isLeftOut(entry.name)) {
    const diskPath = options.disk.join(walk.diskPath, entry.name);
    items.push({ kind: "excluded", entryKind: kind, path, why: "hidden", stat, diskPath });
    return undefined;
  }
  const refused = pathRuleFailure(options.disk.shownName(entry.name), kind);
  if (refused !== undefined) return fail(refused);
  const diskPath = options.disk.join(walk.diskPath, entry.name);
  if (kind === "folder") return enter(options, diskPath, path, items);
  if (seen instanceof DiskError) return fail(fileFailure(seen));
  if (seen?.kind !== "file") return fail(REPLACED);
  walk.hasTargets = true;
  items.push({ kind: "target", entryKind: "file", key: path, path, diskPath, stat: seen });
  return undefined;
}

const UNDECODABLE = failure("unexpected", ["B-UX-10"], message("backup.name-not-unicode"));

const REPLACED = failure("unexpected", ["B-UX-5"], message("backup.replaced"));

async function enter(
  options: ScanOptions,
  diskPath: string,
  path: string,
  items: ScanItem[],
): Promise<FolderWalk | undefined> {
  try {
    const stat = await options.disk.stat(diskPath);
    // A link that took its place since it was listed leads to what is no part of the source.
    if (stat.kind !== "folder") {
      throw new DiskError("not-a-folder", diskPath, `something else took its place (${stat.kind})`);
    }
    return new FolderWalk(options, { diskPath, prefix: `${path}/`, stat });
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    items.push(failedFolder(path, error));
    return undefined;
  }
}

/** False when the folder is at its end, or cannot be listed (any further): then it has its row. */
async function loadMore(walk: FolderWalk, items: ScanItem[], isRoot: boolean): Promise<boolean> {
  try {
    return await walk.load();
  } catch (error) {
    if (!(error instanceof DiskError) || isRoot) throw error;
    items.push({ ...failedFolder(walk.prefix.slice(0, -1), error), stat: walk.stat });
    // What could not be listed is not taken for empty.
    walk.hasTargets = true;
    return false;
  }
}

/** A folder without targets is one itself; what holds it exists on the service through it. */
function leave(walk: FolderWalk, parent: FolderWalk | undefined, items: ScanItem[]): void {
  if (parent === undefined || walk.stat === undefined) return;
  parent.hasTargets = true;
  const { diskPath, stat } = walk;
  const key = walk.prefix;
  if (!walk.hasTargets) {
    const path = key.slice(0, -1);
    items.push({ kind: "target", entryKind: "folder", key, path, diskPath, stat });
  }
  items.push({ kind: "seen-folder", key, stat });
}

function failedFolder(path: string, error: DiskError): FailedTarget {
  const found = folderFailure(error);
  return { kind: "failed", entryKind: "folder", path, pathBytes: null, failure: found };
}
