import { describe, expect, test } from "vitest";
import { JobDetails } from "../../state/job-details.ts";
import { PendingUploads } from "../../state/pending-uploads.ts";
import { BackupBench } from "../../testing/backup-bench.ts";
import { LARGE, SMALL, WHOLE } from "../../testing/fixtures.ts";
import type { Exchange, ExchangeFault } from "../../testing/memory-service.ts";

const TREE = { large: LARGE, small: SMALL, whole: WHOLE };

/** Starts a backup that hangs where the fault is, kills the process, and starts a new one. */
async function killedDuring(
  bench: BackupBench,
  exchange: Exchange,
  fault: ExchangeFault = {},
): Promise<void> {
  bench.service.fail(exchange, { when: "never", ...fault });
  void bench.start();
  await bench.clock.advance(0);
  bench.restart();
}

/** Content that the next run sends. */
async function bytesOfNextRun(bench: BackupBench): Promise<number> {
  const before = bench.service.receivedBytes;
  const { job } = await bench.run();
  expect(job.status).toBe("completed");
  return bench.service.receivedBytes - before;
}

describe("a job whose process was killed", () => {
  test("is closed as unexpected by the next agent, with a blank end (rule 4, D2)", async () => {
    const bench = new BackupBench({ tree: TREE });

    await killedDuring(bench, "putFile");

    const jobs = bench.history.list("backup", 1).rows;
    expect(jobs).toMatchObject([
      { status: "unexpected", causes: ["B-UX-7", "B-UX-8"], endedAtMs: null },
    ]);
    const { rows } = new JobDetails(bench.database).list(jobs[0]?.id ?? 0, 1);
    expect(rows.map(({ status }) => status)).toHaveLength(Object.keys(TREE).length);
    expect(rows.map(({ status }) => status)).not.toContain("pending");
  });

  test("leaves the jobs that had ended as they are", async () => {
    const bench = new BackupBench({ tree: TREE });
    const { job } = await bench.run();

    bench.restart();

    expect(bench.history.find(job.id)).toEqual(job);
  });
});

describe("after a cut, what was committed is not sent again:", () => {
  test.each([
    ["putBatch", { small: SMALL }],
    ["putFile", { whole: WHOLE }],
    ["completeUpload", { large: LARGE }],
  ] as const)("the answer to a %s was still on its way", async (exchange, tree) => {
    const bench = new BackupBench({ tree });

    await killedDuring(bench, exchange, { when: "unanswered" });

    expect(await bytesOfNextRun(bench)).toBe(0);
    expect(bench.stored()).toEqual(tree);
  });

  test("but what was not is, and what changed since is", async () => {
    const bench = new BackupBench({ tree: TREE });
    await killedDuring(bench, "putBatch");
    bench.disk.put("/source/whole", "changed since");

    const sentBytes = await bytesOfNextRun(bench);

    expect(sentBytes).toBe(SMALL.length + "changed since".length);
    expect(bench.stored()).toEqual({ ...TREE, whole: "changed since" });
  });
});

describe("a large file that was cut", () => {
  async function cutHalfway(): Promise<BackupBench> {
    const bench = new BackupBench({ tree: { large: LARGE } });
    bench.service.onCall = (exchange) => {
      if (exchange === "appendUpload" && bench.service.callCount("appendUpload") === 3) {
        bench.service.fail("appendUpload", { when: "never" });
      }
    };
    void bench.start();
    await bench.clock.advance(0);
    bench.restart();
    return bench;
  }

  test("starts anew when its content is another one of the same size and time, whatever came to it", async () => {
    const bench = await cutHalfway();
    const { modifiedAtNs } = await bench.disk.source.stat("/source/large");
    await bench.clock.advance(1_000);
    const other = LARGE.replaceAll(LARGE[0] ?? "", "#");
    bench.disk.put("/source/large", other, modifiedAtNs);

    expect(await bytesOfNextRun(bench)).toBe(LARGE.length);

    expect(bench.service.callCount("createUpload")).toBe(2);
    expect(bench.stored()).toEqual({ large: other });
  });

  test("starts anew when another file has its name, size and times", async () => {
    const bench = await cutHalfway();
    bench.database.transaction("streaming", () => {
      bench.database.run("UPDATE pending_upload SET file_id = 'another'");
    });

    expect(await bytesOfNextRun(bench)).toBe(LARGE.length);

    expect(bench.service.callCount("createUpload")).toBe(2);
  });

  test("starts anew when its note is one of an older agent, which says less", async () => {
    const bench = await cutHalfway();
    bench.database.transaction("streaming", () => {
      bench.database.run(
        "UPDATE pending_upload SET changed_at_ns = NULL, device_id = NULL, file_id = NULL",
      );
    });

    expect(await bytesOfNextRun(bench)).toBe(LARGE.length);
  });

  test("goes on from where it stopped, in the same upload", async () => {
    const bench = await cutHalfway();
    expect(bench.service.receivedBytes).toBe(16);

    expect(await bytesOfNextRun(bench)).toBe(LARGE.length - 16);

    expect(bench.service.callCount("createUpload")).toBe(1);
    expect(bench.stored()).toEqual({ large: LARGE });
  });

  test("goes on even when the job that was to go on was killed before it could", async () => {
    const bench = await cutHalfway();
    bench.service.onCall = () => undefined;
    await killedDuring(bench, "uploadOffset");

    expect(await bytesOfNextRun(bench)).toBe(LARGE.length - 16);
    expect(bench.service.callCount("createUpload")).toBe(1);
  });

  test("begins anew when the service forgot the upload", async () => {
    const bench = await cutHalfway();
    bench.service.uploads.clear();

    expect(await bytesOfNextRun(bench)).toBe(LARGE.length);
    expect(bench.stored()).toEqual({ large: LARGE });
  });

  test.each([
    ["is of another size", `${LARGE}!`],
    ["was written since", LARGE.toUpperCase()],
  ])("begins anew, and frees the old upload, when it %s", async (_, content) => {
    const bench = await cutHalfway();
    bench.disk.put("/source/large", content);

    expect(await bytesOfNextRun(bench)).toBe(content.length);

    expect(bench.stored()).toEqual({ large: content });
    expect(bench.service.uploads.size).toBe(0);
  });

  test("is never committed as a mixture, even when its times and size hide the change", async () => {
    const bench = await cutHalfway();
    const { modifiedAtNs } = await bench.disk.source.stat("/source/large");
    bench.disk.put("/source/large", LARGE.toUpperCase());
    bench.disk.setModifiedAt("/source/large", modifiedAtNs);

    await bytesOfNextRun(bench);

    expect(bench.service.texts(bench.at("large"))).toEqual([LARGE.toUpperCase()]);
  });
});

test("no note stays of what is on the service", async () => {
  const bench = new BackupBench({ tree: TREE });
  await killedDuring(bench, "putFile");
  await bench.run();

  const pending = new PendingUploads(bench.database, bench.source.id);

  expect(Object.keys(TREE).map((key) => pending.find(key))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
