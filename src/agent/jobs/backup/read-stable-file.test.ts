import { describe, expect, test } from "vitest";
import { MemoryDisk, type DiskCall } from "../../testing/memory-disk.ts";
import { readStableFile, type StableFile } from "./read-stable-file.ts";

const PATH = "/source/a.txt";
const CONTENT = "0123456789";

function read(disk: MemoryDisk, sizeBytesMax = 100): Promise<StableFile> {
  return readStableFile(disk, PATH, sizeBytesMax);
}

/** A disk that hands out three bytes a read and changes right before the `nth` call of a method. */
function diskThatChanges(
  method: DiskCall,
  nth: number,
  change: (disk: MemoryDisk) => void,
): MemoryDisk {
  const disk = new MemoryDisk({ "a.txt": CONTENT });
  disk.readBytesMax = 3;
  disk.onCall = (called) => {
    if (called === method && disk.callCount(method) === nth) change(disk);
  };
  return disk;
}

describe("a file at rest", () => {
  test("is read whole, however short the disk's reads are", async () => {
    const disk = new MemoryDisk({ "a.txt": CONTENT });
    disk.readBytesMax = 3;

    const file = await read(disk);

    expect(file.kind === "read" && Buffer.from(file.content).toString()).toBe(CONTENT);
    expect(file).toMatchObject({ stat: { sizeBytes: 10 } });
  });

  test("that is empty is read too", async () => {
    expect(await read(new MemoryDisk({ "a.txt": "" }))).toMatchObject({ kind: "read" });
  });

  test("that is larger than allowed is not read at all", async () => {
    const disk = new MemoryDisk({ "a.txt": CONTENT });

    expect(await read(disk, 9)).toMatchObject({ kind: "too-large", stat: { sizeBytes: 10 } });
    expect(disk.callCount("read")).toBe(0);
  });
});

/** Every point between the first look and the last. */
const POINTS: readonly (readonly [DiskCall, number])[] = [
  ["read", 1],
  ["read", 2],
  ["read", 4],
  ["stat", 1],
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
    const { modifiedAtNs } = await new MemoryDisk({ "a.txt": CONTENT }).stat(PATH);
    const disk = diskThatChanges(method, nth, (at) => {
      at.put(PATH, "abcdefghij");
      at.setModifiedAtNs(PATH, modifiedAtNs);
    });

    expect(await read(disk)).toEqual({ kind: "changed" });
  });

  test("has none when another file is put in its place, even with the same times", async () => {
    const times = await new MemoryDisk({ "a.txt": CONTENT }).stat(PATH);
    const disk = diskThatChanges(method, nth, (at) => {
      at.rename(PATH, "/source/old");
      at.put(PATH, "abcdefghij");
      at.setTimesNs(PATH, times);
    });

    expect(await read(disk)).toEqual({ kind: "changed" });
  });

  test.each([
    ["renamed", (disk: MemoryDisk) => disk.rename(PATH, "/source/b.txt")],
    ["deleted", (disk: MemoryDisk) => disk.remove(PATH)],
  ])("is not found when it was %s", async (_, change) => {
    const disk = diskThatChanges(method, nth, change);

    await expect(read(disk)).rejects.toMatchObject({ name: "DiskError", kind: "not-found" });
  });
});

test("a file whose metadata alone changed is not the one that was looked at first", async () => {
  const disk = diskThatChanges("stat", 1, (at) => at.setModifiedAtNs(PATH, 1n));

  expect(await read(disk)).toEqual({ kind: "changed" });
});

test.each(["open", "open.stat", "read", "stat"] as const)(
  "what the disk says when it refuses to %s is passed on",
  async (method) => {
    const disk = new MemoryDisk({ "a.txt": CONTENT });
    disk.refuse(method, PATH, "io");

    await expect(read(disk)).rejects.toMatchObject({ name: "DiskError", kind: "io" });
  },
);

test.each(["fifo", "symbolic-link", "device"] as const)(
  "a %s that took the file's place is not read as an empty file",
  async (kind) => {
    const disk = new MemoryDisk({ "a.txt": { kind } });

    await expect(read(disk)).rejects.toMatchObject({ name: "DiskError", kind: "not-found" });
    expect(disk.callCount("read")).toBe(0);
  },
);
