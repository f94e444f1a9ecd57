import { describe, expect, test } from "vitest";
import { BackupBench, causesAt } from "../../testing/backup-bench.ts";
import { communicationFailure, refused } from "../../testing/failures.ts";
import { LARGE, SMALL, WHOLE } from "../../testing/fixtures.ts";
import { refusedPart, type Exchange } from "../../testing/memory-service.ts";

const TREE = { large: LARGE, small: SMALL, whole: WHOLE };

const EXCHANGES: readonly Exchange[] = [
  "placeTag",
  "contract",
  "putBatch",
  "putFile",
  "createUpload",
  "appendUpload",
  "completeUpload",
];

describe("a passing failure", () => {
  test.each(EXCHANGES)("of a %s is survived", async (exchange) => {
    const bench = new BackupBench({ tree: TREE });
    bench.service.fail(exchange, { times: 3 });

    const { job } = await bench.run();

    expect(job.status).toBe("completed");
    expect(bench.stored()).toEqual(TREE);
  });

  test.each(EXCHANGES)(
    "of a %s whose answer alone was lost gives one generation",
    async (exchange) => {
      const bench = new BackupBench({ tree: TREE });
      bench.service.fail(exchange, { times: 1, when: "after" });

      const { job } = await bench.run();

      expect(job.status).toBe("completed");
      expect(bench.stored()).toEqual(TREE);
      for (const generations of bench.service.generations.values())
        expect(generations).toHaveLength(1);
    },
  );

  test("of an append sends none of its bytes twice", async () => {
    const bench = new BackupBench({ tree: { large: LARGE } });
    bench.service.cutNextAppendAfterBytes = 3;

    await bench.run();

    expect(bench.service.receivedBytes).toBe(LARGE.length);
    expect(bench.stored()).toEqual({ large: LARGE });
  });
});

test("a commit whose answer was lost does not have the file sent again", async () => {
  const bench = new BackupBench({ tree: { large: LARGE } });
  bench.service.fail("completeUpload", { times: 1, when: "after" });

  await bench.run();

  expect(bench.service.receivedBytes).toBe(LARGE.length);
});

describe("an upload the service does not let end well", () => {
  test("because it forgot it begins anew", async () => {
    const bench = new BackupBench({ tree: { large: LARGE } });
    bench.service.onCall = (exchange) => {
      if (exchange === "completeUpload" && bench.service.callCount("completeUpload") === 1) {
        bench.service.uploads.clear();
      }
    };

    const { job } = await bench.run();

    expect(job.status).toBe("completed");
    expect(bench.stored()).toEqual({ large: LARGE });
  });

  test("because its bytes were damaged on their way is never committed damaged", async () => {
    const bench = new BackupBench({ tree: { large: LARGE } });
    bench.service.onCall = (exchange) => {
      if (exchange !== "completeUpload" || bench.service.callCount("completeUpload") > 1) return;
      for (const upload of bench.service.uploads.values())
        upload.bytes = Buffer.from(upload.bytes).fill(0, 0, 1);
    };

    const { job } = await bench.run();

    expect(job.status).toBe("completed");
    expect(bench.service.texts(bench.at("large"))).toEqual([LARGE]);
  });

  test("however often it is tried is given up", async () => {
    const bench = new BackupBench({ tree: { large: LARGE, small: SMALL } });
    bench.service.fail("completeUpload", { error: refused("digest-mismatch") });

    const result = await bench.run();

    expect(result.statuses).toEqual({ large: "unexpected", small: "completed" });
    expect(causesAt(result, "large")).toEqual(["B-UX-10"]);
    expect(bench.service.uploads.size).toBe(0);
  });
});

