import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareKeys } from "../core/compare-keys.ts";
import { aSource, anIndexEntry, memoryDatabase } from "../testing/fixtures.ts";
import { FileIndex } from "./file-index.ts";

function anIndex(): FileIndex {
  const database = memoryDatabase();
  return new FileIndex(database, aSource(database).id);
}

describe("the index", () => {
  test("gives every entry back in order of key, over more than one page", () => {
    const index = anIndex();
    const keys = Array.from({ length: 1_300 }, (_, number) => `${(number * 7_919) % 1_300}`);
    for (const key of keys) index.put(anIndexEntry({ key }));

    const found = [...index.inOrder()].map(({ key }) => key);

    expect(found).toEqual(keys.toSorted(compareKeys));
  });

  test("keeps any key and any time exactly", () => {
    const time = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    const key = fc.string({ unit: "binary", minLength: 1 }).filter((text) => !text.includes("\0"));
    fc.assert(
      fc.property(key, time, time, fc.boolean(), fc.maxSafeNat(), (...drawn) => {
        const [drawnKey, modifiedAtNs, changedAtNs, settled, sizeBytes] = drawn;
        const entry = anIndexEntry({
          key: drawnKey,
          modifiedAtNs,
          changedAtNs,
          settled,
          sizeBytes,
        });
        const index = anIndex();

        index.put(entry);

        expect([...index.inOrder()]).toEqual([entry]);
      }),
      { numRuns: 50 },
    );
  });

  test("does not count an entry in doubt as being on the service until it is written anew", () => {
    const index = anIndex();
    const keys = (): string[] => [...index.inOrder()].map(({ key }) => key);
    for (const key of ["a", "b"]) index.put(anIndexEntry({ key }));
    index.markUncertain("a");
    index.markUncertain("a");
    index.markUncertain("b");
    expect(keys()).toEqual([]);
    // Taking one back leaves that of an earlier job.
    for (const key of ["a", "b"]) index.markCertain(key);
    expect(keys()).toEqual(["b"]);
    index.markCertain("b");
    expect(index.has("a")).toBe(true);
    index.put(anIndexEntry({ key: "a" }));
    expect(keys()).toEqual(["a", "b"]);
  });

  test("may be written behind its reader", () => {
    const index = anIndex();
    for (let number = 0; number < 600; number += 1) {
      index.put(anIndexEntry({ key: String(number).padStart(4, "0") }));
    }

    const found: string[] = [];
    for (const { key } of index.inOrder()) {
      found.push(key);
      index.put(anIndexEntry({ key, sizeBytes: 9 }));
      index.put(anIndexEntry({ key: `${key}.behind` }));
    }

    expect(found.filter((key) => !key.endsWith(".behind"))).toHaveLength(600);
    expect(new Set(found).size).toBe(found.length);
  });

  test("learns which file an entry is, and nothing else, from one that is unchanged", () => {
    const index = anIndex();
    index.put(anIndexEntry({ key: "a", deviceId: null, fileId: null }));

    index.identify("a", { deviceId: "disk", fileId: "disk:7" });

    expect([...index.inOrder()]).toEqual([anIndexEntry({ key: "a", fileId: "disk:7" })]);
  });

  test("counts what it holds", () => {
    const index = anIndex();
    expect(index.totals()).toEqual({ fileCount: 0, sizeBytes: 0 });

    index.put(anIndexEntry({ key: "a", sizeBytes: 3 }));
    index.put(anIndexEntry({ key: "b", sizeBytes: 4 }));
    index.put(anIndexEntry({ key: "b", sizeBytes: 5 }));

    expect(index.totals()).toEqual({ fileCount: 2, sizeBytes: 8 });
  });
});
