import { describe, expect, test } from "vitest";
import { BackupBench, causesAt } from "../../testing/backup-bench.ts";
import { refused } from "../../testing/failures.ts";
import { LARGE, SMALL, WHOLE } from "../../testing/fixtures.ts";
import type { Exchange } from "../../testing/memory-service.ts";
import { message } from "../../../messages/message.ts";

const UNFORESEEN = message("run.unforeseen", {
  why: message("system.program-error", { name: "TypeError" }),
});

/** As few targets on their way to the service as there can be. */
const ONE_BY_ONE = { parallelUploadCount: 1, batchPartCountMax: 1 };

const TREE = { "d/small": SMALL, empty: null, large: LARGE, whole: WHOLE };

describe("a first backup", () => {
  test("has every file on the service byte for byte, and every folder", async () => {
    const bench = new BackupBench({ tree: TREE });

    const { job, statuses } = await bench.run();

    expect(bench.stored()).toEqual({ "d/small": SMALL, large: LARGE, whole: WHOLE });
    expect(bench.service.folders).toContain(bench.at("empty"));
    expect(job).toMatchObject({ status: "completed", causes: ["B-OK-1"], detail: null });
    expect(new Set(Object.values(statuses))).toEqual(new Set(["completed"]));
  });

  test("counts targets with the empty folder, transferred files without it (D3)", async () => {
    const bench = new BackupBench({ tree: { ...TREE, link: { kind: "symbolic-link" } } });

    const { job } = await bench.run();

    expect(job).toMatchObject({
      targetCount: 4,
      processedCount: 4,
      transferredFileCount: 3,
      transferredBytes: SMALL.length + LARGE.length + WHOLE.length,
      excludedCount: 1,
    });
  });

  test("of an empty source is completed, because nothing differed", async () => {
    const { job } = await new BackupBench().run();

    expect(job).toMatchObject({ status: "completed", causes: ["B-OK-2"], targetCount: 0 });
  });

  test("sends small files together, within the bounds of a batch", async () => {
    const files = Array.from({ length: 10 }, (_, index) => [`${index}`, SMALL]);
    const bench = new BackupBench({
      tree: Object.fromEntries(files),
      tuning: { batchPartCountMax: 4 },
    });

    await bench.run();

    const batches = bench.service.calls.filter((call) => call.startsWith("putBatch"));
    expect(batches.map((call) => call.split(" ").length - 1).toSorted((a, b) => a - b)).toEqual([
      2, 4, 4,
    ]);
  });
});

describe("a second backup", () => {
  test("of unchanged files reads no body, sends nothing, and says 差分無し of each", async () => {
    const bench = new BackupBench({ tree: TREE });
    await bench.run();
    const { receivedBytes } = bench.service;
    bench.disk.calls.length = 0;

    const { job, statuses } = await bench.run();

    expect(bench.disk.callCount("open")).toBe(0);
    expect(bench.service.receivedBytes).toBe(receivedBytes);
    expect(new Set(Object.values(statuses))).toEqual(new Set(["no-difference"]));
    expect(job).toMatchObject({ status: "completed", causes: ["B-OK-2"], transferredFileCount: 0 });
  });

  test.each([
    ["small", SMALL, "new"],
    ["whole", WHOLE, "another 13 b."],
    ["large", LARGE, `${LARGE}and more`],
  ])(
    "adds one generation of a %s file that changed, and none of the others",
    async (name, old, content) => {
      const bench = new BackupBench({ tree: { [name]: old, other: SMALL } });
      await bench.run();
      bench.disk.put(`/source/${name}`, content);

      const { statuses } = await bench.run();

      expect(bench.service.texts(bench.at(name))).toEqual([old, content]);
      expect(bench.service.texts(bench.at("other"))).toEqual([SMALL]);
      expect(statuses).toEqual({ [name]: "completed", other: "no-difference" });
    },
  );

  test.each([
    ["small", SMALL],
    ["whole", WHOLE],
    ["large", LARGE],
  ])(
    "reads a %s file that was too young to be sure of, and does not send it again",
    async (name, content) => {
      const bench = new BackupBench({ tree: { [name]: content } });
      bench.disk.setModifiedAt(`/source/${name}`, BigInt(bench.clock.nowMs()) * 1_000_000n);
      await bench.run();
      const { receivedBytes } = bench.service;
      bench.disk.calls.length = 0;

      const { statuses } = await bench.run();

      expect(bench.disk.callCount("open")).toBe(1);
      expect(bench.service.receivedBytes).toBe(receivedBytes);
      expect(statuses).toEqual({ [name]: "no-difference" });
    },
  );

  test("tries again what failed in the first", async () => {
    const bench = new BackupBench({ tree: { a: SMALL, b: SMALL } });
    bench.disk.refuse("open", "/source/a", "access-denied", 1);
    await bench.run();

    const { job, statuses } = await bench.run();

    expect(job.status).toBe("completed");
    expect(statuses).toEqual({ a: "completed", b: "no-difference" });
  });
});

