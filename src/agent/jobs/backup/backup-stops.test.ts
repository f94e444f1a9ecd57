import { describe, expect, test } from "vitest";
import { BackupBench, STOPS } from "../../testing/backup-bench.ts";
import { LARGE, SMALL, WHOLE } from "../../testing/fixtures.ts";
import type { JobResult } from "../../testing/job-bench.ts";
import type { Exchange } from "../../testing/memory-service.ts";
import { JobStop } from "../job-stop.ts";

const TREE = { "a/1": WHOLE, "b/2": LARGE, "c/3": SMALL, "d/4": SMALL };

/** Runs a backup whose exchange is never answered, and stops the job while it waits. */
async function stoppedDuring(
  bench: BackupBench,
  exchange: Exchange,
  reason: (typeof STOPS)[keyof typeof STOPS],
): Promise<JobResult> {
  const stop = new JobStop();
  bench.service.fail(exchange, { when: "never" });
  const running = bench.start(stop);
  await bench.clock.advance(0);
  stop.stop(reason);
  return bench.result(await bench.clock.settle(running));
}

describe.each<Exchange>([
  "placeTag",
  "contract",
  "putBatch",
  "putFile",
  "createUpload",
  "appendUpload",
  "completeUpload",
])("a job stopped while a %s waits for its answer", (exchange) => {
  test.each([
    ["interrupt", "B-INT-1"],
    ["logout", "B-INT-2"],
  ] as const)(
    "by %s ends at once as interrupted, with every target in its details",
    async (by, cause) => {
      const bench = new BackupBench({ tree: TREE });

      const { job, statuses } = await stoppedDuring(bench, exchange, STOPS[by]);

      expect(bench.clock.elapsedMs()).toBe(0);
      expect(job).toMatchObject({
        status: "interrupted",
        causes: [cause],
        targetCount: 4,
        processedCount: 4,
      });
      expect(job.endedAtMs).not.toBeNull();
      expect(Object.keys(statuses)).toEqual(Object.keys(TREE));
      const found = new Set(Object.values(statuses));
      expect(found.isSubsetOf(new Set(["completed", "interrupted"]))).toBe(true);
    },
  );

  test("by closing ends at once as unexpected, and nothing stays pending", async () => {
    const bench = new BackupBench({ tree: TREE });

    const { job, statuses } = await stoppedDuring(bench, exchange, STOPS.close);

    expect(bench.clock.elapsedMs()).toBe(0);
    expect(job).toMatchObject({ status: "unexpected", causes: ["B-UX-6"] });
    expect(Object.values(statuses)).not.toContain("pending");
  });

  test("has on the service exactly what it calls completed, and the next run completes", async () => {
    const bench = new BackupBench({ tree: TREE });
    const { statuses } = await stoppedDuring(bench, exchange, STOPS.interrupt);

    const completed = Object.keys(TREE).filter((path) => statuses[path] === "completed");
    expect(Object.keys(bench.stored()).toSorted()).toEqual(completed);
    bench.service.heal();
    const { job } = await bench.run();

    expect(job.status).toBe("completed");
    expect(bench.stored()).toEqual(TREE);
  });
});

describe("an interrupted job", () => {
  test("reads nothing any more and still lists every target", async () => {
    const bench = new BackupBench({ tree: TREE });
    const stop = new JobStop();
    stop.stop(STOPS.interrupt);

    const { statuses } = await bench.run(stop);

    expect(statuses).toEqual(
      Object.fromEntries(Object.keys(TREE).map((path) => [path, "interrupted"])),
    );
    expect(bench.disk.callCount("open")).toBe(0);
    expect(bench.service.calls).toEqual([]);
  });

  test("knows its unchanged files once the destination was seen, and is completed when that is all", async () => {
    const bench = new BackupBench({ tree: TREE });
    await bench.run();
    const stop = new JobStop();
    bench.service.onCall = (exchange) => {
      if (exchange === "contract") stop.stop(STOPS.interrupt);
    };

    const { job } = await bench.run(stop);

    expect(job).toMatchObject({ status: "completed", causes: ["B-OK-2"] });
  });

  test("says of no file that it is there before the destination was seen, since it may be gone", async () => {
    const bench = new BackupBench({ tree: TREE });
    await bench.run();
    const stop = new JobStop();
    stop.stop(STOPS.interrupt);

    const { job } = await bench.run(stop);

    expect(job).toMatchObject({ status: "interrupted", causes: ["B-INT-1"] });
  });

  test("after a file that could not be read is mixed (D5)", async () => {
    const bench = new BackupBench({ tree: TREE });
    bench.disk.refuse("list", "/source/a", "access-denied");

    const { job } = await stoppedDuring(bench, "putBatch", STOPS.interrupt);

    expect(job.status).toBe("unexpected");
    expect(new Set(job.causes)).toEqual(new Set(["B-UX-9", "B-AD-2", "B-INT-1"]));
  });

  test.each([
    ["a pause between tries", (bench: BackupBench) => bench.service.fail("placeTag")],
    [
      "a pause for a file in use",
      (bench: BackupBench) => bench.disk.refuse("open", "/source/c/3", "busy"),
    ],
    [
      "a pause for a large file in use",
      (bench: BackupBench) => bench.disk.refuse("open", "/source/b/2", "busy"),
    ],
  ])("does not sit out %s", async (_, trouble) => {
    const bench = new BackupBench({ tree: TREE });
    trouble(bench);
    const stop = new JobStop();
    const running = bench.start(stop);
    await bench.clock.advance(1);

    stop.stop(STOPS.interrupt);
    const { job } = bench.result(await bench.clock.settle(running));

    expect(bench.clock.elapsedMs()).toBe(1);
    expect(job.status).toBe("interrupted");
  });
});

test("a job that is closed lists no target that it had not discovered", async () => {
  const files = Array.from({ length: 500 }, (_, index) => [`${index}`, WHOLE]);
  const bench = new BackupBench({
    tree: Object.fromEntries(files),
    tuning: { parallelUploadCount: 1 },
  });

  const { job } = await stoppedDuring(bench, "putFile", STOPS.close);

  expect(job.targetCount).toBeLessThan(500);
  expect(job.targetCount).toBe(job.processedCount);
});
