import { mkdtempSync, promises as nodeFs, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, win32 } from "node:path";

import { afterAll, describe, expect, test } from "vitest";
import { NodeTargetDisk, type NodeTargetFs } from "../../src/agent/adapters/node-target-disk.ts";
import type { TargetDisk } from "../../src/agent/ports/target-disk.ts";
import { Activity } from "../../src/sim-server/kernel/activity.ts";
import { globalTimers } from "../../src/sim-server/kernel/timers.ts";
import { SimDisk } from "../../src/sim-server/disk/sim-disk.ts";

/** A disk under the contract, with the means to put on it what the port has no method for. */
interface TargetBench {
  readonly disk: TargetDisk;
  readonly root: string;
  symlink(target: string, path: string): Promise<void>;
}

const roots: string[] = [];

afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

function benchOver(fs: typeof nodeFs, root: string): TargetBench {
  return {
    disk: new NodeTargetDisk({ fs: fs as unknown as NodeTargetFs }),
    root,
    symlink: (target, path) => fs.symlink(target, join(root, path)),
  };
}

function realBench(): TargetBench {
  const root = mkdtempSync(join(tmpdir(), "target-disk-"));
  roots.push(root);
  return benchOver(nodeFs, root);
}

function simulatedDisk(hardLinks: boolean): SimDisk {
  const activity = new Activity();
  const disk = new SimDisk({ timers: globalTimers, activity, nowMs: () => 1e12, hardLinks });
  disk.mkdir("/work");
  return disk;
}

function simulatedBench(hardLinks = true): TargetBench {
  const fs = simulatedDisk(hardLinks).createFs().promises;
  return benchOver(fs as unknown as typeof nodeFs, "/work");
}

async function write(disk: TargetDisk, path: string, content: string): Promise<void> {
  const file = await disk.create(path, "as-usual");
  await file.write(Buffer.from(content), 0);
  await file.close();
}

async function read(disk: TargetDisk, path: string): Promise<string> {
  const file = await disk.open(path);
  const buffer = Buffer.alloc(100);
  const count = await file.read(buffer, 0);
  await file.close();
  return buffer.toString("utf8", 0, count);
}

async function names(disk: TargetDisk, folder: string): Promise<string[]> {
  const entries = (await Array.fromAsync(disk.list(folder))).flat();
  return entries.map(({ name }) => String(name)).toSorted();
}

function refusal(kind: string): unknown {
  return expect.objectContaining({ name: "DiskError", kind });
}

