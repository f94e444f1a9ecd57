import { mkdtempSync, promises as nodeFs, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";
import { NodeDisk, type NodeDiskFs } from "../../src/agent/adapters/node-disk.ts";
import type { DiskEntry, SourceDisk } from "../../src/agent/ports/source-disk.ts";
import { Activity } from "../../src/sim-server/kernel/activity.ts";
import { globalTimers } from "../../src/sim-server/kernel/timers.ts";
import { SimDisk } from "../../src/sim-server/disk/sim-disk.ts";

/** A disk under the contract, with the means to put something on it. Paths are below `root`. */
interface DiskBench {
  readonly disk: SourceDisk;
  readonly root: string;
  write(path: string, content: string): Promise<void>;
  /** A file right below the root. */
  writeUndecodable(nameBytes: Buffer): Promise<void>;
  mkdir(path: string): Promise<void>;
  symlink(target: string, path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

const roots: string[] = [];

afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

/** The agent's adapter over anything with the calls of `node:fs`. */
function nodeDiskBench(fs: typeof nodeFs, root: string): DiskBench {
  return {
    disk: new NodeDisk({ fs: fs as unknown as NodeDiskFs }),
    root,
    write: (path, content) => fs.writeFile(join(root, path), content),
    writeUndecodable: (nameBytes) =>
      fs.writeFile(Buffer.concat([Buffer.from(`${root}/`), nameBytes]), "x"),
    mkdir: (path) => fs.mkdir(join(root, path)).then(() => undefined),
    symlink: (target, path) => fs.symlink(target, join(root, path)),
    rename: (from, to) => fs.rename(join(root, from), join(root, to)),
    remove: (path) => fs.unlink(join(root, path)),
  };
}

function realBench(): DiskBench {
  const root = mkdtempSync(join(tmpdir(), "source-disk-"));
  roots.push(root);
  return nodeDiskBench(nodeFs, root);
}

function simulatedBench(): DiskBench {
  const disk = new SimDisk({ timers: globalTimers, activity: new Activity(), nowMs: () => 1e12 });
  disk.mkdir("/work");
  return nodeDiskBench(disk.createFs().promises as unknown as typeof nodeFs, "/work");
}

async function listed(disk: SourceDisk, folder: string): Promise<DiskEntry[]> {
  return (await Array.fromAsync(disk.list(folder))).flat();
}

async function names(bench: DiskBench): Promise<string[]> {
  const entries = await listed(bench.disk, bench.root);
  return entries.map(({ name }) => String(name)).toSorted();
}

function refusal(kind: string): unknown {
  return expect.objectContaining({ name: "DiskError", kind });
}

describe.each([
  ["the machine's disk", realBench],
  ["the simulated disk", simulatedBench],
])("%s", (_, makeBench) => {
  test("lists each name once, with its kind, without . and ..", async () => {
    const bench = makeBench();
    await bench.write("file", "");
    await bench.mkdir("folder");
    await bench.symlink("file", "link");

    const entries = await listed(bench.disk, bench.root);

    expect(Object.fromEntries(entries.map(({ name, kind }) => [name, kind]))).toEqual({
      file: "file",
      folder: "folder",
      link: "symbolic-link",
    });
  });

  test("lists a large folder in chunks of at most a few hundred", async () => {
    const bench = makeBench();
    const wanted = Array.from({ length: 600 }, (__, index) => `${index}`);
    for (const name of wanted) await bench.write(name, "");

    const chunks = await Array.fromAsync(bench.disk.list(bench.root));

    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(500);
    expect(await names(bench)).toEqual(wanted.toSorted());
  });

  test("gives names exactly as they were given, in text and bytes (D12)", async () => {
    const bench = makeBench();
    const wanted = [
      "ガ",
      "カ\u3099",
      "\u{1F600}",
      " ",
      "a\nb",
      "\uFEFFbom",
      "-",
      "A",
      "a",
    ].toSorted();
    for (const name of wanted) await bench.write(name, "");

    expect(await names(bench)).toEqual(wanted);
    for (const { name, nameBytes } of await listed(bench.disk, bench.root)) {
      expect(Buffer.from(nameBytes)).toEqual(Buffer.from(name ?? ""));
    }
  });

  test("gives a name that is not valid Unicode as its bytes alone (D12)", async () => {
    const bench = makeBench();
    const nameBytes = Buffer.from([0x66, 0xff, 0xfe]);
    await bench.writeUndecodable(nameBytes);

    const [entry] = await listed(bench.disk, bench.root);

    expect(entry?.name).toBeUndefined();
    expect(Buffer.from(entry?.nameBytes ?? [])).toEqual(nameBytes);
  });

  test("knows a file's size, its identity over a rename, and that another is another", async () => {
    const bench = makeBench();
    await bench.write("a", "12345");
    await bench.write("b", "1");
    const before = await bench.disk.stat(join(bench.root, "a"));

    await bench.rename("a", "c");
    const after = await bench.disk.stat(join(bench.root, "c"));

    expect(before).toMatchObject({ kind: "file", sizeBytes: 5 });
    expect(after.fileId).toBe(before.fileId);
    expect((await bench.disk.stat(join(bench.root, "b"))).fileId).not.toBe(before.fileId);
  });

  test("does not follow a link, to look at it or to read it (D16)", async () => {
    const bench = makeBench();
    await bench.write("file", "secret");
    await bench.symlink("file", "link");

    expect(await bench.disk.stat(join(bench.root, "link"))).toMatchObject({
      kind: "symbolic-link",
    });
    await expect(bench.disk.open(join(bench.root, "link"))).rejects.toEqual(refusal("not-found"));
  });

  test("reads from any offset, and nothing at the end", async () => {
    const bench = makeBench();
    await bench.write("a", "0123456789");
    const file = await bench.disk.open(join(bench.root, "a"));
    const buffer = Buffer.alloc(4);

    expect(await file.read(buffer, 3)).toBe(4);
    expect(buffer.toString()).toBe("3456");
    expect(await file.read(buffer, 8)).toBe(2);
    expect(await file.read(buffer, 10)).toBe(0);

    await file.close();
    await file.close();
  });

  test.each(["renamed", "deleted"])("goes on reading a file that is %s meanwhile", async (what) => {
    const bench = makeBench();
    await bench.write("a", "0123456789");
    const file = await bench.disk.open(join(bench.root, "a"));
    const { fileId } = await file.stat();

    await (what === "renamed" ? bench.rename("a", "b") : bench.remove("a"));

    expect(await file.read(Buffer.alloc(10), 0)).toBe(10);
    expect((await file.stat()).fileId).toBe(fileId);
    await expect(bench.disk.stat(join(bench.root, "a"))).rejects.toEqual(refusal("not-found"));
    await file.close();
  });

  test("shows a write to an open file in its state", async () => {
    const bench = makeBench();
    await bench.write("a", "0123456789");
    const file = await bench.disk.open(join(bench.root, "a"));

    await bench.write("a", "01234");

    expect(await file.stat()).toMatchObject({ sizeBytes: 5 });
    await file.close();
  });

  test("refuses what is not there, and what is below a file, by kind", async () => {
    const bench = makeBench();
    await bench.write("a", "");
    const { disk, root } = bench;

    await expect(disk.stat(join(root, "x"))).rejects.toEqual(refusal("not-found"));
    await expect(disk.open(join(root, "x"))).rejects.toEqual(refusal("not-found"));
    await expect(listed(disk, join(root, "x"))).rejects.toEqual(refusal("not-found"));
    await expect(listed(disk, join(root, "a"))).rejects.toEqual(refusal("not-a-folder"));
  });

  test("hides nothing on a host without such an attribute (F18)", async () => {
    const bench = makeBench();
    await bench.write(".hidden", "");

    expect(await bench.disk.hiddenNames(bench.root)).toEqual(new Set());
  });

  test("builds paths and takes them apart", () => {
    const { disk } = makeBench();

    expect(disk.join("/a", "b")).toBe("/a/b");
    expect(disk.join("/", "b")).toBe("/b");
    expect(disk.baseName("/a/b")).toBe("b");
    expect(disk.baseName("/")).toBe("");
    expect(disk.absolute("/a/../b/./c")).toBe("/b/c");
  });
});
