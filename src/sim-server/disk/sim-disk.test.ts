import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { Activity } from "../kernel/activity.ts";
import { Driver } from "../kernel/driver.ts";
import { VirtualClock } from "../kernel/virtual-clock.ts";
import type { DiskFs } from "./disk-fs.ts";
import { bytesOfName, nameOfBytes } from "./name-bytes.ts";
import { SimDisk, type SimDiskOptions } from "./sim-disk.ts";

const START_MS = Date.UTC(2026, 0, 1);

let clock: VirtualClock | undefined;
afterEach(() => clock?.uninstall());

function disk(options: Partial<SimDiskOptions> = {}): {
  disk: SimDisk;
  fs: DiskFs;
  driver: Driver;
} {
  const time = (clock = VirtualClock.install(START_MS));
  const activity = new Activity();
  const made = new SimDisk({ timers: time, activity, nowMs: () => time.nowMs(), ...options });
  return { disk: made, fs: made.createFs().promises, driver: new Driver(time, activity) };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "ok";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

async function readAll(fs: DiskFs, path: string): Promise<string> {
  return (await fs.readFile(path)).toString();
}

describe("faults of the disk", () => {
  test("strike the nth call of an operation on exactly that path, and count", async () => {
    const { disk: made, fs } = disk({
      faults: [
        { operation: "stat", path: "/a", nth: 2, times: 2, kind: "io-error" },
        { operation: "open", path: "/a", times: "forever", kind: "busy" },
      ],
    });
    made.write("/a", "1");
    made.write("/b", "2");
    const codes = [];
    for (let count = 0; count < 4; count += 1) codes.push(await codeOf(fs.lstat("/a")));
    expect(codes).toEqual(["ok", "EIO", "EIO", "ok"]);
    expect(await codeOf(fs.open("/a"))).toBe("EBUSY");
    expect(await readAll(fs, "/b")).toBe("2");
    expect(made.faults.list().map(({ hitCount }) => hitCount)).toEqual([2, 1]);
    made.clearFaults();
    expect(await readAll(fs, "/a")).toBe("1");
  });

  test.each([
    ["access-denied", "EACCES"],
    ["io-error", "EIO"],
    ["not-found", "ENOENT"],
    ["busy", "EBUSY"],
    ["name-too-long", "ENAMETOOLONG"],
    ["no-space", "ENOSPC"],
  ] as const)("%s arrives as %s with call and path", async (kind, code) => {
    const { disk: made, fs } = disk({ faults: [{ operation: "list", path: "/f", kind }] });
    made.mkdir("/f");
    await expect(fs.opendir("/f")).rejects.toMatchObject({ code, syscall: "opendir", path: "/f" });
  });

  test("a delay takes its virtual time", async () => {
    const {
      disk: made,
      fs,
      driver,
    } = disk({
      faults: [{ operation: "read", path: "/a", kind: "delay", delayMs: 5000 }],
    });
    made.write("/a", "slow");
    const verdict = await driver.run(() => readAll(fs, "/a"), { virtualLimitMs: 60_000 });
    expect(verdict).toMatchObject({ kind: "done", value: "slow", cost: { elapsedMs: 5000 } });
  });
});

describe("another application at work while a file is read", () => {
  async function readInTwo(fs: DiskFs): Promise<unknown> {
    const file = await fs.open("/dir/f");
    const before = await file.stat();
    const buffer = Buffer.alloc(4);
    const first = await file.read(buffer, 0, 4, 0);
    const text = buffer.toString("utf8", 0, first.bytesRead);
    const second = await file
      .read(buffer, 0, 4, 4)
      .catch((error: NodeJS.ErrnoException) => error.code);
    const rest = typeof second === "object" ? buffer.toString("utf8", 0, second.bytesRead) : second;
    const after = await file.stat();
    const named = await codeOf(fs.lstat("/dir/f"));
    return [
      text + rest,
      after.size === before.size,
      after.mtimeNs === before.mtimeNs,
      after.ctimeNs === before.ctimeNs,
      named,
    ];
  }

  const place = { at: "read", path: "/dir/f", nth: 2 } as const;
  test.each([
    ["append", { ...place, mutate: "append" }, ["abcdefgh", false, false, false, "ok"]],
    ["truncate", { ...place, mutate: "truncate" }, ["abcd", false, false, false, "ok"]],
    [
      "rename",
      { ...place, mutate: "rename", to: "/dir/g" },
      ["abcdefgh", true, true, false, "ENOENT"],
    ],
    [
      "move",
      { ...place, mutate: "move", to: "/other/f" },
      ["abcdefgh", true, true, false, "ENOENT"],
    ],
    ["delete", { ...place, mutate: "delete" }, ["abcdefgh", true, true, true, "ENOENT"]],
    ["lock", { ...place, mutate: "lock" }, ["abcdEBUSY", true, true, true, "ok"]],
  ] as const)("%s shows as it does on a real disk, once", async (_title, mutation, expected) => {
    const { disk: made, fs } = disk({ mutations: [mutation] });
    made.mkdir("/other");
    made.write("/dir/f", "abcdefgh");
    expect(await readInTwo(fs)).toEqual(expected);
    expect(made.mutations.list()[0]?.hitCount).toBe(1);
  });

  test("overwriting in place changes the bytes and the times, or only the time of change", async () => {
    for (const keepModifiedAt of [false, true]) {
      const { disk: made, fs } = disk({
        mutations: [{ ...place, mutate: "overwrite-same-size", keepModifiedAt }],
      });
      made.write("/dir/f", "abcdefgh");
      const [text, ...same] = (await readInTwo(fs)) as [string, ...unknown[]];
      expect(text).not.toBe("abcdefgh");
      expect(same).toEqual([true, keepModifiedAt, false, "ok"]);
      made.clearFaults();
    }
  });

  test("strikes every read with times forever", async () => {
    const { disk: made, fs } = disk({
      mutations: [{ at: "read", path: "/f", times: "forever", mutate: "append", content: "+" }],
    });
    made.write("/f", "");
    const file = await fs.open("/f");
    for (let count = 0; count < 5; count += 1) await file.read(Buffer.alloc(1), 0, 1, 0);
    expect(made.read("/f").length).toBe(made.mutations.list()[0]?.hitCount);
  });
});

describe("people and other applications", () => {
  test("what may not be read or entered is refused, without moving the time of modification", async () => {
    const { disk: made, fs } = disk();
    made.write("/d/f", "secret", { modifiedAtNs: 123_456_789n });
    made.setAccess("/d/f", "none");
    expect((await fs.lstat("/d/f")).mtimeNs).toBe(123_456_789n);
    expect(await codeOf(fs.open("/d/f"))).toBe("EACCES");
    made.setAccess("/d/f", "read");
    expect(await readAll(fs, "/d/f")).toBe("secret");
    expect(await codeOf(fs.open("/d/f", "r+"))).toBe("EACCES");
    made.setAccess("/d", "none");
    expect(await codeOf(fs.opendir("/d"))).toBe("EACCES");
    expect(await codeOf(fs.lstat("/d/f"))).toBe("EACCES");
    made.setAccess("/d", "read");
    expect(await codeOf(fs.writeFile("/d/new", ""))).toBe("EACCES");
    expect(await codeOf(fs.unlink("/d/f"))).toBe("EACCES");
  });

  test("a locked file is busy until it is unlocked", async () => {
    const { disk: made, fs } = disk();
    made.write("/f", "held");
    made.lock("/f");
    expect(await codeOf(fs.open("/f"))).toBe("EBUSY");
    expect(await codeOf(fs.lstat("/f"))).toBe("ok");
    made.unlock("/f");
    expect(await readAll(fs, "/f")).toBe("held");
  });

  test("links, FIFOs, sockets and devices are listed as what they are; a FIFO never opens", async () => {
    const { disk: made, fs, driver } = disk();
    made.makeSpecial("/d/fifo", "fifo");
    made.makeSpecial("/d/socket", "socket");
    made.makeSpecial("/d/block", "block-device");
    made.makeSpecial("/d/link", "symbolic-link", "fifo");
    const kinds = [];
    for await (const entry of await fs.opendir("/d", { encoding: "buffer" })) {
      const kind = [
        entry.isFIFO(),
        entry.isSocket(),
        entry.isBlockDevice(),
        entry.isSymbolicLink(),
      ];
      kinds.push([entry.name.toString(), kind.indexOf(true), entry.isFile()]);
    }
    expect(kinds).toEqual([
      ["fifo", 0, false],
      ["socket", 1, false],
      ["block", 2, false],
      ["link", 3, false],
    ]);
    expect(await codeOf(fs.open("/d/socket"))).toBe("ENXIO");
    const verdict = await driver.run(() => fs.open("/d/fifo"), { virtualLimitMs: 1000 });
    expect(verdict.kind).toBe("deadlock");
  });

  test("hidden names, per folder", () => {
    const { disk: made } = disk();
    made.write("/d/seen", "");
    made.write("/d/unseen", "");
    made.setHidden("/d/unseen");
    expect([...made.hiddenNames("/d")]).toEqual(["unseen"]);
    made.setHidden("/d/unseen", false);
    expect(made.hiddenNames("/d").size).toBe(0);
  });

  test("a disk that is plugged in elsewhere has another device and the same content", async () => {
    const { disk: made, fs } = disk();
    made.write("/usb/f", "1");
    const before = await fs.lstat("/usb/f");
    made.setDevice("/usb", 9);
    const after = await fs.lstat("/usb/f");
    expect([after.dev, after.mtimeNs, after.ctimeNs]).toEqual([9n, before.mtimeNs, before.ctimeNs]);
    made.mount("/usb", 10);
    expect(await fs.readdir("/usb")).toEqual([]);
    made.unmount("/usb");
    expect((await fs.lstat("/usb/f")).dev).toBe(9n);
  });

  test("a mounted disk has its own device and covers what was there", async () => {
    const { disk: made, fs } = disk();
    made.write("/mnt/below", "1");
    const own = (await fs.lstat("/mnt")).dev;
    made.mount("/mnt", 7);
    made.write("/mnt/usb/f", "2");
    expect([(await fs.lstat("/mnt/usb/f")).dev, await fs.readdir("/mnt")]).toEqual([7n, ["usb"]]);
    expect(await codeOf(fs.rename("/mnt/usb/f", "/f"))).toBe("EXDEV");
    made.unmount("/mnt");
    expect([(await fs.lstat("/mnt")).dev, await fs.readdir("/mnt")]).toEqual([own, ["below"]]);
  });

  test("a rename in letter case or normalisation alone is one, where the disk is blind to it", async () => {
    const [nfc, nfd] = ["が", "が".normalize("NFD")] as const;
    const names = async (options: Partial<SimDiskOptions>): Promise<readonly string[]> => {
      const { disk: made, fs } = disk(options);
      made.write("/a", "1");
      made.write(`/${nfc}`, "2");
      made.rename("/a", "/A");
      made.rename(`/${nfc}`, `/${nfd}`);
      made.write("/a", "3");
      made.write(`/${nfc}`, "4");
      return (await fs.readdir("/")).toSorted();
    };
    const ntfs = { caseSensitive: false };
    const apfs = { caseSensitive: false, formSensitive: false };

    expect(await names({})).toEqual(["A", "a", nfd, nfc].toSorted());
    expect(await names(ntfs)).toEqual(["A", nfd, nfc].toSorted());
    expect(await names(apfs)).toEqual(["A", nfd]);
  });

  test("a file keeps its id over a rename and new content, except on FAT; nobody else gets it", async () => {
    const ids = async (stableIds: boolean): Promise<readonly bigint[]> => {
      const { disk: made, fs } = disk({ stableIds });
      const idOf = async (path: string): Promise<bigint> => (await fs.lstat(path)).ino;
      made.write("/a", "1");
      const first = await idOf("/a");
      made.rename("/a", "/b");
      made.write("/b", "2");
      made.write("/a", "1");
      return [first, await idOf("/b"), await idOf("/a")];
    };
    const [first, renamed, other] = await ids(true);
    expect(renamed).toBe(first);
    expect(other).not.toBe(first);
    expect(new Set(await ids(false)).size).toBe(3);
  });

  test("a snapshot shows everything by path and never changes", () => {
    const { disk: made } = disk();
    made.write("/b/f", "old", { modifiedAtNs: 5n });
    made.mkdir("/a");
    const snapshot = made.snapshot();
    made.write("/b/f", "new");
    expect([...snapshot].map(([path, { kind, bytes }]) => [path, kind, bytes.toString()])).toEqual([
      ["/", "folder", ""],
      ["/a", "folder", ""],
      ["/b", "folder", ""],
      ["/b/f", "file", "old"],
    ]);
    expect(snapshot.get("/b/f")?.modifiedAtNs).toBe(5n);
  });

  test("a full disk takes what fits and then nothing", async () => {
    const { disk: made, fs } = disk({ capacityBytes: 10 });
    made.write("/a", "123456");
    const file = await fs.open("/b", "wx");
    expect((await file.write(Buffer.from("abcdefgh"))).bytesWritten).toBe(4);
    expect(await codeOf(file.write(Buffer.from("e")))).toBe("ENOSPC");
    expect(() => made.write("/c", "x")).toThrow(/ENOSPC/);
    made.setCapacity(11);
    expect(await codeOf(file.write(Buffer.from("e")))).toBe("ok");
    expect(made.usedBytes).toBe(11);
  });

  test("room that is given is all there is, whatever was deleted before and not yet written back", async () => {
    const { disk: made, fs } = disk();
    await fs.writeFile("/gone", "12345678");
    await fs.unlink("/gone");
    made.setFree(4);
    const file = await fs.open("/b", "wx");
    await file.sync();

    expect((await file.write(Buffer.from("abcdefgh"))).bytesWritten).toBe(4);
  });
});

describe("names", () => {
  test("bytes come back exactly", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
        expect([...bytesOfName(nameOfBytes(bytes))]).toEqual([...bytes]);
      }),
    );
  });

  test("NFC and NFD are two files on every disk; case variants are one where case is ignored", async () => {
    const { disk: made, fs } = disk({ caseSensitive: false });
    made.write("/d/Straße.TXT", "1");
    made.write("/d/が".normalize("NFC"), "composed");
    made.write("/d/が".normalize("NFD"), "decomposed");
    made.write("/D/STRAßE.txt", "2");
    expect((await fs.readdir("/d")).length).toBe(3);
    expect(await fs.readdir("/D")).toContain("Straße.TXT");
    expect(await readAll(fs, "/d/straße.txt")).toBe("2");
    await fs.rename("/d/straße.txt", "/d/straße.txt");
    expect(await fs.readdir("/d")).toContain("straße.txt");
  });

  test("Windows paths: drives, shares, both slashes, letters of either case, refused names", async () => {
    const { disk: made, fs } = disk({ paths: "windows" });
    made.write("C:\\Users\\山田\\報告.docx", "1");
    made.write("\\\\server\\share\\f", "2");
    expect(await readAll(fs, "c:/users/山田/報告.DOCX")).toBe("1");
    expect(await readAll(fs, "\\\\SERVER\\share\\f")).toBe("2");
    expect([...made.snapshot("C:\\").keys()]).toEqual([
      "C:\\",
      "C:\\Users",
      "C:\\Users\\山田",
      "C:\\Users\\山田\\報告.docx",
    ]);
    expect(await codeOf(fs.writeFile("C:\\Users\\a?b", ""))).toBe("ENOENT");
    made.setAccess("C:\\Users\\山田\\報告.docx", "none");
    expect(await codeOf(fs.open("C:\\Users\\山田\\報告.docx"))).toBe("EPERM");
  });
});

