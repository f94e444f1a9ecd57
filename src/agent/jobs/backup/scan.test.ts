import { describe, expect, test } from "vitest";
import { compareKeys } from "../../core/compare-keys.ts";
import { SqliteNameSpill } from "../../state/sqlite-name-spill.ts";
import { memoryDatabase } from "../../testing/fixtures.ts";
import { TestDisk, type Tree } from "../../testing/test-disk.ts";
import type { ScanOptions } from "./scan-options.ts";
import { AMPLE_MEMORY } from "../../testing/ample-memory.ts";
import { HeldMemory } from "../held-memory.ts";
import { scan } from "./scan.ts";
import type { ScanItem } from "./scan-item.ts";
import { DEFAULT_TUNING } from "../../tuning.ts";

const OPTIONS = {
  rootPath: "/source",
  includeHidden: true,
  holds: () => new HeldMemory(AMPLE_MEMORY),
  isStopped: () => false,
};

async function scanned(
  disk: TestDisk,
  given: Partial<Omit<ScanOptions, "disk">> = {},
): Promise<ScanItem[]> {
  const items: ScanItem[] = [];
  const spill = new SqliteNameSpill(memoryDatabase());
  const options = { ...OPTIONS, spill, tuning: DEFAULT_TUNING };
  for await (const some of scan({ disk: disk.source, ...options, ...given })) items.push(...some);
  return items;
}

/** The scan in one line an entry. */
function outlined(items: readonly ScanItem[]): string[] {
  return items.flatMap((item) => {
    if (item.kind === "seen-folder") return [];
    if (item.kind === "target") return `${item.entryKind} ${item.key}`;
    if (item.kind === "excluded") return `excluded ${item.path} (${item.why})`;
    return `failed ${item.path} (${item.failure.causes.join(" ")})`;
  });
}

async function outlineOf(tree: Tree, includeHidden = true): Promise<string[]> {
  return outlined(await scanned(new TestDisk(tree), { includeHidden }));
}

describe("a scan", () => {
  test("yields every file in order of key, whatever order the disk has", async () => {
    const tree: Tree = {
      "a.txt": "",
      "a-": "",
      "a/z": "",
      "a/\u{1F600}": "",
      "a/\uFF5E": "",
      a0: "",
    };

    const outline = await outlineOf(tree);

    expect(outline).toEqual(
      ["a-", "a.txt", "a/z", "a/\uFF5E", "a/\u{1F600}", "a0"].map((key) => `file ${key}`),
    );
  });

  test("keeps the order over more entries than are looked at together", async () => {
    const tree = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`${index}`, ""]));

    const keys = (await scanned(new TestDisk(tree))).flatMap((item) =>
      item.kind === "target" ? item.path : [],
    );

    expect(keys).toHaveLength(200);
    expect(keys).toEqual(keys.toSorted(compareKeys));
  });

  test("keeps names apart that differ only in normalisation or case (D12)", async () => {
    const outline = await outlineOf({ "ガ.txt": "", "カ\u3099.txt": "", "A.txt": "", "a.txt": "" });

    expect(outline).toHaveLength(4);
  });

  test("yields a folder itself only when nothing in it is a target", async () => {
    const outline = await outlineOf({
      empty: null,
      "nested/deep": null,
      "full/a": "",
      "link/l": { kind: "symbolic-link" },
    });

    expect(outline).toEqual([
      "folder empty/",
      "file full/a",
      "excluded link/l (symbolic-link)",
      "folder link/",
      "folder nested/deep/",
    ]);
  });

  test("of an empty source yields nothing", async () => {
    expect(await outlineOf({})).toEqual([]);
  });

  test.each([
    ["symbolic-link", "symbolic-link"],
    ["fifo", "fifo"],
    ["socket", "socket"],
    ["character-device", "device"],
    ["block-device", "device"],
  ] as const)("lists a %s as no target and does not open it (D16)", async (kind, why) => {
    const disk = new TestDisk({ a: "", thing: { kind } });

    expect(outlined(await scanned(disk))).toEqual(["file a", `excluded thing (${why})`]);
    expect(disk.callCount("open")).toBe(0);
  });

  test("lists what the host has no word for as no target", async () => {
    const disk = new TestDisk();
    const thing = { name: "thing", nameBytes: Buffer.from("thing"), kind: "unknown" } as const;
    disk.source.list = async function* list() {
      yield [thing];
    };

    expect(outlined(await scanned(disk))).toEqual(["excluded thing (unknown)"]);
  });
});

describe("hidden entries", () => {
  const disk = new TestDisk({ "desktop.ini": "", "shown.txt": "", "cache/a": "" });
  disk.setHidden("/source/desktop.ini");
  disk.setHidden("/source/cache");

  test("are targets when they are switched on", async () => {
    expect(outlined(await scanned(disk))).toEqual([
      "file cache/a",
      "file desktop.ini",
      "file shown.txt",
    ]);
  });

  test("are left out, with all that is in them, when they are switched off (F18)", async () => {
    expect(outlined(await scanned(disk, { includeHidden: false }))).toEqual([
      "excluded cache (hidden)",
      "excluded desktop.ini (hidden)",
      "file shown.txt",
    ]);
  });
});

