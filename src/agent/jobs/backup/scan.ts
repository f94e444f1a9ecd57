import { fileFailure, folderFailure } from "../../core/disk-failure.ts";
import { failure } from "../../core/file-outcome.ts";
import { pathRuleFailure } from "../../core/path-rules.ts";
import {
  DiskError,
  type DiskEntry,
  type DiskStat,
  type SourceDisk,
} from "../../ports/source-disk.ts";
import type { NameSpill } from "../../ports/name-spill.ts";
import type { FailedTarget, ScanItem } from "./scan-item.ts";
import { sortedFolder } from "./sorted-folder.ts";

/** What a scan looks at. */
export interface ScanOptions {
  readonly disk: Pick<SourceDisk, "join" | "list" | "stat" | "hiddenNames">;
  readonly rootPath: string;
  readonly includeHidden: boolean;
  /** Where the names of huge folders are sorted. */
  readonly spill: NameSpill;
  /** Asked before each folder; once true the scan ends where it is. */
  readonly isStopped: () => boolean;
}

/** Entries looked at together: enough to keep a disk busy, few enough to hold in memory. */
const STAT_TOGETHER_COUNT = 64;

/**
 * Walks the source folder and yields its targets, failures and exclusions in order of key, a
 * bounded number of names in memory per level (F21, D16). One bad entry never ends the walk; the
 * root itself rejects with `DiskError` when it cannot be listed.
 */
export async function* scan(options: ScanOptions): AsyncGenerator<ScanItem, void> {
  yield* scanFolder(options, options.rootPath, "");
}

async function* scanFolder(
  options: ScanOptions,
  diskPath: string,
  prefix: string,
): AsyncGenerator<ScanItem, void> {
  const hidden = options.includeHidden ? NOTHING_HIDDEN : await options.disk.hiddenNames(diskPath);
  const { spill } = options;
  const chunks = sortedFolder(options.disk, diskPath, { spill, count: STAT_TOGETHER_COUNT });
  for await (const chunk of chunks) {
    // Files of a chunk are looked at together, folders when their turn comes.
    const stats = await Promise.all(chunk.map((entry) => look(options, diskPath, entry)));
    for (const [index, entry] of chunk.entries()) {
      if (options.isStopped()) return;
      yield* scanEntry(options, { diskPath, prefix, entry, hidden, stat: stats[index] });
    }
  }
}

const NOTHING_HIDDEN: ReadonlySet<string> = new Set();

interface EntryPlace {
  readonly diskPath: string;
  readonly prefix: string;
  readonly entry: DiskEntry;
  readonly hidden: ReadonlySet<string>;
  readonly stat: DiskStat | DiskError | undefined;
}

async function* scanEntry(options: ScanOptions, place: EntryPlace): AsyncGenerator<ScanItem, void> {
  const { entry, prefix } = place;
  const { kind } = entry;
  const path = prefix + (entry.name ?? new TextDecoder().decode(entry.nameBytes));
  if (kind !== "file" && kind !== "folder") {
    yield { kind: "excluded", entryKind: "other", path, why: kind };
    return;
  }
  if (entry.name === undefined) {
    yield undecodable(entry.nameBytes, kind, prefix, path);
    return;
  }
  if (place.hidden.has(entry.name)) {
    yield { kind: "excluded", entryKind: kind, path, why: "hidden" };
    return;
  }
  const refused = pathRuleFailure(entry.name, kind);
  if (refused !== undefined) {
    yield { kind: "failed", entryKind: kind, path, pathBytes: null, failure: refused };
    return;
  }
  const diskPath = options.disk.join(place.diskPath, entry.name);
  if (kind === "folder") {
    yield* scanSubfolder(options, diskPath, path);
  } else if (place.stat instanceof DiskError) {
    const found = fileFailure(place.stat);
    yield { kind: "failed", entryKind: "file", path, pathBytes: null, failure: found };
  } else if (place.stat?.kind === "file") {
    yield { kind: "target", entryKind: "file", key: path, path, diskPath, stat: place.stat };
  } else {
    const found = failure("unexpected", ["B-UX-5"], "something else took its place meanwhile");
    yield { kind: "failed", entryKind: "file", path, pathBytes: null, failure: found };
  }
}

async function* scanSubfolder(
  options: ScanOptions,
  diskPath: string,
  path: string,
): AsyncGenerator<ScanItem, void> {
  let hasTargets = false;
  try {
    const stat = await options.disk.stat(diskPath);
    for await (const item of scanFolder(options, diskPath, `${path}/`)) {
      // A folder exists on the service through what is in it; one without targets is one itself.
      hasTargets ||= item.kind === "target";
      yield item;
    }
    if (!hasTargets && !options.isStopped()) {
      yield { kind: "target", entryKind: "folder", key: `${path}/`, path, diskPath, stat };
    }
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    const found = folderFailure(error);
    yield { kind: "failed", entryKind: "folder", path, pathBytes: null, failure: found };
  }
}

async function look(
  options: ScanOptions,
  folder: string,
  entry: DiskEntry,
): Promise<DiskStat | DiskError | undefined> {
  // Names that are refused by their form are not looked at: they never get that far.
  if (entry.name === undefined || pathRuleFailure(entry.name, "file") !== undefined)
    return undefined;
  try {
    return await options.disk.stat(options.disk.join(folder, entry.name));
  } catch (error) {
    if (error instanceof DiskError) return error;
    throw error;
  }
}

function undecodable(
  nameBytes: Uint8Array,
  entryKind: "file" | "folder",
  prefix: string,
  path: string,
): FailedTarget {
  return {
    kind: "failed",
    entryKind,
    path,
    pathBytes: Buffer.concat([Buffer.from(prefix), nameBytes]),
    failure: failure(
      "unexpected",
      ["B-UX-10"],
      "the bytes of its name are not valid Unicode; rename it so that it can be backed up",
    ),
  };
}