describe.each([
  ["the machine's disk", realBench],
  ["the simulated disk", simulatedBench],
  ["a disk without hard links", () => simulatedBench(false)],
])("%s", (_, makeBench) => {
  test("makes a file that was not there, writes it anywhere, cuts it off", async () => {
    const { disk, root } = makeBench();
    const path = disk.join(root, "a");
    const file = await disk.create(path, "as-usual");
    await file.write(Buffer.from("world"), 6);
    await file.write(Buffer.from("hello "), 0);
    await file.truncate(8);
    await file.sync();
    await file.close();
    await file.close();

    expect(await read(disk, path)).toBe("hello wo");
    expect(await disk.stat(path)).toMatchObject({ kind: "file", sizeBytes: 8 });
  });

  test("gives files and folders modes to the letter, and folders times", async () => {
    const { disk, root } = makeBench();
    const [path, folder] = [disk.join(root, "a"), disk.join(root, "d")];
    const file = await disk.create(path, "private");
    expect((await disk.stat(path)).mode).toBe(0o600);
    expect(await file.setMode(0o4707)).toBe(true);
    await file.close();
    await disk.createFolder(folder, 0o500);
    expect((await disk.stat(folder)).mode).toBe(0o700);
    await write(disk, disk.join(folder, "b"), "x");
    const modifiedAtNs = 1_600_000_000_250_000_000n;

    expect(await disk.syncFolder(folder, { mode: 0o3575, modifiedAtNs })).toBe(true);

    expect((await disk.stat(path)).mode).toBe(0o4707);
    expect(await disk.stat(folder)).toMatchObject({ mode: 0o3575, modifiedAtNs });
    expect(await disk.setMode(path, 0o640)).toBe(true);
    expect((await disk.stat(path)).mode).toBe(0o640);
  });

  test("makes nothing where something stands, whatever it is", async () => {
    const bench = makeBench();
    const { disk } = bench;
    const at = (name: string): string => disk.join(bench.root, name);
    await write(disk, at("file"), "x");
    await disk.createFolder(at("folder"));
    await bench.symlink("nowhere", "link");

    for (const name of ["file", "folder", "link"]) {
      await expect(disk.create(at(name), "as-usual")).rejects.toEqual(refusal("exists"));
      await expect(disk.createFolder(at(name))).rejects.toEqual(refusal("exists"));
    }
    expect(await names(disk, bench.root)).toEqual(["file", "folder", "link"]);
  });

  test("makes no folder and no file without the folder they go into", async () => {
    const { disk, root } = makeBench();
    const below = disk.join(disk.join(root, "none"), "a");

    await expect(disk.create(below, "as-usual")).rejects.toEqual(refusal("not-found"));
    await expect(disk.createFolder(below)).rejects.toEqual(refusal("not-found"));
  });

  test("puts a file in the place of another in one step", async () => {
    const { disk, root } = makeBench();
    const [from, to] = [disk.join(root, "from"), disk.join(root, "to")];
    await write(disk, from, "new");
    await write(disk, to, "old");
    const { fileId } = await disk.stat(from);

    await disk.rename(from, to);

    expect(await names(disk, root)).toEqual(["to"]);
    expect(await read(disk, to)).toBe("new");
    expect((await disk.stat(to)).fileId).toBe(fileId);
  });

  test("puts no file in the place of a folder", async () => {
    const { disk, root } = makeBench();
    const [from, to] = [disk.join(root, "from"), disk.join(root, "to")];
    await write(disk, from, "new");
    await disk.createFolder(to);

    await expect(disk.rename(from, to)).rejects.toEqual(refusal("exists"));
    expect(await names(disk, root)).toEqual(["from", "to"]);
  });

  test("puts a new file where nothing is, and nowhere else", async () => {
    const bench = makeBench();
    const { disk } = bench;
    const at = (name: string): string => disk.join(bench.root, name);
    await write(disk, at("from"), "new");
    await write(disk, at("file"), "old");
    await disk.createFolder(at("folder"));
    await bench.symlink("nowhere", "link");
    const { fileId } = await disk.stat(at("from"));

    for (const name of ["file", "folder", "link"]) {
      await expect(disk.renameNew(at("from"), at(name))).rejects.toEqual(refusal("exists"));
    }
    await disk.renameNew(at("from"), at("to"));

    expect(await names(disk, bench.root)).toEqual(["file", "folder", "link", "to"]);
    expect(await read(disk, at("file"))).toBe("old");
    expect(await read(disk, at("to"))).toBe("new");
    expect((await disk.stat(at("to"))).fileId).toBe(fileId);
  });

  test("finds what is there, a link itself, and nothing where nothing is", async () => {
    const bench = makeBench();
    const { disk } = bench;
    await write(disk, disk.join(bench.root, "file"), "x");
    await bench.symlink("file", "link");

    expect(await disk.find(disk.join(bench.root, "file"))).toMatchObject({ kind: "file" });
    expect(await disk.find(disk.join(bench.root, "link"))).toMatchObject({ kind: "symbolic-link" });
    expect(await disk.find(disk.join(bench.root, "none"))).toBeUndefined();
    expect(await disk.find(disk.join(disk.join(bench.root, "none"), "a"))).toBeUndefined();
  });

  test("removes files, and says when there is none", async () => {
    const { disk, root } = makeBench();
    const path = disk.join(root, "a");
    await write(disk, path, "x");

    await disk.remove(path);

    expect(await names(disk, root)).toEqual([]);
    await expect(disk.remove(path)).rejects.toEqual(refusal("not-found"));
  });

  test("syncs a folder", async () => {
    const { disk, root } = makeBench();

    await expect(disk.syncFolder(root)).resolves.toBe(true);
    await expect(disk.syncFolder(disk.join(root, "none"))).rejects.toEqual(refusal("not-found"));
  });

  test.each([
    1_795_230_000_123_456_789n,
    1_700_000_000_000_000_001n,
    1_700_000_000_999_999_999n,
    0n,
    1n,
    -1n,
    -1_000_000_001n,
    4_102_444_800_000_000_000n,
  ])("keeps the modification time %i to a quarter of a microsecond", async (modifiedAtNs) => {
    const { disk, root } = makeBench();
    const path = disk.join(root, "a");
    const file = await disk.create(path, "as-usual");
    await file.write(Buffer.from("x"), 0);
    await file.setModifiedAt(modifiedAtNs);
    await file.sync();
    await file.close();
    await disk.rename(path, disk.join(root, "b"));

    const offNs = (await disk.stat(disk.join(root, "b"))).modifiedAtNs - modifiedAtNs;

    expect(Number(offNs)).toBeGreaterThanOrEqual(-240);
    expect(Number(offNs)).toBeLessThanOrEqual(240);
  });
});

test("a second name of one file comes and goes, and survives no loss of power by itself", async () => {
  const disk = simulatedDisk(true);
  const process = disk.createFs();
  const fs = process.promises;
  const file = await fs.open("/work/a", "wx");
  await file.write(Buffer.from("content"));
  await file.sync();
  await fs.link("/work/a", "/work/b");
  await fs.unlink("/work/a");
  expect(disk.read("/work/b").toString()).toBe("content");
  process.kill();

  disk.losePower();

  expect(disk.exists("/work/b")).toBe(false);
  expect(disk.read("/work/a").toString()).toBe("content");
});

describe("names that Windows cannot have", () => {
  const disk = new NodeTargetDisk({ path: win32 });

  test.each([
    ["CON", "con", "nul.txt", "Aux.tar.gz", "COM1", "lpt9.doc", "COM\u00b9", "CONIN$", "PRN "],
    ["a.", "a ", "a<b", "a>b", "a:b", 'a"b', "a|b", "a?b", "a*b", "a\\b", "a/b", "a\u0001b"],
  ])("are refused: %j, %j, %j, ...", (...refused) => {
    for (const name of refused)
      expect(disk.nameRefusal(name)).toEqual(expect.objectContaining({ code: expect.any(String) }));
  });

  test.each(["CONSOLE", "a.con", "nulls", "COM", "COM10", ".a", "a.b", " a", "日本語"])(
    "%j is not",
    (name) => {
      expect(disk.nameRefusal(name)).toBeUndefined();
    },
  );

  test("other hosts have them", () => {
    expect(realBench().disk.nameRefusal("CON")).toBeUndefined();
  });
});
