import { constants, mkdtempSync, rmSync } from "node:fs";
import nodeFs from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Activity } from "../../src/sim-server/kernel/activity.ts";
import { globalTimers } from "../../src/sim-server/kernel/timers.ts";
import type { DiskFs } from "../../src/sim-server/disk/disk-fs.ts";
import { SimDisk } from "../../src/sim-server/disk/sim-disk.ts";

/*
 * The same checks run on the simulated disk and on the machine's own, and must give the same answers.
 * A check returns what a program can see; time stamps and numbers that no two disks share stay out.
 *
 * Declared differences, on purpose:
 * - nlink of folders, blocks, uid, gid and the permission bits: the simulated disk keeps none (the
 *   service stores no such thing, and the agent must not depend on it).
 * - Access times: real disks mount relatime or noatime, so nobody may depend on them.
 * - Order of entries: memory gives the order of creation, ext4 that of a hash. Checks sort.
 * - chmod is not offered: what may not be read is set by `SimDisk.setAccess`, since a test that runs
 *   as root could not be denied anything on a real disk.
 */

const { O_DIRECTORY, O_NOFOLLOW } = constants;

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

function simulated(): { fs: DiskFs; root: string } {
  const disk = new SimDisk({ timers: globalTimers, activity: new Activity(), nowMs: () => 1e12 });
  disk.mkdir("/work/place");
  return { fs: disk.createFs().promises, root: "/work/place" };
}

function real(): { fs: DiskFs; root: string } {
  const root = mkdtempSync(path.join(tmpdir(), "disk-conformance-"));
  roots.push(root);
  return { fs: nodeFs as unknown as DiskFs, root };
}

type Check = (fs: DiskFs, at: (...names: string[]) => string) => Promise<unknown>;

/** What the promise comes to, an error by what a program sees of it. */
async function outcome(work: Promise<unknown>): Promise<unknown> {
  try {
    const value = await work;
    return Buffer.isBuffer(value) ? value.toString("hex") : (value ?? "done");
  } catch (error) {
    const {
      code,
      errno,
      syscall,
      path: at,
      dest,
    } = error as NodeJS.ErrnoException & { dest?: string };
    return [code, errno, syscall, at && path.basename(at), dest && path.basename(dest)];
  }
}

async function stats(fs: DiskFs, at: string): Promise<unknown> {
  const found = await fs.lstat(at, { bigint: true });
  return [
    found.isFile() ? found.size : undefined,
    found.mtimeNs > 0n,
    found.ctimeNs > 0n,
    typeof found.ino,
    [found.isFile(), found.isDirectory(), found.isSymbolicLink(), found.isFIFO(), found.isSocket()],
    Number(found.mode & 0o170000n),
  ];
}

