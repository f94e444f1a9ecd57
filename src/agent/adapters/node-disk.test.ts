import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, promises as nodeFs, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";
import type { DiskEntry, SourceDisk } from "../ports/source-disk.ts";
import { NodeDisk, type NodeDiskFs } from "./node-disk.ts";

const root = mkdtempSync(join(tmpdir(), "node-disk-"));

afterAll(() => rmSync(root, { recursive: true, force: true }));

function fsError(code: string): Error {
  return Object.assign(new Error(`${code}: refused`), { code });
}

/** The machine's fs, with some of its calls replaced: root is refused nothing by a real disk. */
function diskWith(calls: Partial<Record<keyof NodeDiskFs, () => Promise<unknown>>>): NodeDisk {
  const { lstat, opendir, open } = nodeFs;
  return new NodeDisk({ fs: { lstat, opendir, open, ...calls } as unknown as NodeDiskFs });
}

async function listed(disk: SourceDisk, folder: string): Promise<DiskEntry[]> {
  return (await Array.fromAsync(disk.list(folder))).flat();
}

const KINDS = [
  ["ENOENT", "not-found"],
  ["EACCES", "access-denied"],
  ["EPERM", "access-denied"],
  ["EBUSY", "locked"],
  ["ENOTDIR", "not-a-folder"],
  ["ENAMETOOLONG", "name-too-long"],
  ["ELOOP", "not-found"],
  ["EIO", "io"],
  ["ESTALE", "io"],
  ["EMFILE", "io"],
] as const;

describe.each(KINDS)("what the host refuses as %s", (code, kind) => {
  const refused = expect.objectContaining({ name: "DiskError", kind, path: "/a" });
  const refuse = (): Promise<never> => Promise.reject(fsError(code));

  test(`is ${kind}, whatever was asked`, async () => {
    const disk = diskWith({ lstat: refuse, opendir: refuse, open: refuse });

    await expect(disk.stat("/a")).rejects.toEqual(refused);
    await expect(disk.open("/a")).rejects.toEqual(refused);
    await expect(listed(disk, "/a")).rejects.toEqual(refused);
  });

  test(`is ${kind} for a file that was open already`, async () => {
    const handle = { stat: refuse, read: refuse, close: refuse };
    const file = await diskWith({ open: () => Promise.resolve(handle) }).open("/a");

    await expect(file.stat()).rejects.toEqual(refused);
    await expect(file.read(Buffer.alloc(1), 0)).rejects.toEqual(refused);
    await expect(file.close()).resolves.toBeUndefined();
  });

  test(`is ${kind} in the middle of a folder, which is let go of`, async () => {
    let isClosed = false;
    const folder = { read: refuse, readSync: () => null, closeSync: () => void (isClosed = true) };
    const lstat = (): Promise<unknown> => nodeFs.lstat(root, { bigint: true });
    const disk = diskWith({ lstat, opendir: () => Promise.resolve(folder) });

    await expect(listed(disk, "/a")).rejects.toEqual(refused);
    expect(isClosed).toBe(true);
  });

  test(`is ${kind} where hidden names were asked for`, async () => {
    const disk = new NodeDisk({ hiddenNames: refuse });

    await expect(disk.hiddenNames("/a")).rejects.toEqual(refused);
  });
});

test("a folder that nobody reads on is let go of", async () => {
  let isClosed = false;
  const disk = diskWith({
    opendir: async (...given: readonly unknown[]) => {
      const folder = await nodeFs.opendir(...(given as Parameters<typeof nodeFs.opendir>));
      const closeSync = folder.closeSync.bind(folder);
      folder.closeSync = () => {
        isClosed = true;
        closeSync();
      };
      return folder;
    },
  });
  await nodeFs.mkdir(join(root, "read-on"));
  await nodeFs.writeFile(join(root, "read-on", "a"), "");

  for await (const _ of disk.list(join(root, "read-on"))) break;

  expect(isClosed).toBe(true);
});

test("a folder that a link leads to is not listed by the link", async () => {
  await nodeFs.mkdir(join(root, "linked", "inner"), { recursive: true });
  await nodeFs.symlink(join(root, "linked"), join(root, "link"));

  const refused = { name: "DiskError", kind: "not-a-folder", path: join(root, "link") };
  await expect(listed(new NodeDisk(), join(root, "link"))).rejects.toMatchObject(refused);
});

test("a FIFO is told from a file, and opening one waits for nobody", async () => {
  const path = join(root, "fifo");
  execFileSync("sh", ["-c", `mkfifo '${path}'`]);
  const disk = new NodeDisk();

  expect(await disk.stat(path)).toMatchObject({ kind: "fifo" });
  const file = await disk.open(path);
  expect(await file.stat()).toMatchObject({ kind: "fifo" });
  await file.close();
});

test("a socket that took the place of a file is not found, and no fault of the disk", async () => {
  const path = join(root, "socket");
  const server = createServer().listen(path);
  await once(server, "listening");

  const gone = expect.objectContaining({ name: "DiskError", kind: "not-found", path });
  await expect(new NodeDisk().open(path)).rejects.toEqual(gone);
  server.close();
});

test("a device is told from a file", async () => {
  expect(await new NodeDisk().stat("/dev/null")).toMatchObject({ kind: "device" });
});

test("times are exact to the nanosecond, before 1970 and far ahead too", async () => {
  const path = join(root, "times");
  await nodeFs.writeFile(path, "");
  for (const [at, wanted] of [
    ["2026-11-21T03:00:00.123456789Z", 1_795_230_000_123_456_789n],
    ["1969-12-31T23:59:59Z", -1_000_000_000n],
    ["2100-01-01T00:00:00Z", 4_102_444_800_000_000_000n],
  ] as const) {
    execFileSync("touch", ["-d", at, path]);
    expect((await new NodeDisk().stat(path)).modifiedAtNs).toBe(wanted);
  }
});

test("paths of Windows are built and taken apart with its own separator", async () => {
  const { win32 } = await import("node:path");
  const disk = new NodeDisk({ path: win32 });

  expect(disk.join("C:\\", "a")).toBe("C:\\a");
  expect(disk.join("C:\\a", "b")).toBe("C:\\a\\b");
  expect(disk.baseName("C:\\a\\b")).toBe("b");
  expect(disk.baseName("D:\\")).toBe("D");
});