describe("one bad entry", () => {
  test("with a name that may not be backed up fails alone, and nothing below it is a target", async () => {
    const disk = new TestDisk({ "a:b": "", ".git/config": "", "x|y/z": "", ok: "" });

    expect(outlined(await scanned(disk))).toEqual([
      "failed .git (B-FC-10)",
      "failed a:b (B-FC-3)",
      "file ok",
      "failed x|y (B-FC-9)",
    ]);
    expect(disk.calls).not.toContain("list /source/.git");
    expect(disk.calls).not.toContain("list /source/x|y");
  });

  test("with a name that is not valid Unicode fails with its bytes (D12)", async () => {
    const disk = new TestDisk({ "d/ok": "" });
    disk.write(Buffer.from("/source/d/f\u00ff", "latin1"), "");

    const items = await scanned(disk);

    expect(outlined(items)).toEqual(["file d/ok", "failed d/f\uFFFD (B-UX-10)"].toSorted());
    const failed = items.find(({ kind }) => kind === "failed");
    expect(failed).toMatchObject({ pathBytes: Buffer.from([0x64, 0x2f, 0x66, 0xff]) });
  });

  test.each([
    ["access-denied", "B-AD-2"],
    ["io-error", "B-UX-10"],
    ["not-found", "B-UX-4 B-UX-3 B-UX-5"],
    ["name-too-long", "B-UX-10"],
  ] as const)(
    "that is a folder whose listing is refused as %s fails alone",
    async (kind, causes) => {
      const disk = new TestDisk({ "a/1": "", "b/2": "", "c/3": "" });
      disk.refuse("list", "/source/b", kind);

      expect(outlined(await scanned(disk))).toEqual([
        "file a/1",
        `failed b (${causes})`,
        "file c/3",
      ]);
    },
  );

  test("deep down fails neither the folders above it nor those beside it", async () => {
    const disk = new TestDisk({ "a/b/c/1": "", "a/b/2": "", "a/3": "" });
    disk.refuse("list", "/source/a/b/c", "access-denied");

    expect(outlined(await scanned(disk))).toEqual([
      "file a/3",
      "file a/b/2",
      "failed a/b/c (B-AD-2)",
    ]);
  });

  test("that is a file which vanished after the listing fails alone", async () => {
    const disk = new TestDisk({ a: "", b: "", c: "" });
    disk.refuse("stat", "/source/b", "not-found");

    expect(outlined(await scanned(disk))).toEqual([
      "file a",
      "failed b (B-UX-4 B-UX-3 B-UX-5)",
      "file c",
    ]);
  });

  test("that another kind of entry took the place of fails alone", async () => {
    const disk = new TestDisk({ a: "", b: "" });
    disk.onCall = (method, path) => {
      if (method === "stat" && path === "/source/a") disk.put("/source/a", { kind: "fifo" });
    };

    expect(outlined(await scanned(disk))).toEqual(["failed a (B-UX-5)", "file b"]);
  });

  test.each(["stat", "list"] as const)(
    "that is a folder which a link took the place of before its %s fails alone",
    async (operation) => {
      const disk = new TestDisk({ "a/1": "", "b/2": "" });
      disk.write("/elsewhere", "");
      disk.onCall = (method, path) => {
        if (method !== operation || path !== "/source/a") return;
        disk.remove("/source/a");
        disk.makeSpecial("/source/a", "symbolic-link", "/");
      };

      expect(outlined(await scanned(disk))).toEqual([
        "failed a (B-UX-5 B-UX-3 B-UX-4)",
        "file b/2",
      ]);
    },
  );
});

test("a root that cannot be listed rejects with the disk's own error", async () => {
  const disk = new TestDisk();
  disk.refuse("list", "/source", "access-denied");

  await expect(scanned(disk)).rejects.toMatchObject({ name: "DiskError", kind: "access-denied" });
});

test("a scan that is told to stop looks into no further folder", async () => {
  const disk = new TestDisk({ "a/1": "", "b/2": "", "c/3": "" });
  const isStopped = (): boolean => disk.callCount("list", "/source/b") > 0;

  const items = await scanned(disk, { isStopped });

  expect(outlined(items)).toEqual(["file a/1"]);
  expect(disk.callCount("list", "/source/c")).toBe(0);
});

test("a scan that nobody reads on frees what a huge folder took", async () => {
  const database = memoryDatabase();
  const spill = new SqliteNameSpill(database);
  const disk = new TestDisk();
  disk.source.list = async function* list() {
    yield Array.from({ length: 11 }, (_, index) => {
      return { name: `${index}`, nameBytes: Buffer.from(`${index}`), kind: "fifo" as const };
    });
  };
  const tuning = { itemsTogetherCount: 64, namesInMemoryCountMax: 10 };
  const options = { ...OPTIONS, spill, tuning };

  for await (const _ of scan({ disk: disk.source, ...options })) break;

  expect(disk.calls).toEqual([]);
  expect(database.get("SELECT count(*) AS n FROM spilled_name")).toEqual({ n: 0 });
});
