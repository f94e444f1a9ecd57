import { expect, test } from "vitest";
import { compareKeys } from "../../core/compare-keys.ts";
import type { NameSpill } from "../../ports/name-spill.ts";
import type { DiskEntry, SourceDisk } from "../../ports/source-disk.ts";
import { SqliteNameSpill } from "../../state/sqlite-name-spill.ts";
import { memoryDatabase } from "../../testing/fixtures.ts";
import { AMPLE_MEMORY } from "../../testing/ample-memory.ts";
import { HeldMemory } from "../held-memory.ts";
import { sortedFolder } from "./sorted-folder.ts";

const COUNT = 64;
const HELD_MAX = 1_000;

function entry(name: string): DiskEntry {
  return { name, nameBytes: Buffer.from(name), kind: name.startsWith("d") ? "folder" : "file" };
}

/** A disk with one folder of so many names, in an order that is none. */
function diskOf(nameCount: number): Pick<SourceDisk, "list"> {
  return {
    async *list() {
      for (let first = 0; first < nameCount; first += 100) {
        const numbers = Array.from(
          { length: Math.min(100, nameCount - first) },
          (_, at) => first + at,
        );
        yield numbers.map((number) =>
          entry(`${number % 2 === 0 ? "d" : "f"}${(number * 7919) % nameCount}`),
        );
      }
    },
  };
}

async function sorted(disk: Pick<SourceDisk, "list">, spill: NameSpill): Promise<DiskEntry[]> {
  const entries: DiskEntry[] = [];
  const held = new HeldMemory(AMPLE_MEMORY);
  for await (const chunk of sortedFolder(disk, "/source", {
    spill,
    held,
    count: COUNT,
    namesInMemoryCountMax: HELD_MAX,
  })) {
    expect(chunk.length).toBeLessThanOrEqual(COUNT);
    entries.push(...chunk);
  }
  return entries;
}

test.each([
  ["in memory", HELD_MAX],
  ["through the spill", HELD_MAX * 2 + 1],
])("a folder sorted %s has every name once, in order of key", async (_, nameCount) => {
  const spill = new SqliteNameSpill(memoryDatabase());

  const entries = await sorted(diskOf(nameCount), spill);

  const keys = entries.map(({ name, kind }) => (kind === "folder" ? `${name}/` : `${name}`));
  expect(new Set(keys).size).toBe(nameCount);
  expect(keys).toEqual(keys.toSorted(compareKeys));
});

test("never holds more names than its bound, and frees the spill even when nobody reads on", async () => {
  let heldCount = 0;
  let droppedCount = 0;
  const spill: NameSpill = {
    open: () => ({
      add: (entries) => void (heldCount = Math.max(heldCount, entries.length)),
      chunks: () => [[entry("a")], [entry("b")]],
      drop: () => void (droppedCount += 1),
    }),
  };

  let toldCount = 0;
  let toldCountMax = 0;
  const held = new HeldMemory({
    take: ({ entryCount }) => (toldCountMax = Math.max(toldCountMax, (toldCount += entryCount))),
    give: ({ entryCount }) => (toldCount -= entryCount),
  });

  for await (const _ of sortedFolder(diskOf(5_000), "/source", {
    spill,
    held,
    count: COUNT,
    namesInMemoryCountMax: HELD_MAX,
  }))
    break;

  expect(heldCount).toBeGreaterThan(0);
  expect(heldCount).toBeLessThanOrEqual(HELD_MAX + 100);
  expect(droppedCount).toBe(1);
  expect(toldCountMax).toBe(heldCount);
  expect(toldCount).toBe(0);
});
