import { describe, expect, test } from "vitest";

import { windowsNameRefusal } from "../../adapters/windows-name-refusal.ts";
import { FROM, RestoreBench, STORED_AT_NS, TO } from "../../testing/restore-bench.ts";

/** Where the bytes of the first file go before it has its name. */
const TEMPORARY = `${TO}/.azukeru-restore-1-1.tmp`;

describe("a folder that is restored", () => {
  test("comes back with everything in it, right in the chosen folder", async () => {
    const stored = { "a.txt": "one", "sub/b.txt": "two", "sub/deep/c": "", empty: null };
    const bench = new RestoreBench({ stored: { ...stored, "sub/none": null } });

    const { job, rows } = await bench.run();

    expect(job).toMatchObject({ status: "completed", causes: ["R-OK-1"], detail: null });
    expect(bench.disk.tree()).toEqual({
      "a.txt": "one",
      empty: "(folder)",
      sub: "(folder)",
      "sub/b.txt": "two",
      "sub/deep": "(folder)",
      "sub/deep/c": "",
      "sub/none": "(folder)",
    });
    expect((await bench.disk.target.stat(`${TO}/a.txt`)).modifiedAtNs).toBe(STORED_AT_NS);
    expect(rows.map(({ path, entryKind, status }) => [path, entryKind, status])).toEqual([
      ["a.txt", "file", "completed"],
      ["empty", "folder", "completed"],
      ["sub/b.txt", "file", "completed"],
      ["sub/deep/c", "file", "completed"],
      ["sub/none", "folder", "completed"],
    ]);
  });

  test("is written down with what it was asked for, and what was transferred", async () => {
    const bench = new RestoreBench({ stored: { "a.txt": "one", "b.txt": "three", empty: null } });

    const { job } = await bench.run({ onConflict: "keep-both", trigger: "rerun" });

    expect(job).toMatchObject({
      kind: "restore",
      trigger: "rerun",
      sourceId: null,
      sourcePath: FROM,
      destination: TO,
      settings: {
        kind: "restore",
        entryKind: "folder",
        generation: null,
        onConflict: "keep-both",
      },
      targetCount: 3,
      targetFileCount: 2,
      targetBytes: 8,
      processedCount: 3,
      transferredFileCount: 2,
      transferredBytes: 8,
      excludedCount: 0,
    });
    expect(job.endedAtMs).toBe(bench.clock.nowMs());
  });

  test("that is empty is completed with nothing to do", async () => {
    const { job, rows } = await new RestoreBench().run();

    expect(job).toMatchObject({ status: "completed", causes: ["R-OK-1"], targetCount: 0 });
    expect(rows).toEqual([]);
  });

  test("comes page by page, its rows in the order of the listing", async () => {
    const names = Array.from({ length: 40 }, (_, index) => `f${String(index).padStart(2, "0")}`);
    const bench = new RestoreBench({
      stored: Object.fromEntries(names.map((name) => [name, name])),
    });
    bench.service.pageEntryCount = 7;

    const { job, rows } = await bench.run();

    expect(job.status).toBe("completed");
    expect(rows.map(({ path }) => path)).toEqual(names);
    expect(bench.service.callCount("listPage")).toBe(6);
  });

  test("fetches only so many files at once", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `f${index}`);
    const bench = new RestoreBench({
      stored: Object.fromEntries(names.map((name) => [name, name])),
      tuning: { parallelDownloadCount: 3 },
    });

    await bench.run();

    expect(bench.disk.openCountMax).toBe(3);
    expect(bench.disk.openCount).toBe(0);
  });

  test("tells how far it is, with totals once the listing came to its end", async () => {
    const bench = new RestoreBench({ stored: { a: "12345", b: "123", "c/d": "1" } });

    const { job } = await bench.run();

    expect(bench.progress.at(-1)).toEqual({
      jobId: job.id,
      sourcePath: FROM,
      filesDone: 3,
      filesTotal: 3,
      bytesDone: 9,
      bytesTotal: 9,
      currentPath: expect.any(String),
    });
    for (const { filesDone, filesTotal } of bench.progress) {
      expect(filesDone).toBeLessThanOrEqual(filesTotal ?? Infinity);
    }
  });
});