describe("one bad file", () => {
  test.each([
    ["small", SMALL],
    ["whole", WHOLE],
    ["large", LARGE],
  ])("of those that are %s fails alone", async (_, content) => {
    const bench = new BackupBench({ tree: { a: content, b: content, c: content } });
    bench.disk.refuse("open", "/source/b", "access-denied");

    const result = await bench.run();

    expect(result.statuses).toEqual({ a: "completed", b: "access-denied", c: "completed" });
    expect(result.job).toMatchObject({ status: "access-denied", causes: ["B-AD-1"] });
    expect(bench.stored()).toEqual({ a: content, c: content });
  });

  test.each([
    ["not-found", "unexpected", "B-UX-4"],
    ["busy", "unexpected", "B-UX-2"],
    ["io-error", "unexpected", "B-UX-10"],
  ] as const)("whose reading ends as %s is %s (%s)", async (kind, status, cause) => {
    for (const content of [SMALL, WHOLE, LARGE]) {
      const bench = new BackupBench({ tree: { a: content, b: SMALL } });
      bench.disk.refuse(kind === "io-error" ? "read" : "open", "/source/a", kind);

      const result = await bench.run();

      expect(result.statuses).toEqual({ a: status, b: "completed" });
      expect(causesAt(result, "a")[0]).toBe(cause);
    }
  });

  test.each([
    ["small", SMALL],
    ["whole", WHOLE],
    ["large", LARGE],
  ])("that changes each time it is read is not committed: %s", async (_, content) => {
    const bench = new BackupBench({ tree: { a: content, b: SMALL } });
    bench.disk.onCall = (method, path) => {
      if (method === "read" && path === "/source/a") bench.disk.put("/source/a", content);
    };

    const result = await bench.run();

    expect(bench.stored()).toEqual({ b: SMALL });
    expect(result.statuses).toEqual({ a: "unexpected", b: "completed" });
    expect(causesAt(result, "a")).toEqual(["B-UX-1"]);
    expect(bench.service.uploads.size).toBe(0);
  });

  test.each([
    ["small", SMALL],
    ["whole", WHOLE],
    ["large", LARGE],
  ])("that is changed or held for a moment is backed up all the same: %s", async (_, content) => {
    const bench = new BackupBench({ tree: { a: content, b: content } });
    bench.disk.refuse("open", "/source/b", "busy", 2);
    bench.disk.onCall = (method, path) => {
      if (method === "read" && path === "/source/a" && bench.disk.callCount("read", path) === 1) {
        bench.disk.put("/source/a", `!${content.slice(1)}`);
      }
    };

    const { job } = await bench.run();

    expect(job.status).toBe("completed");
    expect(bench.stored()).toEqual({ a: `!${content.slice(1)}`, b: content });
  });

  test.each([
    ["small", "x".repeat(15)],
    ["small", "x".repeat(30)],
    ["whole", "x".repeat(30)],
  ])(
    "that grew past its kind since the scan (%s) goes the way of its new size",
    async (name, grown) => {
      const bench = new BackupBench({
        tree: { [name]: name === "small" ? SMALL : WHOLE, other: SMALL },
      });
      bench.disk.onCall = (method) => {
        if (method === "open" && bench.disk.callCount("open") === 1) {
          bench.disk.put(`/source/${name}`, grown);
        }
      };

      const { job } = await bench.run();

      expect(job.status).toBe("completed");
      expect(bench.stored()).toEqual({ [name]: grown, other: SMALL });
      expect(job.targetBytes).toBe(grown.length + SMALL.length);
    },
  );

  test("with an undecodable name has its bytes in its row (D12)", async () => {
    const bench = new BackupBench({ tree: { a: SMALL } });
    bench.disk.write(Buffer.from("/source/\u00ff", "latin1"), "");

    const { rows, statuses } = await bench.run();

    expect(statuses).toEqual({ a: "completed", "\uFFFD": "unexpected" });
    expect(rows.find(({ status }) => status === "unexpected")?.pathBase64).toBe("/w==");
  });
});

