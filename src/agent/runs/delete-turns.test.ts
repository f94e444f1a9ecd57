import { describe, expect, test } from "vitest";

import { closeOrphanedJobs } from "./close-orphaned-jobs.ts";
import { RunStop, type RunStopKind } from "../jobs/job-stop.ts";
import { SourceStore } from "../state/source-store.ts";
import { DeleteBench } from "../testing/delete-bench.ts";
import { communicationFailure } from "../testing/failures.ts";
import { SMALL, WHOLE } from "../testing/fixtures.ts";

const NOT_RUN = { kind: "delete", status: "not-run", endedAtMs: null, targetCount: 0 } as const;

async function backedUp(): Promise<DeleteBench> {
  const bench = new DeleteBench({ tree: { gone: WHOLE, kept: SMALL } });
  await bench.runAll();
  return bench;
}

describe("the delete job of a backup", () => {
  test("is not run after a backup that could not reach the service", async () => {
    const bench = await backedUp();
    bench.disk.remove("/source/gone");
    bench.disk.put("/source/new", SMALL);
    bench.service.fail("putBatch", { error: communicationFailure({ transient: false }) });
    bench.service.fail("putFile", { error: communicationFailure({ transient: false }) });

    const { deletion } = await bench.runAll();

    expect(deletion.job).toMatchObject({ ...NOT_RUN, causes: ["DEL-NR-1"] });
    expect(deletion.job.startedAtMs).toBe(bench.clock.nowMs());
    expect(bench.stored()).toHaveProperty("gone");
  });

  test("is not run when the trouble that forbids it is one of several", async () => {
    const bench = await backedUp();
    bench.disk.remove("/source/gone");
    bench.disk.put("/source/new", SMALL);
    bench.disk.put("/source/a:b", SMALL);
    bench.service.fail("putBatch", { error: communicationFailure({ transient: false }) });
    bench.service.fail("putFile", { error: communicationFailure({ transient: false }) });

    const { backup, deletion } = await bench.runAll();

    expect(backup.job.causes).toContain("B-UX-9");
    expect(deletion.job).toMatchObject({ ...NOT_RUN, causes: ["DEL-NR-1"] });
  });

  test.each(["/source", "destination"] as const)("is not run when the %s is gone", async (what) => {
    const bench = await backedUp();
    if (what === "/source") bench.disk.remove("/source");
    else bench.service.folders.clear();

    const { deletion } = await bench.runAll();

    expect(deletion.job).toMatchObject({ ...NOT_RUN, causes: ["DEL-NR-1"] });
  });

  test("is not run when the backup ran out of memory", async () => {
    const bench = await backedUp();
    bench.disk.remove("/source/gone");
    bench.usedBytes = (activity) => (activity === "scan" ? Number.POSITIVE_INFINITY : 0);

    const { deletion } = await bench.runAll();

    expect(deletion.job).toMatchObject({ ...NOT_RUN, causes: ["DEL-NR-1"] });
    expect(bench.stored()).toHaveProperty("gone");
  });

  test("is not run when the scan ended in a way nobody foresaw", async () => {
    const bench = await backedUp();
    bench.disk.remove("/source/gone");
    bench.disk.source.hiddenNames = () => Promise.reject(new TypeError("nobody foresaw this"));

    const { deletion } = await bench.runAll({ settings: { includeHidden: false } });

    expect(deletion.job).toMatchObject({ ...NOT_RUN, causes: ["DEL-NR-1"] });
  });

  test("is run after a backup some of whose files failed for themselves", async () => {
    const bench = await backedUp();
    bench.disk.remove("/source/gone");
    bench.disk.put("/source/a:b", SMALL);
    bench.disk.put("/source/denied", SMALL);
    bench.disk.put("/source/large", WHOLE);
    bench.disk.refuse("open", "/source/denied", "access-denied");
    bench.service.quotaBytes = 1;

    const { backup, deletion } = await bench.runAll();

    expect(backup.job.status).toBe("unexpected");
    expect(deletion.statuses).toEqual({ gone: "completed" });
  });

  test.each<[RunStopKind, string]>([
    ["interrupt", "DEL-NR-1"],
    ["logout", "DEL-NR-1"],
    ["close", "DEL-NR-1"],
  ])("is not run after a backup that was ended by %s (%s)", async (kind, cause) => {
    const bench = await backedUp();
    bench.disk.remove("/source/gone");
    const stop = new RunStop();
    bench.service.onCall = (exchange) => {
      if (exchange === "placeTag") stop.stop(kind);
    };

    const { deletion } = await bench.runAll({ stop });

    expect(deletion.job).toMatchObject({ ...NOT_RUN, causes: [cause] });
    expect(bench.stored()).toHaveProperty("gone");
  });
});

