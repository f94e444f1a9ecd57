import { compareNames } from "../../core/compare-keys.ts";
import type { HeldMemory } from "../held-memory.ts";
import type { NameSpill } from "../../ports/name-spill.ts";
import type { DiskEntry, SourceDisk } from "../../ports/source-disk.ts";

interface SortedFolderOptions {
  /** Tells of the names that are in memory. */
  readonly held: HeldMemory;
  readonly spill: NameSpill;
  /** Names yielded together at most. */
  readonly count: number;
  /** Names that are sorted in memory; a larger folder goes through the spill (I12). */
  readonly namesInMemoryCountMax: number;
}

/**
 * The names of a folder in order of key, at most `count` at a time, whatever their number with a
 * bounded part of them in memory. Rejects with `DiskError` before the first name.
 */
export async function* sortedFolder(
  disk: Pick<SourceDisk, "list">,
  folder: string,
  options: SortedFolderOptions,
): AsyncGenerator<readonly DiskEntry[], void> {
  let held: DiskEntry[] = [];
  let spilled: ReturnType<NameSpill["open"]> | undefined;
  try {
    for await (const chunk of disk.list(folder)) {
      held.push(...chunk);
      options.held.take({ entryCount: chunk.length, pathBytes: nameBytesOf(chunk) });
      if (held.length <= options.namesInMemoryCountMax) continue;
      spilled ??= options.spill.open();
      spilled.add(held);
      held = [];
      options.held.giveAll();
    }
    if (spilled === undefined) {
      yield* slices(held.toSorted(byKey), options.count);
      return;
    }
    spilled.add(held);
    held = [];
    options.held.giveAll();
    yield* spilled.chunks(options.count);
  } finally {
    options.held.giveAll();
    spilled?.drop();
  }
}

function nameBytesOf(entries: readonly DiskEntry[]): number {
  return entries.reduce((sum, { nameBytes }) => sum + nameBytes.length, 0);
}

function byKey(left: DiskEntry, right: DiskEntry): number {
  return compareNames(
    { nameBytes: left.nameBytes, isFolder: left.kind === "folder" },
    { nameBytes: right.nameBytes, isFolder: right.kind === "folder" },
  );
}

function* slices(entries: readonly DiskEntry[], count: number): Generator<readonly DiskEntry[]> {
  for (let first = 0; first < entries.length; first += count) {
    yield entries.slice(first, first + count);
  }
}
