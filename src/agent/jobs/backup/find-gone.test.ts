import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { compareKeys } from "../../core/compare-keys.ts";
import { failure } from "../../core/file-outcome.ts";
import { foldersAbove } from "../../core/folders-above.ts";
import { GoneEntries } from "../../state/gone-entries.ts";
import { aSource, aTarget, memoryDatabase } from "../../testing/fixtures.ts";
import { findGone } from "./find-gone.ts";
import type { ScanItem } from "./scan-item.ts";
import { message } from "../../../messages/message.ts";

async function* stream(items: readonly ScanItem[]): AsyncGenerator<readonly ScanItem[]> {
  for (let first = 0; first < items.length; first += 2) yield items.slice(first, first + 2);
}

function failed(path: string, entryKind: "file" | "folder" = "folder"): ScanItem {
  const found = failure("access-denied", ["B-AD-2"], message("disk.unreadable-folder"));
  return { kind: "failed", entryKind, path, pathBytes: null, failure: found };
}

function undecodable(path: string): ScanItem {
  const found = failure("unexpected", ["B-UX-10"], message("backup.name-not-unicode"));
  const pathBytes = Buffer.from(path, "latin1");
  return { kind: "failed", entryKind: "file", path, pathBytes, failure: found };
}

function link(path: string): ScanItem {
  return { kind: "excluded", entryKind: "other", path, why: "symbolic-link" };
}

function target(key: string): ScanItem {
  return aTarget({ key });
}

/** What is noted in the end: keys in order, files and folders. */
async function gone(
  items: readonly ScanItem[],
  known: readonly string[],
  isStopped = false,
): Promise<{ readonly keys: readonly string[]; readonly fileCount: number | undefined }> {
  const database = memoryDatabase();
  const entries = new GoneEntries(database, aSource(database).id);
  let fileCount: number | undefined;
  const inOrder = known
    .toSorted(compareKeys)
    .map((key) => ({ key, sizeBytes: 1, deviceId: null, fileId: null }));
  const passed = await Array.fromAsync(
    findGone(stream(items), inOrder.values(), {
      notes: {
        markGone: (entry) => entries.put(entry),
        unmarkGone: (key) => entries.unmark(key, foldersAbove(key)),
      },
      isStopped: () => isStopped,
      onEnd: (count) => (fileCount = count),
    }),
  );
  expect(passed.flat()).toEqual(items);
  const all = [...entries.files(), ...entries.foldersInnermostFirst()].flat();
  return { keys: all.map(({ key }) => key).toSorted(compareKeys), fileCount };
}

describe("what is gone", () => {
  test("is what is known and was not found, with the folders that went with it", async () => {
    const items = [target("a"), target("d/x")];

    const { keys, fileCount } = await gone(items, ["a", "b", "d/e/f", "d/x", "g/h/i", "g/h/j"]);

    expect(keys).toEqual(["b", "d/e/", "d/e/f", "g/", "g/h/", "g/h/i", "g/h/j"]);
    expect(fileCount).toBe(2);
  });

  test("is all that is known when nothing was found", async () => {
    expect((await gone([], ["a", "d/"])).keys).toEqual(["a", "d/"]);
  });

  test("is not what a scan that was stopped did not reach", async () => {
    expect(await gone([target("b")], ["a", "c"], true)).toEqual({
      keys: ["a"],
      fileCount: undefined,
    });
  });

  test("is not an empty folder that has something in it now", async () => {
    expect((await gone([target("a/x"), target("b/c/y")], ["a/", "b/", "b/c/"])).keys).toEqual([]);
  });

  test("is not an empty folder that comes after the links in it", async () => {
    const items = [link("a/link"), link("a/m/link"), target("a/m/"), target("b")];

    expect((await gone(items, ["a/", "a/m/", "a/m/x"])).keys).toEqual(["a/m/x"]);
  });
});

describe("what stands at a path", () => {
  const KNOWN = ["p", "p!", "p/", "p/a", "p/b/", "p/b/c", "p0", "pa"];

  test.each<[string, ScanItem]>([
    ["a folder that cannot be listed", failed("p")],
    ["a hidden folder", { kind: "excluded", entryKind: "folder", path: "p", why: "hidden" }],
  ])("%s protects itself and all below, not a file of its name", async (_, item) => {
    const items = [target("p-"), target("p.txt"), item, target("p0")];

    expect((await gone(items, KNOWN)).keys).toEqual(["p", "p!", "pa"]);
  });

  test.each<[string, ScanItem]>([
    ["a file that cannot be looked at", failed("p", "file")],
    ["a hidden file", { kind: "excluded", entryKind: "file", path: "p", why: "hidden" }],
    ["a file", target("p")],
  ])("%s protects itself, not a folder of its name", async (_, item) => {
    const items = [item, target("p-"), target("p.txt"), target("p0")];

    const { keys } = await gone(items, KNOWN);

    expect(keys).toEqual(["p!", "p/", "p/a", "p/b/", "p/b/c", "pa"]);
  });

  test("a link protects neither a file nor a folder of its name", async () => {
    const { keys } = await gone([link("p"), target("p0")], KNOWN);

    expect(keys).toEqual(KNOWN.filter((key) => key !== "p0").toSorted(compareKeys));
  });

  test("what cannot be told from a file or a folder protects both", async () => {
    const unknown: ScanItem = { kind: "excluded", entryKind: "other", path: "p", why: "unknown" };

    expect((await gone([unknown, target("p0")], KNOWN)).keys).toEqual(["p!", "pa"]);
  });

  test("a folder with something in it does not protect the file of its name", async () => {
    expect((await gone([target("p-"), target("p/x")], ["p", "p-", "p/"])).keys).toEqual(["p"]);
  });

  test("an empty folder does not protect the file of its name", async () => {
    expect((await gone([target("p/")], ["p", "p/"])).keys).toEqual(["p"]);
  });

  test("an undecodable name protects those in its folder that look like it", async () => {
    const items = [undecodable("d/\uFFFDx"), target("d/"), target("e")];

    const { keys } = await gone(items, ["\uFFFDx", "d/\uFFFDx", "d/a"]);

    expect(keys).toEqual(["d/a", "\uFFFDx"]);
  });

  test("protects in whatever order it comes", async () => {
    const name = fc.constantFrom("a", "b", "a.", "a0");
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join("/"));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(path, { maxLength: 12 }),
        fc.array(path, { maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        async (known, standing, chance) => {
          const items = standing.map((at) => failed(at));
          for (let index = items.length - 1; index > 0; index -= 1) {
            const other = chance.next().value % (index + 1);
            [items[index], items[other]] = [items[other] as ScanItem, items[index] as ScanItem];
          }

          const { keys } = await gone(items, known);

          for (const at of standing) {
            const kept = (key: string): boolean =>
              key.startsWith(`${at}/`) || (key.endsWith("/") && at.startsWith(key));
            expect(keys.filter((key) => kept(key))).toEqual([]);
          }
          const isBelow = (key: string): boolean => standing.some((at) => key.startsWith(`${at}/`));
          expect(keys.filter((key) => !key.endsWith("/"))).toEqual(
            known.filter((key) => !isBelow(key)).toSorted(compareKeys),
          );
        },
      ),
    );
  });
});