describe("what the service refuses", () => {
  test("because it does not fit fails that file; smaller ones after it are still tried (D7)", async () => {
    const bench = new BackupBench({ tree: { a: SMALL, b: LARGE, c: SMALL, d: WHOLE } });
    bench.service.quotaBytes = LARGE.length - 1;

    const result = await bench.run();

    expect(result.statuses).toMatchObject({
      a: "completed",
      b: "insufficient-capacity",
      c: "completed",
    });
    expect(causesAt(result, "b")).toEqual(["B-IC-3"]);
    expect(bench.service.usedBytes).toBeLessThanOrEqual(bench.service.quotaBytes);
  });

  test.each([
    ["putBatch", SMALL],
    ["putFile", WHOLE],
    ["createUpload", LARGE],
  ] as const)(
    "of a %s for a name it does not take is forbidden characters",
    async (exchange, content) => {
      const bench = new BackupBench({ tree: { "a.txt": content } });
      bench.service.fail(exchange, { error: refused("forbidden-name") });

      const { job } = await bench.run();

      expect(job.status).toBe("forbidden-characters");
    },
  );

  test.each([
    [["putBatch", "putFile"], SMALL],
    [["putFile"], WHOLE],
    [["createUpload"], LARGE],
    [["appendUpload"], LARGE],
    [["completeUpload"], LARGE],
  ] as const)(
    "for no reason it ever has (%j) is unexpected and stops no other file",
    async (exchanges, content) => {
      const bench = new BackupBench({ tree: { a: content, b: content } });
      const error = refused("access-refused");
      for (const exchange of exchanges)
        bench.service.fail(exchange, { error, path: bench.at("a") });

      const { job, statuses } = await bench.run();

      expect(statuses).toEqual({ a: "unexpected", b: "completed" });
      expect(job.causes).toEqual(["B-UX-10"]);
    },
  );

  test("because the destination went away meanwhile concerns every file after it too", async () => {
    const files = Array.from({ length: 20 }, (_, index) => [`${index}`, WHOLE]);
    const bench = new BackupBench({
      tree: Object.fromEntries(files),
      tuning: { parallelUploadCount: 1 },
    });
    bench.service.onCall = (exchange) => {
      if (exchange === "putFile" && bench.service.callCount("putFile") === 3)
        bench.service.folders.clear();
    };

    const { job, statuses } = await bench.run();

    const found = Object.values(statuses);
    expect(found.filter((status) => status === "completed")).toHaveLength(2);
    expect(found.filter((status) => status === "unexpected")).toHaveLength(18);
    expect(job).toMatchObject({ status: "unexpected", causes: ["B-UX-11"] });
    expect(bench.service.callCount("putFile")).toBe(3);
  });

  test("because it takes the login no longer is not asked again for every file", async () => {
    const files = Array.from({ length: 20 }, (_, index) => [`${index}`, WHOLE]);
    const bench = new BackupBench({
      tree: Object.fromEntries(files),
      tuning: { parallelUploadCount: 1 },
    });
    bench.service.fail("putFile", { error: refused("invalid-credentials") });

    const { job, statuses } = await bench.run();

    expect(job).toMatchObject({ status: "unexpected", causes: ["B-UX-10"], processedCount: 20 });
    expect(new Set(Object.values(statuses))).toEqual(new Set(["unexpected"]));
    expect(bench.service.callCount("putFile")).toBe(1);
  });
});

describe("before the first file", () => {
  test.each([
    ["gone", "not-found", "invalid-settings", "B-IS-1"],
    ["not to be read", "access-denied", "access-denied", "B-AD-3"],
    ["on a failing disk", "io-error", "unexpected", "B-UX-10"],
  ] as const)(
    "a source that is %s (%s) ends the job as %s (%s)",
    async (_, kind, status, cause) => {
      for (const method of ["stat", "list"] as const) {
        const bench = new BackupBench({ tree: { a: SMALL } });
        bench.disk.refuse(method, "/source", kind);

        const { job, statuses } = await bench.run();

        expect(job.status).toBe(status);
        expect(job.causes[0]).toBe(cause);
        expect(statuses).toEqual({ "": status });
      }
    },
  );

  test("a source that is no folder any more ends the job as an invalid setting", async () => {
    const bench = new BackupBench();
    bench.disk.put("/source", "a file now");

    expect((await bench.run()).job).toMatchObject({ status: "invalid-settings" });
  });

  test("a destination that is gone gives every file that status and sends nothing", async () => {
    const bench = new BackupBench({ tree: TREE });
    await bench.run();
    bench.service.folders.clear();
    bench.disk.calls.length = 0;

    const { job, statuses } = await bench.run();

    expect(job).toMatchObject({ status: "invalid-settings", causes: ["B-IS-3", "B-IS-4"] });
    expect(new Set(Object.values(statuses))).toEqual(new Set(["invalid-settings"]));
    expect(bench.disk.callCount("open")).toBe(0);
  });

  test("a contract that is full already is told from one that fills up", async () => {
    const bench = new BackupBench({ tree: { a: SMALL } });
    bench.service.quotaBytes = 0;

    expect((await bench.run()).job).toMatchObject({ causes: ["B-IC-2"] });
  });
});

