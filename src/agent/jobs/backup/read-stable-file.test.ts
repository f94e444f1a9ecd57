import { describe, expect, test } from "vitest";
import type { DiskOperation } from "../../../sim-server/faults/disk-fault.ts";
import type { SimDiskOptions } from "../../../sim-server/disk/sim-disk.ts";
import type { DiskEntryKind, OpenFile } from "../../ports/source-disk.ts";
import { TestDisk } from "../../testing/test-disk.ts";
import { readStableFile, type StableFile } from "./read-stable-file.ts";

const PATH = "/source/a.txt";
const CONTENT = "0123456789";
const NOW_MS = Date.UTC(2026, 0, 2);

function read(disk: TestDisk, sizeBytesMax = 100): Promise<StableFile> {
  return readStableFile(disk.source, PATH, sizeBytesMax);
}

/** A disk that hands out three bytes a read and changes right before the `nth` call of a method. */
function diskThatChanges(
  operation: DiskOperation,
  nth: number,
  change: (disk: TestDisk) => void,
  options: Partial<SimDiskOptions> = {},
): TestDisk {
  const disk = new TestDisk({ "a.txt": CONTENT }, "/source", { readBytesMax: 3, ...options });
  disk.onCall = (called) => {
    if (called === operation && disk.callCount(operation) === nth) change(disk);
  };
  return disk;
}

describe("a file at rest", () => {
  test("is read whole, however short the disk's reads are", async () => {
    const disk = new TestDisk({ "a.txt": CONTENT }, "/source", { readBytesMax: 3 });

    const file = await read(disk);

    expect(file.kind === "read" && Buffer.from(file.content).toString()).toBe(CONTENT);
    expect(file).toMatchObject({ stat: { sizeBytes: 10 } });
  });

  test("that is empty is read too", async () => {
    expect(await read(new TestDisk({ "a.txt": "" }))).toMatchObject({ kind: "read" });
  });

  test("that is larger than allowed is not read at all", async () => {
    const disk = new TestDisk({ "a.txt": CONTENT });

    expect(await read(disk, 9)).toMatchObject({ kind: "too-large", stat: { sizeBytes: 10 } });
    expect(disk.callCount("read")).toBe(0);
  });
});

/** Every point between the first look and the last. */
const POINTS: readonly (readonly [DiskOperation, number])[] = [
  ["read", 1],
  ["read", 2],
  ["read", 4],
  ["stat", 2],
];

describe.each(POINTS)("a file that changes right before %s number %i", (method, nth) => {
  test.each([
    ["is written with as many other bytes", "abcdefghij"],
    ["grows", `${CONTENT}!`],
    ["shrinks", "01234"],
    ["is written with the same bytes", CONTENT],
  ])("has no bytes of one moment: it %s", async (_, content) => {
    const disk = diskThatChanges(method, nth, (at) => at.put(PATH, content));

    expect(await read(disk)).toEqual({ kind: "changed" });
  });

  test("has none when it is written and its time put back", async () => {
    const { modifiedAtNs } = await new TestDisk({ "a.txt": CONTENT }).source.stat(PATH);
    const disk = diskThatChanges(method, nth, (at) => {
      at.put(PATH, "abcdefghij");
      at.setModifiedAt(PATH, modifiedAtNs);
    });

    expect(await read(disk)).toEqual({ kind: "changed" });
  });

  test("has none when another file is put in its place, even with the same times", async () => {
    // One instant on a disk with coarse stamps: nothing but its identity tells the files apart.
    const options = { nowMs: () => NOW_MS, timestampGranularityNs: 2e9 };
    const put = (at: TestDisk): void => {
      at.rename(PATH, "/source/old");
      at.put(PATH, "abcdefghij");
    };
    const disk = diskThatChanges(method, nth, put, options);
    const before = await disk.source.stat(PATH);
    disk.calls.length = 0;

    expect(await read(disk)).toEqual({ kind: "changed" });
    const { modifiedAtNs, changedAtNs } = await disk.source.stat(PATH);
    expect({ modifiedAtNs, changedAtNs }).toEqual({
      modifiedAtNs: before.modifiedAtNs,
      changedAtNs: before.changedAtNs,
    });
  });

  test.each([
    ["renamed", (disk: TestDisk) => disk.rename(PATH, "/source/b.txt")],
    ["deleted", (disk: TestDisk) => disk.remove(PATH)],
  ])("is not found when it was %s", async (_, change) => {
    const disk = diskThatChanges(method, nth, change);

    await expect(read(disk)).rejects.toMatchObject({ name: "DiskError", kind: "not-found" });
  });
});

test("a file whose metadata alone changed is not the one that was looked at first", async () => {
  const disk = diskThatChanges("stat", 2, (at) => at.setModifiedAt(PATH, 1n));

  expect(await read(disk)).toEqual({ kind: "changed" });
});

test.each([
  ["open", 1],
  ["stat", 1],
  ["read", 1],
  ["stat", 2],
] as const)(
  "what the disk says when it refuses %s number %i is passed on",
  async (operation, nth) => {
    const disk = new TestDisk({ "a.txt": CONTENT });
    disk.faults.add({ operation, path: PATH, kind: "io-error", nth, times: 1 });

    await expect(read(disk)).rejects.toMatchObject({ name: "DiskError", kind: "io" });
  },
);

test.each(["fifo", "symbolic-link", "device"] as const)(
  "a %s that took the file's place is not read as an empty file",
  async (kind) => {
    const { source } = new TestDisk({ "a.txt": CONTENT });
    const disk = { open: async () => openedAs(kind, source), stat: source.stat.bind(source) };

    await expect(readStableFile(disk, PATH, 100)).rejects.toMatchObject({
      name: "DiskError",
      kind: "not-found",
    });
  },
);

/** A disk may open what is no file, where the simulated one refuses or waits; reading it fails the test. */
async function openedAs(kind: DiskEntryKind, source: TestDisk["source"]): Promise<OpenFile> {
  const file = await source.open(PATH);
  return {
    stat: async () => ({ ...(await file.stat()), kind }),
    read: () => expect.fail("it is read"),
    close: () => file.close(),
  };
}