describe("a batch", () => {
  const FILES = { a: SMALL, b: SMALL, c: SMALL, d: null };

  test("that fails as a whole because of one file is sent one by one: that one fails alone", async () => {
    const bench = new BackupBench({ tree: FILES });
    const error = communicationFailure({ way: "blocked", transient: false });
    bench.service.fail("putBatch", { error, path: bench.at("b") });
    bench.service.fail("putFile", { error, path: bench.at("b") });

    const result = await bench.run();

    expect(result.statuses).toEqual({
      a: "completed",
      b: "communication-error",
      c: "completed",
      d: "completed",
    });
    expect(causesAt(result, "b")).toEqual(["B-CE-7"]);
    expect(bench.stored()).toEqual({ a: SMALL, c: SMALL });
  });

  test("of which one part is refused commits the others in the same request", async () => {
    const bench = new BackupBench({ tree: FILES });
    bench.service.onBatch = (results) => results.with(1, refusedPart("invalid-path"));

    const { statuses } = await bench.run();

    expect(statuses).toEqual({ a: "completed", b: "unexpected", c: "completed", d: "completed" });
    // One for the files, one for what the folder is like.
    expect(bench.service.callCount("putBatch")).toBe(2);
    expect(bench.service.callCount("putFile")).toBe(0);
  });

  test.each(["service-unavailable", "too-many-requests", "digest-mismatch"] as const)(
    "of which one part is %s just now tries that part again, and only that",
    async (code) => {
      const bench = new BackupBench({ tree: FILES });
      const partCounts: number[] = [];
      bench.service.onBatch = (results) => {
        partCounts.push(results.length);
        return partCounts.length < 3 ? results.with(0, refusedPart(code)) : results;
      };

      const { job } = await bench.run();

      // The last is about the folder.
      expect(partCounts).toEqual([4, 1, 1, 1]);
      expect(job.status).toBe("completed");
    },
  );

  test("of which one part is never served gives that part up, and only that", async () => {
    const bench = new BackupBench({ tree: FILES });
    bench.service.onBatch = (results, paths) =>
      results.map((result, index) =>
        paths[index] === bench.at("b") ? refusedPart("service-unavailable") : result,
      );

    const result = await bench.run();

    expect(result.statuses).toEqual({
      a: "completed",
      b: "communication-error",
      c: "completed",
      d: "completed",
    });
    expect(causesAt(result, "b")).toEqual(["B-CE-5"]);
  });
});

describe("a failure that does not pass", () => {
  test.each([
    ["putFile", WHOLE],
    ["createUpload", LARGE],
    ["appendUpload", LARGE],
    ["completeUpload", LARGE],
  ] as const)(
    "of a %s fails that file as a communication error and no other",
    async (exchange, content) => {
      const bench = new BackupBench({ tree: { a: content, b: content } });
      const error = communicationFailure({ way: "timeout" });
      bench.service.fail(exchange, { error, path: bench.at("a") });

      const result = await bench.run();

      expect(result.statuses).toEqual({ a: "communication-error", b: "completed" });
      expect(causesAt(result, "a")).toEqual(["B-CE-4"]);
    },
  );

  test("of the whole service gives the rest the same status, with one budget's patience", async () => {
    const files = Array.from({ length: 100 }, (_, index) => [`${index}`, WHOLE]);
    const bench = new BackupBench({
      tree: Object.fromEntries(files),
      tuning: { retryBudgetMs: 60_000 },
    });
    const error = communicationFailure({ way: "unreachable" });
    bench.service.fail("putFile", { error });
    bench.service.onCall = (exchange) => {
      if (exchange === "contract" && bench.service.callCount("contract") > 1) throw error;
    };

    const { job, statuses } = await bench.run();

    expect(job).toMatchObject({
      status: "communication-error",
      causes: ["B-CE-1"],
      processedCount: 100,
    });
    expect(new Set(Object.values(statuses))).toEqual(new Set(["communication-error"]));
    expect(bench.clock.elapsedMs()).toBeLessThanOrEqual(60_000);
  });

  test("from the first question on says of no file that it is there, since the destination may be gone", async () => {
    const bench = new BackupBench({ tree: { old: SMALL } });
    await bench.run();
    bench.disk.put("/source/new", SMALL);
    bench.service.fail("placeTag");

    const { job, statuses } = await bench.run();

    expect(statuses).toEqual({ new: "communication-error", old: "communication-error" });
    expect(job.status).toBe("communication-error");
  });

  test("after the destination was seen spares the unchanged files, which the index knows", async () => {
    const bench = new BackupBench({ tree: { old: SMALL } });
    await bench.run();
    bench.disk.put("/source/new", SMALL);
    bench.service.fail("contract");

    const { job, statuses } = await bench.run();

    expect(statuses).toEqual({ new: "communication-error", old: "no-difference" });
    expect(job.status).toBe("communication-error");
  });

  test("heals: the next run sends what was left", async () => {
    const bench = new BackupBench({ tree: TREE });
    for (const exchange of ["putBatch", "putFile", "appendUpload"] as const)
      bench.service.fail(exchange);
    await bench.run();
    bench.service.heal();

    const { job } = await bench.run();

    expect(job.status).toBe("completed");
    expect(bench.stored()).toEqual(TREE);
  });
});