describe("what outlives the agent", () => {
  test("a killed process hears nothing more; what it wrote stays", async () => {
    const { disk: made } = disk();
    const process1 = made.createFs();
    const file = await process1.promises.open("/f", "w");
    await file.write(Buffer.from("written"));
    const waiting = file.read(Buffer.alloc(1)).then(
      () => "answered",
      () => "answered",
    );
    process1.kill();
    const silence = new Promise((resolve) => setImmediate(() => resolve("silence")));
    expect(await Promise.race([waiting, silence])).toBe("silence");
    expect([process1.openCount, await readAll(made.createFs().promises, "/f")]).toEqual([
      0,
      "written",
    ]);
  });

  test("a power loss takes back what was not synced, and nothing else", async () => {
    const { disk: made, fs } = disk();
    made.write("/d/old", "old");
    made.write("/d/replaced", "before");
    const synced = await fs.open("/d/synced", "w");
    await synced.write(Buffer.from("kept"));
    await synced.sync();
    await synced.write(Buffer.from(" lost"));
    await fs.writeFile("/d/unsynced", "lost");
    await fs.writeFile("/d/temp", "after");
    await fs.rename("/d/temp", "/d/replaced");
    await fs.unlink("/d/old");
    made.write("/d/by-others", "stays");
    made.losePower();
    const content = [...made.snapshot("/d")].map(([path, { bytes }]) => [path, bytes.toString()]);
    expect(content).toEqual([
      ["/d", ""],
      ["/d/by-others", "stays"],
      ["/d/old", "old"],
      ["/d/replaced", "before"],
      ["/d/synced", "kept"],
    ]);
  });

  test("a power loss brings nothing back over what others did meanwhile", async () => {
    const { disk: made, fs } = disk();
    made.write("/d/replaced", "before");
    await fs.writeFile("/d/temp", "after");
    await fs.rename("/d/temp", "/d/replaced");
    made.remove("/d/replaced");
    made.write("/d/replaced", "theirs");
    await fs.writeFile("/e", "");
    await fs.unlink("/e");
    made.remove("/d/replaced");
    made.mkdir("/e");
    made.losePower();
    expect(made.exists("/d/temp")).toBe(false);
    expect([...made.snapshot("/e").values()].map(({ kind }) => kind)).toEqual(["folder"]);
    const total = [...made.snapshot().values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(made.usedBytes).toBe(total);
  });

  test("write, sync, rename, sync the folder is durable", async () => {
    const { disk: made, fs } = disk();
    made.write("/d/f", "before");
    const temp = await fs.open("/d/f.tmp", "wx");
    await temp.writeFile("after");
    await temp.sync();
    await temp.close();
    await fs.rename("/d/f.tmp", "/d/f");
    const folder = await fs.open("/d", "r");
    await folder.sync();
    made.losePower();
    expect([made.read("/d/f").toString(), made.exists("/d/f.tmp")]).toEqual(["after", false]);
  });

  test("Windows opens a folder, and neither reads nor syncs it", async () => {
    const { disk: made, fs } = disk({ paths: "windows" });
    made.mkdir("C:\\d");
    const folder = await fs.open("C:\\d", "r");

    expect((await folder.stat()).isDirectory()).toBe(true);
    await expect(folder.read(Buffer.alloc(1))).rejects.toMatchObject({ code: "EISDIR" });
    await expect(folder.sync()).rejects.toMatchObject({ code: "EPERM" });
  });

  test("space adds up to what is there, whatever happened", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.constantFrom("write", "sync", "rename", "unlink"),
            fc.nat({ max: 3 }),
            fc.nat({ max: 3 }),
          ),
          { maxLength: 25 },
        ),
        async (steps) => {
          const { disk: made, fs } = disk();
          for (const [step, one, other] of steps) {
            if (step === "write") await fs.writeFile(`/${one}`, "x".repeat(other));
            if (step === "rename") await codeOf(fs.rename(`/${one}`, `/${other}`));
            if (step === "unlink") await codeOf(fs.unlink(`/${one}`));
            if (step === "sync")
              await codeOf(fs.open(`/${one}`).then((file) => file.sync().then(() => file.close())));
          }
          made.losePower();
          const total = [...made.snapshot().values()].reduce(
            (sum, { bytes }) => sum + bytes.length,
            0,
          );
          expect(made.usedBytes).toBe(total);
        },
      ),
    );
  });
});