describe("a source that is suddenly empty or on another device (D15)", () => {
  async function emptied(): Promise<DeleteBench> {
    const bench = await backedUp();
    bench.disk.remove("/source/gone");
    bench.disk.remove("/source/kept");
    bench.disk.mkdir("/source/lost+found");
    return bench;
  }

  async function onAnotherDevice(): Promise<DeleteBench> {
    const bench = await backedUp();
    bench.disk.remove("/source/gone");
    bench.disk.setDevice("/source", 2);
    return bench;
  }

  describe.each([
    ["emptied", emptied],
    ["on another device", onAnotherDevice],
  ] as const)("%s", (_, prepare) => {
    test("has nothing deleted, however often it is backed up", async () => {
      const bench = await prepare();

      for (const trigger of ["schedule", "manual", "rerun"] as const) {
        const { deletion } = await bench.runAll({ trigger });
        expect(deletion.job).toMatchObject({ ...NOT_RUN, causes: ["DEL-NR-3"], trigger });
      }
      expect(bench.stored()).toHaveProperty("gone");
    });

    test("has it deleted once a backup started by hand confirms it, and from then on", async () => {
      const bench = await prepare();

      const { deletion } = await bench.runAll({ confirmDeletions: true });
      expect(deletion.statuses).toMatchObject({ gone: "completed" });
      bench.disk.put("/source/later", SMALL);
      await bench.runAll({ trigger: "schedule" });
      bench.disk.put("/source/still", SMALL);
      bench.disk.remove("/source/later");
      const later = await bench.runAll({ trigger: "schedule" });

      expect(later.deletion.statuses).toEqual({ later: "completed" });
    });

    test("is not confirmed by the schedule", async () => {
      const bench = await prepare();

      const { deletion } = await bench.runAll({ trigger: "schedule", confirmDeletions: true });

      expect(deletion.job).toMatchObject({ ...NOT_RUN, causes: ["DEL-NR-3"] });
    });
  });

  test("is judged by the device it was first seen on, with the setting off too", async () => {
    const bench = new DeleteBench({ tree: { gone: SMALL, kept: SMALL } });
    await bench.runAll({ settings: { compareDelete: false } });
    expect(new SourceStore(bench.database).deviceId(bench.source.id)).toBe("1://");
    bench.disk.remove("/source/gone");
    bench.disk.setDevice("/source", 2);

    const { deletion } = await bench.runAll();

    expect(deletion.job).toMatchObject({ ...NOT_RUN, causes: ["DEL-NR-3"] });
  });

  test("that never had a file is no such case", async () => {
    const bench = new DeleteBench({ tree: { empty: null } });
    await bench.runAll();
    bench.disk.remove("/source/empty");

    expect((await bench.runAll()).deletion.statuses).toEqual({ empty: "completed" });
  });
});