describe("a single file that is restored", () => {
  const stored = { "docs/report.txt": ["first", "second", "third"] };

  test("goes right into the chosen folder under its own name, the newest generation", async () => {
    const bench = new RestoreBench({ stored });

    const { job, outcomes } = await bench.run({ from: `${FROM}/docs/report.txt` });

    expect(outcomes).toEqual({ "report.txt": "completed" });
    expect(bench.disk.tree()).toEqual({ "report.txt": "third" });
    expect(job.settings).toMatchObject({ entryKind: "file", generation: null });
  });

  test("comes back as the generation that was asked for", async () => {
    const bench = new RestoreBench({ stored });

    const from = `${FROM}/docs/report.txt`;
    const { job } = await bench.run({ from, entryKind: "file", generation: 2 });

    expect(bench.disk.tree()).toEqual({ "report.txt": "second" });
    expect(job.settings).toMatchObject({ entryKind: "file", generation: 2 });
  });

  test("gives way to the folder of its name, unless the file was asked for (decision 0004)", async () => {
    const both = { same: "the file", "same/in.txt": "in the folder" };

    const folder = new RestoreBench({ stored: both });
    await folder.run({ from: `${FROM}/same` });
    const file = new RestoreBench({ stored: both });
    await file.run({ from: `${FROM}/same`, entryKind: "file" });

    expect(folder.disk.tree()).toEqual({ "in.txt": "in the folder" });
    expect(file.disk.tree()).toEqual({ same: "the file" });
  });
});

describe("where it goes, or comes from, is not there", () => {
  test.each([
    ["is missing", (bench: RestoreBench) => bench.disk.remove(TO)],
    ["is a file", (bench: RestoreBench) => bench.disk.put(TO, "a file")],
    ["is a link", (bench: RestoreBench) => bench.disk.put(TO, { kind: "symbolic-link" })],
  ])("a chosen folder that %s is 設定内容不正 in one row", async (_, spoil) => {
    const bench = new RestoreBench({ stored: { a: "1" } });
    spoil(bench);

    const { job, outcomes } = await bench.run();

    expect(outcomes).toEqual({ "": "invalid-settings R-IS-1 R-IS-2" });
    expect(job).toMatchObject({ status: "invalid-settings", causes: ["R-IS-1", "R-IS-2"] });
    expect(bench.service.callCount("download")).toBe(0);
  });

  test("a chosen folder that may not be written is R-AD-1 in one row", async () => {
    const bench = new RestoreBench({ stored: { a: "1" } });
    bench.disk.setAccess(TO, "read");

    const { job, outcomes } = await bench.run();

    expect(outcomes).toEqual({ "": "access-denied R-AD-1" });
    expect(job).toMatchObject({ status: "access-denied", causes: ["R-AD-1"] });
    expect(bench.service.callCount("download")).toBe(0);
  });

  test.each([
    ["folder", { entryKind: "folder", from: `${FROM}/gone` }],
    ["file", { entryKind: "file", from: `${FROM}/gone` }],
    ["place", { from: `${FROM}/gone` }],
    ["folder where only a file is", { entryKind: "folder", from: `${FROM}/a` }],
    ["generation", { entryKind: "file", from: `${FROM}/a`, generation: 9 }],
  ] as const)("a %s that is not on the service is 設定内容不正 in one row", async (_, request) => {
    const bench = new RestoreBench({ stored: { a: "1" } });

    const { job, outcomes } = await bench.run(request);

    expect(outcomes).toEqual({ "": "invalid-settings R-IS-3 R-IS-4" });
    expect(job).toMatchObject({ status: "invalid-settings", causes: ["R-IS-3", "R-IS-4"] });
    expect(bench.disk.tree()).toEqual({});
  });

  test("a file that went away after it was listed has that in its own row", async () => {
    const bench = new RestoreBench({ stored: { a: "1", b: "2" } });
    bench.service.onCall = (exchange, paths) => {
      if (exchange === "download" && paths[0] === `${FROM}/a`) {
        bench.service.generations.delete(`${FROM}/a`);
      }
    };

    const { job, outcomes } = await bench.run();

    expect(outcomes).toEqual({ a: "invalid-settings R-IS-3 R-IS-4", b: "completed" });
    expect(job.status).toBe("invalid-settings");
    expect(bench.disk.tree()).toEqual({ b: "2" });
  });

  test("a chosen folder that goes away on the way stops the rest", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `f${index + 10}`);
    const bench = new RestoreBench({
      stored: Object.fromEntries(names.map((name) => [name, "1"])),
      tuning: { parallelDownloadCount: 1 },
    });
    bench.disk.onCall = (method, path) => {
      if (method === "stat" && path === `${TO}/f13`) bench.disk.remove(TO);
    };

    const { job, outcomes } = await bench.run();

    expect(outcomes["f12"]).toBe("completed");
    expect(outcomes["f13"]).toBe("invalid-settings R-IS-1 R-IS-2");
    expect(outcomes["f29"]).toBe("invalid-settings R-IS-1 R-IS-2");
    expect(job).toMatchObject({ status: "invalid-settings", causes: ["R-IS-1", "R-IS-2"] });
    expect(bench.service.callCount("download")).toBeLessThanOrEqual(5);
  });
});