const CHECKS: Readonly<Record<string, Check>> = {
  "lstat of file, folder, link, nothing": async (fs, at) => {
    await fs.writeFile(at("f"), "hello");
    await fs.mkdir(at("d"));
    await fs.symlink("f", at("l"));
    return [
      await stats(fs, at("f")),
      await stats(fs, at("d")),
      await stats(fs, at("l")),
      await outcome(fs.lstat(at("nothing"))),
      await outcome(fs.lstat(at("f", "below"))),
      await outcome(fs.lstat(at("nothing", "below"))),
    ];
  },
  "opendir gives every entry once, names as bytes": async (fs, at) => {
    for (let index = 0; index < 70; index += 1) await fs.writeFile(at(`file-${index}`), "");
    await fs.mkdir(at("ガ".normalize("NFC")));
    await fs.mkdir(at("ガ".normalize("NFD")));
    const seen: string[] = [];
    const folder = await fs.opendir(at(), { encoding: "buffer", bufferSize: 8 });
    for await (const entry of folder) {
      seen.push(`${entry.name.toString("hex")} ${entry.isFile()} ${entry.isDirectory()}`);
    }
    return [seen.toSorted(), await outcome(folder.close())];
  },
  "undecodable names survive, and are mangled as text": async (fs, at) => {
    const bytes = Buffer.concat([Buffer.from(`${at()}/`), Buffer.from([0x61, 0xff, 0xe3, 0x81])]);
    await fs.writeFile(bytes, "x");
    return [
      (await fs.readdir(at(), { encoding: "buffer" })).map((name) => name.toString("hex")),
      await fs.readdir(at()),
      await outcome(fs.readFile(bytes)),
    ];
  },
  "opendir and readdir of what is no folder": async (fs, at) => {
    await fs.writeFile(at("f"), "");
    return [
      await outcome(fs.opendir(at("f"))),
      await outcome(fs.opendir(at("nothing"))),
      await outcome(fs.readdir(at("f"))),
      await outcome(fs.readdir(at("nothing"))),
    ];
  },
  "reading by position, past the end, into part of a buffer": async (fs, at) => {
    await fs.writeFile(at("f"), "0123456789");
    const file = await fs.open(at("f"), "r");
    const buffer = Buffer.alloc(8, ".");
    const counts = [
      (await file.read(buffer, 2, 4, 3)).bytesRead,
      (await file.read(Buffer.alloc(8), 0, 8, 6)).bytesRead,
      (await file.read(Buffer.alloc(8), 0, 8, 10)).bytesRead,
      (await file.read(Buffer.alloc(8), 0, 8, 99)).bytesRead,
    ];
    const { size } = await file.stat({ bigint: true });
    await file.close();
    return [buffer.toString(), counts, size];
  },
  "reading on from where the last read ended": async (fs, at) => {
    await fs.writeFile(at("f"), "0123456789");
    const file = await fs.open(at("f"), "r");
    const one = Buffer.alloc(4);
    const two = Buffer.alloc(4);
    await file.read(one, 0, 4, null);
    await file.read(two, 0, 4, null);
    await file.close();
    return [one.toString(), two.toString()];
  },
  "open: missing, folder, wrong mode, exclusive": async (fs, at) => {
    await fs.writeFile(at("f"), "x");
    await fs.mkdir(at("d"));
    const readOnly = await fs.open(at("f"), "r");
    const writeOnly = await fs.open(at("f"), "r+");
    const folder = await fs.open(at("d"), "r");
    const answers = [
      await outcome(fs.open(at("nothing"), "r")),
      await outcome(fs.open(at("nothing", "f"), "w")),
      await outcome(fs.open(at("f", "below"), "w")),
      await outcome(fs.open(at("d"), "w")),
      await outcome(fs.open(at("f"), "wx")),
      await outcome(fs.open(at("f"), O_DIRECTORY)),
      await outcome(readOnly.write(Buffer.from("y")).then((result) => result.bytesWritten)),
      await outcome(folder.read(Buffer.alloc(1)).then((result) => result.bytesRead)),
      await outcome(folder.sync()),
    ];
    await Promise.all([readOnly.close(), writeOnly.close(), folder.close()]);
    return answers;
  },
  "an open file lives on after rename and deletion": async (fs, at) => {
    await fs.writeFile(at("f"), "content");
    const before = await fs.lstat(at("f"), { bigint: true });
    const file = await fs.open(at("f"), "r");
    await fs.rename(at("f"), at("g"));
    const renamed = await fs.lstat(at("g"), { bigint: true });
    await fs.unlink(at("g"));
    await fs.writeFile(at("g"), "another");
    const buffer = Buffer.alloc(7);
    const { bytesRead } = await file.read(buffer, 0, 7, 0);
    const other = await fs.lstat(at("g"), { bigint: true });
    const own = await file.stat({ bigint: true });
    await file.close();
    return [
      buffer.toString("utf8", 0, bytesRead),
      before.ino === renamed.ino,
      before.ino === own.ino,
      own.ino !== other.ino,
      before.mtimeNs === renamed.mtimeNs,
    ];
  },
  "writing: at a position, beyond the end, appending, truncating": async (fs, at) => {
    const file = await fs.open(at("f"), "w+");
    await file.write(Buffer.from("abc"), 0, 3, 5);
    await file.write(Buffer.from("12"));
    await file.write(Buffer.from("34"));
    await file.sync();
    await file.datasync();
    await file.close();
    const holes = await outcome(fs.readFile(at("f")));
    await fs.writeFile(at("f"), "+", { flag: "a" });
    const appended = await outcome(fs.readFile(at("f")));
    const again = await fs.open(at("f"), "r+");
    await again.truncate(2);
    await again.close();
    return [holes, appended, await outcome(fs.readFile(at("f")))];
  },
  "mkdir: there already, below nothing, below a file, with parents": async (fs, at) => {
    await fs.writeFile(at("f"), "");
    await fs.mkdir(at("d"));
    return [
      await outcome(fs.mkdir(at("d"))),
      await outcome(fs.mkdir(at("f"))),
      await outcome(fs.mkdir(at("nothing", "d"))),
      await outcome(fs.mkdir(at("f", "d"))),
      await outcome(
        fs.mkdir(at("a", "b", "c"), { recursive: true }).then((made) => made === at("a")),
      ),
      await outcome(fs.mkdir(at("a", "b"), { recursive: true })),
      await outcome(fs.mkdir(at("f"), { recursive: true })),
    ];
  },
  "rename onto file, folder, full folder, itself, into itself": async (fs, at) => {
    await fs.writeFile(at("f"), "f");
    await fs.writeFile(at("g"), "g");
    await fs.mkdir(at("empty"));
    await fs.mkdir(at("empty2"));
    await fs.mkdir(at("full"));
    await fs.writeFile(at("full", "x"), "");
    return [
      await outcome(fs.rename(at("f"), at("empty"))),
      await outcome(fs.rename(at("empty"), at("f"))),
      await outcome(fs.rename(at("empty"), at("full"))),
      await outcome(fs.rename(at("full"), at("full", "inside"))),
      await outcome(fs.rename(at("f"), at("f"))),
      await outcome(fs.rename(at("nothing"), at("f"))),
      await outcome(fs.rename(at("f"), at("nothing", "f"))),
      await outcome(fs.rename(at("f"), at("g"))),
      await outcome(fs.rename(at("full"), at("empty2"))),
      await outcome(fs.readFile(at("g"))),
      (await fs.readdir(at())).toSorted(),
      (await fs.readdir(at("empty2"))).toSorted(),
    ];
  },
  "unlink and rmdir": async (fs, at) => {
    await fs.writeFile(at("f"), "");
    await fs.mkdir(at("d"));
    await fs.mkdir(at("full"));
    await fs.writeFile(at("full", "x"), "");
    return [
      await outcome(fs.unlink(at("d"))),
      await outcome(fs.rmdir(at("f"))),
      await outcome(fs.rmdir(at("full"))),
      await outcome(fs.unlink(at("nothing"))),
      await outcome(fs.rmdir(at("nothing"))),
      await outcome(fs.unlink(at("f"))),
      await outcome(fs.rmdir(at("d"))),
      await fs.readdir(at()),
    ];
  },
  "names of 255 and 256 bytes, a path that is too long": async (fs, at) => {
    const kana = "あ".repeat(85);
    const long = at(...Array.from({ length: 40 }, () => "n".repeat(120)));
    return [
      await outcome(fs.writeFile(at(kana), "x")),
      await outcome(fs.lstat(at(`${kana}x`)).then(() => "there")),
      await outcome(fs.writeFile(at("x".repeat(256)), "x")),
      ((await outcome(fs.lstat(long))) as unknown[])[0],
    ];
  },
  "names that differ in case or normalisation are different": async (fs, at) => {
    await fs.writeFile(at("a"), "lower");
    await fs.writeFile(at("A"), "upper");
    await fs.writeFile(at("が".normalize("NFC")), "composed");
    await fs.writeFile(at("が".normalize("NFD")), "decomposed");
    return [(await fs.readdir(at())).toSorted(), await outcome(fs.readFile(at("a")))];
  },
  "symbolic links: followed in the middle, by open and stat, not by lstat; loops": async (
    fs,
    at,
  ) => {
    await fs.mkdir(at("d"));
    await fs.writeFile(at("d", "f"), "through");
    await fs.symlink("d", at("to-d"));
    await fs.symlink("loop", at("loop"));
    await fs.symlink("nowhere", at("broken"));
    return [
      await outcome(fs.readFile(at("to-d", "f"))),
      await outcome(fs.stat(at("to-d")).then((found) => found.isDirectory())),
      await outcome(fs.readlink(at("to-d"))),
      await outcome(fs.readlink(at("d"))),
      await outcome(fs.open(at("loop"), "r")),
      await outcome(fs.open(at("to-d"), O_NOFOLLOW)),
      await outcome(fs.open(at("to-d"), O_DIRECTORY | O_NOFOLLOW)),
      await outcome(fs.stat(at("broken"))),
      await outcome(fs.realpath(at("to-d", "f")).then((found) => path.basename(found))),
      await fs.readdir(at("to-d")),
      await outcome(fs.unlink(at("to-d"))),
      await outcome(fs.readFile(at("d", "f"))),
    ];
  },
  "times of modification can be set, far back and ahead": async (fs, at) => {
    await fs.writeFile(at("f"), "");
    const times: unknown[] = [];
    for (const seconds of [0, 1.5, 1_700_000_000.123456, 4_102_444_800]) {
      await fs.utimes(at("f"), seconds, seconds);
      times.push((await fs.lstat(at("f"), { bigint: true })).mtimeNs);
      await fs.lutimes(at("f"), seconds + 1, seconds + 1);
      times.push((await fs.lstat(at("f"), { bigint: true })).mtimeNs);
    }
    // A negative number would mean "now" to Node; a Date or text does not.
    for (const time of [new Date(-1250), "-1.25", "-86400"]) {
      await fs.utimes(at("f"), time, time);
      times.push((await fs.lstat(at("f"), { bigint: true })).mtimeNs);
    }
    await fs.utimes(at("f"), -1, -1);
    times.push((await fs.lstat(at("f"), { bigint: true })).mtimeNs > 1_000_000_000_000n);
    return times;
  },
  "what moves the time of modification of a folder": async (fs, at) => {
    await fs.mkdir(at("d"));
    const seen: unknown[] = [];
    const changed = async (run: () => Promise<unknown>): Promise<void> => {
      await fs.utimes(at("d"), 1000, 1000);
      await run();
      seen.push((await fs.lstat(at("d"), { bigint: true })).mtimeNs !== 1_000_000_000_000n);
    };
    await changed(() => Promise.resolve());
    await changed(() => fs.writeFile(at("d", "f"), "1"));
    await changed(() => fs.writeFile(at("d", "f"), "22"));
    await changed(() => fs.rename(at("d", "f"), at("d", "g")));
    await changed(() => fs.unlink(at("d", "g")));
    return seen;
  },
  "a path with doubled slashes, dots and parents": async (fs, at) => {
    await fs.mkdir(at("d"));
    await fs.writeFile(at("d", "f"), "found");
    return [
      await outcome(fs.readFile(`${at()}//d/./f`)),
      await outcome(fs.readFile(`${at()}/d/../d/f`)),
    ];
  },
};

describe("the simulated disk answers as the machine's own", () => {
  test.each(Object.entries(CHECKS))("%s", async (_title, check) => {
    const answers = [];
    for (const { fs, root } of [simulated(), real()]) {
      answers.push(await check(fs, (...names) => [root, ...names].join("/")));
    }
    expect(answers[0]).toEqual(answers[1]);
  });
});