describe("several sources", () => {
  async function three(): Promise<DeleteBench> {
    const bench = new DeleteBench({ tree: { gone: SMALL, kept: SMALL } });
    for (const name of ["second", "third"]) {
      bench.addSource(name);
      bench.disk.put(`/${name}/gone`, SMALL);
      bench.disk.put(`/${name}/kept`, SMALL);
    }
    await bench.runAll();
    bench.told.length = 0;
    for (const { path } of bench.sources) bench.disk.remove(`${path}/gone`);
    return bench;
  }

  test("have a backup and a delete job each, in order", async () => {
    const bench = await three();

    const { jobs } = await bench.runAll();

    expect(jobs.map(({ kind, sourcePath }) => `${kind} ${sourcePath}`)).toEqual(
      bench.sources.flatMap(({ path }) => [`backup ${path}`, `delete ${path}`]),
    );
    expect(jobs.every(({ status }) => status === "completed")).toBe(true);
  });

  test("wait for their turn from the first deletion on, and start when it comes", async () => {
    const bench = await three();

    const { jobs } = await bench.runAll();

    const told = bench.told
      .filter(({ kind }) => kind === "delete")
      .map(({ sourcePath, status, causes }) => `${sourcePath} ${status} ${causes.join()}`);
    expect(told).toEqual([
      "/second waiting DEL-WT-1",
      "/third waiting DEL-WT-1",
      "/source running DEL-RUN-1",
      "/source completed DEL-OK-1",
      "/second running DEL-RUN-1",
      "/second completed DEL-OK-1",
      "/third running DEL-RUN-1",
      "/third completed DEL-OK-1",
    ]);
    const deletions = jobs.filter(({ kind }) => kind === "delete");
    expect(new Set(deletions.map(({ id }) => id)).size).toBe(3);
  });

  test("have what waits not run when its own backup forbids it", async () => {
    const bench = await three();
    bench.disk.remove("/second");

    const { jobs } = await bench.runAll();

    expect(jobs[3]).toMatchObject({ ...NOT_RUN, sourcePath: "/second", causes: ["DEL-NR-1"] });
    expect(jobs[5]).toMatchObject({ sourcePath: "/third", status: "completed" });
  });

  test.each<[RunStopKind, string]>([
    ["interrupt", "DEL-NR-1"],
    ["logout", "DEL-NR-1"],
    ["close", "DEL-NR-2"],
  ])("have what waits not run when the run ends by %s (%s)", async (kind, cause) => {
    const bench = await three();
    const stop = new RunStop();
    bench.service.fail("deleteFile", { when: "never" });

    const running = bench.startAll({ stop });
    await bench.clock.advance(0);
    expect(bench.history.waiting().map(({ sourcePath }) => sourcePath)).toEqual([
      "/second",
      "/third",
    ]);
    stop.stop(kind);
    const jobs = await bench.clock.settle(running);

    expect(jobs.slice(2)).toMatchObject([
      { ...NOT_RUN, sourcePath: "/second", causes: [cause] },
      { ...NOT_RUN, sourcePath: "/third", causes: [cause] },
    ]);
    expect(bench.history.waiting()).toEqual([]);
  });

  test("have what waits not run when the process is killed, and the running one unexpected", async () => {
    const bench = await three();
    bench.service.fail("deleteFile", { when: "never" });
    void bench.startAll();
    await bench.clock.advance(0);

    const closed = closeOrphanedJobs(bench.database);

    expect(closed).toHaveLength(3);
    const { rows } = bench.history.list("delete", 1);
    expect(rows.slice(0, 3).toSorted((left, right) => left.id - right.id)).toMatchObject([
      {
        sourcePath: "/source",
        status: "unexpected",
        causes: ["DEL-UX-1", "DEL-UX-2"],
        endedAtMs: null,
      },
      { ...NOT_RUN, sourcePath: "/second", causes: ["DEL-NR-2"] },
      { ...NOT_RUN, sourcePath: "/third", causes: ["DEL-NR-2"] },
    ]);
    expect(closeOrphanedJobs(bench.database)).toEqual([]);
  });
});