describe("the job as a whole", () => {
  test("with two kinds of trouble is mixed, and the details show each", async () => {
    const bench = new BackupBench({ tree: { "a:b": SMALL, b: SMALL, c: SMALL } });
    bench.disk.refuse("open", "/source/b", "access-denied");

    const { job, statuses } = await bench.run();

    expect(job).toMatchObject({ status: "unexpected", causes: ["B-UX-9", "B-FC-3", "B-AD-1"] });
    expect(statuses).toEqual({ "a:b": "forbidden-characters", b: "access-denied", c: "completed" });
  });

  test.each([
    ["scan", "B-OM-1"],
    ["compare", "B-OM-2"],
  ] as const)("ends when the %s needs more memory than allowed (%s)", async (activity, cause) => {
    const bench = new BackupBench({ tree: TREE, settings: { compareUpload: true } });
    bench.usedBytes = (asked) => (asked === activity ? Number.POSITIVE_INFINITY : 0);

    const { job } = await bench.run();

    expect(job).toMatchObject({ status: "out-of-memory", causes: [cause] });
  });

  /** Folders side by side, each with files in it, by their number. */
  function folders(...counts: readonly number[]): Record<string, string> {
    const files = counts.flatMap((count, folder) =>
      Array.from({ length: count }, (_, file) => [`${folder}/${"名".repeat(40)}${file}`, "x"]),
    );
    return Object.fromEntries(files) as Record<string, string>;
  }

  test.each([
    ["below what the PC allows", 200, "completed"],
    ["above what the PC allows", 150, "out-of-memory"],
  ] as const)("holding the names of a folder that are %s: %s", async (_, allowed, status) => {
    const bench = new BackupBench({ tree: folders(160), tuning: ONE_BY_ONE });
    bench.allowedBytes = allowed;
    bench.usedBytes = () => bench.held.entryCount;

    const { job } = await bench.run();

    expect(job).toMatchObject({ status, causes: [status === "completed" ? "B-OK-1" : "B-OM-1"] });
    expect(bench.held).toMatchObject({ entryCount: 0, pathBytes: 0 });
  });

  test("holds one folder at a time, however many there are", async () => {
    const bench = new BackupBench({ tree: folders(30, 30, 30, 30, 30), tuning: ONE_BY_ONE });

    await bench.run();

    // The scan and the count beside it: the source's five names and one folder's thirty, and who is sent.
    expect(bench.held.entryCountMax).toBeLessThanOrEqual(2 * 35 + 6);
    expect(bench.held).toMatchObject({ entryCount: 0, pathBytes: 0 });
  });

  test("holds the page of the listing that it compares with, and that above what is allowed is B-OM-2", async () => {
    const bench = new BackupBench({ tree: folders(40, 40, 40), tuning: ONE_BY_ONE });
    await bench.run();
    bench.changeSettings({ compareUpload: true });
    bench.allowedBytes = 110;
    bench.usedBytes = () => bench.held.entryCount;

    const { job } = await bench.run();

    expect(job).toMatchObject({ status: "out-of-memory", causes: ["B-OM-2"] });
    expect(bench.held).toMatchObject({ entryCount: 0, pathBytes: 0 });
  });

  test("does not end before it began when the clock is set back meanwhile (I9)", async () => {
    const bench = new BackupBench({ tree: { a: SMALL } });
    bench.disk.onCall = (method) => {
      if (method === "open") bench.clock.setWallClock(0);
    };

    const { job } = await bench.run();

    expect(job.endedAtMs).toBe(job.startedAtMs);
  });

  test("has its row before anything is touched", () => {
    const bench = new BackupBench({ tree: TREE });

    void bench.start();

    expect(bench.history.running()).toMatchObject([
      { status: "running", causes: ["B-RUN-1"], endedAtMs: null },
    ]);
    expect(bench.service.calls).toEqual([]);
  });

  test.each<Exchange>([
    "placeTag",
    "contract",
    "putBatch",
    "putFile",
    "createUpload",
    "appendUpload",
    "completeUpload",
  ])("ends, and says so, when a %s fails in a way nobody foresaw", async (exchange) => {
    const bench = new BackupBench({ tree: { ...TREE, more: SMALL } });
    bench.service.fail(exchange, { error: new TypeError("nobody foresaw this") });

    const { job, statuses } = await bench.run();

    expect(job).toMatchObject({
      status: "unexpected",
      causes: ["B-UX-10"],
      endedAtMs: expect.any(Number),
    });
    expect(Object.values(statuses)).not.toContain("pending");
    expect(job.detail).toEqual(UNFORESEEN);
  });
});
