import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareKeys } from "../../core/compare-keys.ts";
import type { IndexEntry } from "../../core/difference.ts";
import { failure } from "../../core/file-outcome.ts";
import { anIndexEntry, aStat, aTarget } from "../../testing/fixtures.ts";
import { compare, type ComparedItem, type KindChanges } from "./compare.ts";
import type { ScanItem } from "./scan-item.ts";
import { message } from "../../../messages/message.ts";

/** The items as a scan passes them on: some at a time. */
async function* stream(items: readonly ScanItem[]): AsyncGenerator<readonly ScanItem[]> {
  for (let first = 0; first < items.length; first += 2) yield items.slice(first, first + 2);
}

const NOBODY: KindChanges = { fileReplaced: () => undefined, folderReplaced: () => undefined };

async function compared(
  items: readonly ScanItem[],
  index: readonly IndexEntry[],
): Promise<ComparedItem[]> {
  return (await Array.fromAsync(compare(stream(items), index.values(), NOBODY))).flat();
}

/** The keys of the index in whose place something of the other kind stands. */
async function superseded(
  targets: readonly string[],
  index: readonly string[],
): Promise<readonly string[]> {
  const files: string[] = [];
  const folders: string[] = [];
  const items = targets.map((key) => aTarget({ key }));
  const entries = index.map((key) => anIndexEntry({ key }));
  const changes: KindChanges = {
    fileReplaced: (key) => files.push(key),
    folderReplaced: (key) => folders.push(key),
  };
  await Array.fromAsync(compare(stream(items), entries.values(), changes));
  return index.filter(
    (key) => files.includes(key) || folders.some((folder) => key.startsWith(folder)),
  );
}

const keys = fc
  .uniqueArray(fc.stringMatching(/^[a-c.\-\uFF5E]{1,4}\/?$/u), { maxLength: 12 })
  .map((drawn) => drawn.toSorted(compareKeys));

describe("the comparison", () => {
  test("gives every target exactly its own entry of the index, whatever else is in either", async () => {
    await fc.assert(
      fc.asyncProperty(keys, keys, async (scanKeys, indexKeys) => {
        const index = indexKeys.map((key) => anIndexEntry({ key }));

        const items = await compared(
          scanKeys.map((key) => aTarget({ key })),
          index,
        );

        const known = items.map((item) => (item.kind === "target" ? item.known?.key : "none"));
        expect(known).toEqual(scanKeys.map((key) => (indexKeys.includes(key) ? key : undefined)));
      }),
    );
  });

  test("names what has something of the other kind in its place, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(keys, keys, async (scanKeys, indexKeys) => {
        // A disk has either a file or a folder of a name.
        const files = new Set(scanKeys.filter((key) => !key.endsWith("/")));
        const targets = scanKeys.filter((key) => !files.has(key.slice(0, -1)));
        const isReplaced = (key: string): boolean =>
          key.endsWith("/") ? files.has(key.slice(0, -1)) : targets.includes(`${key}/`);

        const found = await superseded(targets, indexKeys);

        expect(found).toEqual(indexKeys.filter((key) => !targets.includes(key) && isReplaced(key)));
      }),
    );
  });

  test("names all that was below a folder that became a file, up to the end", async () => {
    const index = ["a", "a-", "b", "b-", "b/c", "b/d/e", "b0", "z/y"];

    expect(await superseded(["a-", "a/x/y", "b", "b0", "z"], index)).toEqual([
      "a",
      "b/c",
      "b/d/e",
      "z/y",
    ]);
  });

  test("names what a file replaced before it passes the file on", async () => {
    const replaced: string[] = [];
    const changes = { ...NOBODY, folderReplaced: (key: string) => replaced.push(key) };
    const index = ["b", "b-", "b/c"].map((key) => anIndexEntry({ key }));

    const items = compare(stream([aTarget({ key: "b" })]), index.values(), changes);
    await items.next();

    expect(replaced).toEqual(["b/"]);
  });

  test("compares nothing with an upload that was cut off, and lets it be replaced", async () => {
    const remembered = [{ key: "a" }, { key: "b" }, { key: "b/c" }];
    const replaced: string[] = [];
    const changes: KindChanges = {
      fileReplaced: (key) => replaced.push(key),
      folderReplaced: (key) => replaced.push(key),
    };
    const items = ["a/x", "b"].map((key) => aTarget({ key }));

    const results = (
      await Array.fromAsync(compare(stream(items), remembered.values(), changes))
    ).flat();

    expect(results.map((item) => item.kind === "target" && item.known)).toEqual([
      undefined,
      undefined,
    ]);
    expect(replaced).toEqual(["a", "b/"]);
  });

  test("calls a file unchanged only when its times say so", async () => {
    const items = [
      aTarget({ key: "changed", stat: aStat({ modifiedAtNs: 2_000n }) }),
      aTarget({ key: "new" }),
      aTarget({ key: "same" }),
      aTarget({ key: "young" }),
    ];
    const index = [
      anIndexEntry({ key: "changed" }),
      anIndexEntry({ key: "same" }),
      anIndexEntry({ key: "young", settled: false }),
    ];

    const results = await compared(items, index);

    expect(results.map((item) => item.kind === "target" && item.isUnchanged)).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  test("calls a known folder unchanged, whatever its times", async () => {
    const [item] = await compared(
      [aTarget({ key: "d/", stat: aStat({ kind: "folder", modifiedAtNs: 9n }) })],
      [anIndexEntry({ key: "d/", sha256: "" })],
    );

    expect(item).toMatchObject({ isUnchanged: true });
  });

  test("does not take a file for the folder of its name", async () => {
    const [item] = await compared([aTarget({ key: "d" })], [anIndexEntry({ key: "d/" })]);

    expect(item).toMatchObject({ known: undefined, isUnchanged: false });
  });

  test("passes on what is no target as it came", async () => {
    const failed: ScanItem = {
      kind: "failed",
      entryKind: "file",
      path: "b",
      pathBytes: null,
      failure: failure("access-denied", ["B-AD-1"], message("disk.unreadable-file")),
    };
    const excluded: ScanItem = { kind: "excluded", entryKind: "other", path: "c", why: "fifo" };

    expect(await compared([failed, excluded], [anIndexEntry({ key: "b" })])).toEqual([
      failed,
      excluded,
    ]);
  });
});
