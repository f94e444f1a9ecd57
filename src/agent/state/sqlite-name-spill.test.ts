import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareNames } from "../core/compare-keys.ts";
import type { DiskEntry } from "../ports/source-disk.ts";
import { memoryDatabase } from "../testing/fixtures.ts";
import { SqliteNameSpill } from "./sqlite-name-spill.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function entryOf(nameBytes: Uint8Array, kind: DiskEntry["kind"]): DiskEntry {
  try {
    return { name: decoder.decode(nameBytes), nameBytes, kind };
  } catch {
    return { name: undefined, nameBytes, kind };
  }
}

function named(name: string): DiskEntry {
  return entryOf(Buffer.from(name), "file");
}

// Few bytes, on both sides of "/", so that names often begin alike; 0xff is never valid.
const nameBytes = fc
  .array(fc.constantFrom(0x2d, 0x2e, 0x30, 0x61, 0xff), { minLength: 1, maxLength: 4 })
  .map((bytes) => Uint8Array.from(bytes));

const entries = fc.uniqueArray(
  fc
    .tuple(nameBytes, fc.constantFrom("file", "folder", "fifo"))
    .map(([bytes, kind]) => entryOf(bytes, kind as DiskEntry["kind"])),
  { selector: (entry) => entry.nameBytes.toString(), maxLength: 30 },
);

function names(chunks: Iterable<readonly DiskEntry[]>): (string | undefined)[] {
  return [...chunks].flat().map(({ name }) => name);
}

describe("spilled names", () => {
  test("come back in order of key as they were, undecodable ones too", () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 7 }), (drawn, count) => {
        const folder = new SqliteNameSpill(memoryDatabase()).open();

        folder.add(drawn);
        const chunks = [...folder.chunks(count)];

        const byKey = drawn.toSorted((left, right) =>
          compareNames(
            { nameBytes: left.nameBytes, isFolder: left.kind === "folder" },
            { nameBytes: right.nameBytes, isFolder: right.kind === "folder" },
          ),
        );
        const plain = (entry: DiskEntry): DiskEntry => ({
          ...entry,
          nameBytes: Uint8Array.from(entry.nameBytes),
        });
        expect(chunks.flat().map(plain)).toEqual(byKey.map(plain));
        expect(chunks.every(({ length }) => length <= count)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test("of folders that are open at once are not mixed", () => {
    const spill = new SqliteNameSpill(memoryDatabase());
    const outer = spill.open();
    outer.add([named("a"), named("b")]);
    const inner = spill.open();
    inner.add([named("c")]);

    expect(names(inner.chunks(10))).toEqual(["c"]);
    inner.drop();
    expect(names(outer.chunks(10))).toEqual(["a", "b"]);
  });

  test("leave nothing behind once they are dropped", () => {
    const database = memoryDatabase();
    const folder = new SqliteNameSpill(database).open();
    folder.add([named("a")]);

    folder.drop();

    expect(database.get("SELECT count(*) AS n FROM spilled_name")).toEqual({ n: 0 });
  });

  test("are no part of the agent's state", () => {
    const database = memoryDatabase();
    new SqliteNameSpill(database).open().add([named("a")]);

    expect(database.all("SELECT name FROM main.sqlite_schema WHERE name = 'spilled_name'")).toEqual(
      [],
    );
  });
});