describe("a disk that refuses", () => {
  const stored = { "a.txt": "1", "m/b.txt": "2", "z.txt": "3" };

  test.each([
    ["stat", `${TO}/a.txt`, "access-denied", "access-denied R-AD-2"],
    ["link", TEMPORARY, "access-denied", "access-denied R-AD-2"],
    ["link", TEMPORARY, "busy", "access-denied R-AD-2"],
    ["link", TEMPORARY, "name-too-long", "unexpected R-UX-4"],
    ["link", TEMPORARY, "not-found", "unexpected R-UX-4"],
    ["write", TEMPORARY, "no-space", "unexpected R-UX-4"],
    ["write", TEMPORARY, "io-error", "unexpected R-UX-4"],
    ["sync", TEMPORARY, "io-error", "unexpected R-UX-4"],
    ["utimes", TEMPORARY, "access-denied", "access-denied R-AD-2"],
    ["open", TEMPORARY, "no-space", "unexpected R-UX-4"],
  ] as const)("%s with %s for %s: that file alone fails", async (method, path, kind, outcome) => {
    const bench = new RestoreBench({ stored });
    bench.disk.refuse(method, path, kind);
    // A disk without second names refuses them in the same way; then a rename is tried.
    if (method === "link") bench.disk.refuse("rename", path, kind);

    const { job, outcomes } = await bench.run();

    expect(outcomes).toEqual({
      "a.txt": outcome,
      "m/b.txt": "completed",
      "z.txt": "completed",
    });
    expect(job.status).toBe(outcome.split(" ")[0]);
    expect(bench.disk.tree()).toEqual({ m: "(folder)", "m/b.txt": "2", "z.txt": "3" });
    expect([...bench.leftovers.all()]).toEqual([]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "to look at the chosen folder for the time %i: no file stays open, nor under a temporary name",
    async (nth) => {
      const bench = new RestoreBench({ stored });
      bench.disk.faults.add({ operation: "stat", path: TO, kind: "io-error", nth, times: 1 });

      await bench.run();

      expect(bench.disk.openCount).toBe(0);
      expect(Object.keys(bench.disk.tree()).filter((path) => path.includes(".azukeru"))).toEqual(
        [],
      );
      expect([...bench.leftovers.all()]).toEqual([]);
    },
  );

  test.each([
    ["access-denied", "access-denied R-AD-2"],
    ["no-space", "unexpected R-UX-4"],
    ["name-too-long", "unexpected R-UX-4"],
  ] as const)("to make a folder (%s) gives it and all below their rows", async (kind, outcome) => {
    const bench = new RestoreBench({ stored: { ...stored, "m/deep/c.txt": "4", "m/none": null } });
    bench.disk.refuse("mkdir", `${TO}/m`, kind);

    const { outcomes } = await bench.run();

    expect(outcomes).toEqual({
      "a.txt": "completed",
      m: outcome,
      "m/b.txt": outcome,
      "m/deep": outcome,
      "m/deep/c.txt": outcome,
      "m/none": outcome,
      "z.txt": "completed",
    });
    expect(bench.disk.tree()).toEqual({ "a.txt": "1", "z.txt": "3" });
  });

  test("to have a name (R-UX-4) lets the others come", async () => {
    const bench = new RestoreBench({ stored: { CON: "1", "NUL/b": "2", c: "3", "d/AUX": null } });
    bench.disk.target.nameRefusal = windowsNameRefusal;

    const { outcomes } = await bench.run();

    expect(outcomes).toEqual({
      CON: "unexpected R-UX-4",
      NUL: "unexpected R-UX-4",
      "NUL/b": "unexpected R-UX-4",
      c: "completed",
      "d/AUX": "unexpected R-UX-4",
    });
  });

  test("two kinds of trouble make the job R-UX-5, with both kinds' causes", async () => {
    const bench = new RestoreBench({ stored });
    bench.disk.refuse("link", TEMPORARY, "access-denied");
    bench.disk.refuse("rename", TEMPORARY, "access-denied");
    bench.disk.refuse("link", `${TO}/.azukeru-restore-1-3.tmp`, "no-space");

    const { job } = await bench.run();

    expect(job).toMatchObject({ status: "unexpected", causes: ["R-UX-5", "R-AD-2", "R-UX-4"] });
  });

  test("to make names durable says so in the folder's row", async () => {
    const bench = new RestoreBench({ stored });
    bench.disk.refuse("sync", `${TO}/m`, "io-error");

    const { job, outcomes } = await bench.run();

    expect(outcomes).toMatchObject({ "m/b.txt": "completed", m: "unexpected R-UX-4" });
    expect(job.status).toBe("unexpected");
  });

  test("what nobody foresaw still ends the job", async () => {
    const bench = new RestoreBench({ stored });
    bench.disk.target.renameNew = () => Promise.reject(new TypeError("a bug"));

    const { job, rows } = await bench.run();

    expect(job).toMatchObject({ status: "unexpected", causes: ["R-UX-4"] });
    expect(job.detail).toMatchObject({ code: "run.unforeseen" });
    expect(rows.every(({ status }) => status === "unexpected")).toBe(true);
    expect(bench.temporaryPaths()).toEqual([]);
  });
});

describe("what is durable, in order", () => {
  test("a file is synced before its rename, its folder and the name of that afterwards", async () => {
    const bench = new RestoreBench({ stored: { "m/a.txt": "1", "z.txt": "2" } });
    bench.disk.calls.length = 0;

    await bench.run();

    const order = bench.disk.callsOf("mkdir", "sync", "utimes", "link");
    const temporary = `${TO}/m/.azukeru-restore-1-1.tmp`;
    const at = (call: string): number => order.indexOf(call);
    expect(order).toContain(`utimes ${temporary}`);
    expect(at(`utimes ${temporary}`)).toBeLessThan(at(`sync ${temporary}`));
    expect(at(`sync ${temporary}`)).toBeLessThan(at(`link ${TO}/m/a.txt`));
    expect(at(`link ${TO}/m/a.txt`)).toBeLessThan(at(`sync ${TO}/m`));
    expect(at(`mkdir ${TO}/m`)).toBeLessThan(at(`sync ${TO}`));
    expect(at(`link ${TO}/z.txt`)).toBeLessThan(order.lastIndexOf(`sync ${TO}`));
  });

  test("nobody is told of a file before its name and those of its folders are durable", async () => {
    const stored = { "m/n/a.txt": "1", "m/n/empty": null };
    const bench = new RestoreBench({ stored });
    const told: string[] = [];
    bench.onRow = ({ path }) => {
      told.push(path);
      expect(bench.disk.callsOf("sync")).toEqual(
        expect.arrayContaining([TO, `${TO}/m`, `${TO}/m/n`].map((each) => `sync ${each}`)),
      );
    };

    await bench.run();

    expect(told).toContain("m/n/a.txt");
  });

  test("files that are done together share the sync of their folder", async () => {
    const names = Array.from({ length: 100 }, (_, index) => `f${index}`);
    const bench = new RestoreBench({
      stored: Object.fromEntries(names.map((name) => [name, "1"])),
    });

    const { rows } = await bench.run();

    expect(rows).toHaveLength(100);
    expect(bench.disk.callCount("sync", TO)).toBeLessThan(10);
  });

  test("a folder is noted before the first temporary file in it, and forgotten when it is left", async () => {
    const bench = new RestoreBench({ stored: { "m/a.txt": "1" } });
    const notedAtCreate: string[][] = [];
    bench.disk.onCall = (operation, path) => {
      if (operation !== "open" || !path.endsWith(".tmp")) return;
      notedAtCreate.push([...bench.leftovers.all()].map(({ folder }) => folder));
    };

    await bench.run();

    expect(notedAtCreate).toEqual([[TO], [TO, `${TO}/m`]]);
    expect([...bench.leftovers.all()]).toEqual([]);
  });
});

describe("memory", () => {
  test("above the budget ends the job as メモリ不足 (R-OM-1)", async () => {
    const names = Array.from({ length: 250 }, (_, index) => `f${String(index).padStart(3, "0")}`);
    const bench = new RestoreBench({
      stored: Object.fromEntries(names.map((name) => [name, name])),
      tuning: { memoryBudgetBytes: 1_000 },
    });
    let lookCount = 0;
    bench.usedBytes = () => (++lookCount > 2 ? 2_000 : 500);

    const { job, rows } = await bench.run();

    expect(job).toMatchObject({ status: "out-of-memory", causes: ["R-OM-1"] });
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.length).toBeLessThan(250);
    expect(rows.filter(({ status }) => status === "completed").length).toBeGreaterThan(100);
  });

  test("is looked at before a single file too", async () => {
    const bench = new RestoreBench({ stored: { a: "1" }, tuning: { memoryBudgetBytes: 1 } });
    bench.usedBytes = () => 2;

    const { job, rows } = await bench.run({ from: `${FROM}/a` });

    expect(job).toMatchObject({ status: "out-of-memory", causes: ["R-OM-1"] });
    expect(rows).toEqual([]);
  });
});

test("nothing secret and no content is written to the log", async () => {
  const bench = new RestoreBench({ stored: { a: "the content of a" } });

  await bench.run();

  expect(bench.logged.map((line) => JSON.parse(line) as { event: string })).toMatchObject([
    { event: "restore-started" },
    { event: "restore-ended" },
  ]);
  expect(bench.logged.join("")).not.toContain("the content of a");
});
