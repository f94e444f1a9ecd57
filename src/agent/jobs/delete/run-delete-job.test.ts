import { describe, expect, test } from "vitest";

import type { DeleteCauseId } from "../../../protocol/causes/causes.ts";
import { causesAt } from "../../testing/backup-bench.ts";
import { DeleteBench, pathsWith } from "../../testing/delete-bench.ts";
import { communicationFailure, refused } from "../../testing/failures.ts";
import { DESTINATION, LARGE, SMALL, WHOLE } from "../../testing/fixtures.ts";
import type { Tree } from "../../testing/test-disk.ts";
import type { Exchange } from "../../testing/memory-service.ts";
import { RunStop, type RunStopKind } from "../job-stop.ts";
import { message } from "../../../messages/message.ts";

const TREE = { "d/e/deep": SMALL, "d/near": WHOLE, empty: null, kept: SMALL, top: LARGE };

/** A bench on which everything was backed up once. */
async function backedUp(tree: Tree = TREE): Promise<DeleteBench> {
  const bench = new DeleteBench({ tree });
  await bench.runAll();
  bench.service.calls.length = 0;
  bench.told.length = 0;
  bench.progress.length = 0;
  return bench;
}

/** The same, with all of `TREE` but `kept` gone from the disk since. */
async function backedUpAndGone(): Promise<DeleteBench> {
  const bench = await backedUp();
  for (const path of ["d", "empty", "top"]) bench.disk.remove(`/source/${path}`);
  return bench;
}

function askedToDelete(bench: DeleteBench): string[] {
  return bench.service.calls.filter((call) => call.startsWith("delete"));
}

describe("what is gone from the source", () => {
  test("is deleted from the service: files with all generations, then the folders that went with them", async () => {
    const bench = await backedUpAndGone();

    const { deletion } = await bench.runAll();

    expect(bench.stored()).toEqual({ kept: SMALL });
    expect(bench.storedFolders()).toEqual([]);
    expect(bench.indexKeys()).toEqual(["kept"]);
    expect(deletion.statuses).toEqual({
      "d/e/deep": "completed",
      "d/near": "completed",
      top: "completed",
      empty: "completed",
      "d/e": "completed",
      d: "completed",
    });
    const sizeBytes = SMALL.length + WHOLE.length + LARGE.length;
    expect(deletion.job).toMatchObject({
      kind: "delete",
      status: "completed",
      causes: ["DEL-OK-1"],
      targetCount: 6,
      processedCount: 6,
      targetFileCount: 3,
      targetBytes: sizeBytes,
      transferredFileCount: 3,
      transferredBytes: sizeBytes,
      excludedCount: 0,
      endedAtMs: expect.any(Number),
      detail: null,
      settings: null,
    });
  });

  test("is nothing: then the job is completed because there was nothing to delete", async () => {
    const bench = await backedUp();

    const { deletion } = await bench.runAll();

    expect(deletion.job).toMatchObject({
      status: "completed",
      causes: ["DEL-OK-2"],
      targetCount: 0,
    });
    expect(askedToDelete(bench)).toEqual([]);
  });

  test("is not asked after with the setting off", async () => {
    const bench = await backedUpAndGone();

    const { jobs } = await bench.runAll({ settings: { compareDelete: false } });

    expect(jobs.map(({ kind }) => kind)).toEqual(["backup"]);
    expect(Object.keys(bench.stored())).toHaveLength(4);
  });

  test("includes a folder alone, and then something was deleted", async () => {
    const bench = await backedUp();
    bench.disk.remove("/source/empty");

    const { deletion } = await bench.runAll();

    expect(bench.storedFolders()).not.toContain("empty");
    expect(deletion.job).toMatchObject({ causes: ["DEL-OK-1"], transferredFileCount: 0 });
  });

  test("is not what somebody else put there, in a folder that is gone or beside it", async () => {
    const bench = await backedUpAndGone();
    const content = Buffer.from("theirs");
    bench.service.generations.set(bench.at("d/theirs"), [
      {
        sizeBytes: content.length,
        modifiedAtNs: "0",
        mode: null,
        sha256: "00".repeat(32),
        content,
      },
    ]);

    const { deletion } = await bench.runAll();

    expect(bench.stored()).toEqual({ kept: SMALL, "d/theirs": "theirs" });
    expect(bench.storedFolders()).toEqual(["d"]);
    expect(deletion.statuses).not.toHaveProperty("d");
    expect(deletion.job).toMatchObject({ status: "completed", causes: ["DEL-OK-1"] });
  });

  test("of a folder that stays is deleted, and the folder stays", async () => {
    const bench = await backedUp();
    bench.disk.remove("/source/d/e/deep");

    const { deletion } = await bench.runAll();

    expect(deletion.statuses).toEqual({ "d/e/deep": "completed" });
    expect(bench.storedFolders()).toContain("d/e");
  });

  test("and was put back the next day is backed up anew", async () => {
    const bench = await backedUpAndGone();
    await bench.runAll();
    bench.disk.put("/source/d/near", WHOLE);

    const { backup, deletion } = await bench.runAll();

    expect(backup.statuses).toMatchObject({ "d/near": "completed" });
    expect(deletion.job.causes).toEqual(["DEL-OK-2"]);
    expect(bench.stored()).toEqual({ kept: SMALL, "d/near": WHOLE });
  });

  test("includes an upload that was cut off after it had arrived, and not one that never did", async () => {
    const bench = new DeleteBench({ tree: { arrived: WHOLE, kept: SMALL, lost: LARGE } });
    bench.service.fail("putFile", { when: "after", path: bench.at("arrived") });
    bench.service.fail("createUpload");
    await bench.runAll();
    bench.service.heal();
    bench.disk.remove("/source/arrived");
    bench.disk.remove("/source/lost");

    const { deletion } = await bench.runAll();

    expect(bench.stored()).toEqual({ kept: SMALL });
    expect(deletion.statuses).toEqual({ arrived: "completed" });
    expect(deletion.job).toMatchObject({ status: "completed", targetBytes: WHOLE.length });
    expect((await bench.runAll()).deletion.job.causes).toEqual(["DEL-OK-2"]);
  });

  test("is not what a person removed from the service meanwhile: that is 未存在", async () => {
    const bench = await backedUpAndGone();
    bench.service.generations.delete(bench.at("top"));

    const { deletion } = await bench.runAll();

    expect(deletion.statuses).toMatchObject({ top: "not-found", "d/near": "completed" });
    expect(causesAt(deletion, "top")).toEqual(["DEL-NF-1"]);
    expect(deletion.job).toMatchObject({ status: "not-found", transferredFileCount: 2 });
    expect((await bench.runAll()).deletion.job.causes).toEqual(["DEL-OK-2"]);
  });
});

describe("what stands at a path in place of another kind (D21)", () => {
  test.each(["symbolic-link", "fifo", "character-device"] as const)(
    "a %s keeps neither file nor folder",
    async (kind) => {
      const bench = await backedUp();
      bench.disk.put("/source/d", { kind });
      bench.disk.put("/source/top", { kind });

      const { deletion } = await bench.runAll();

      expect(deletion.statuses).toEqual({
        d: "completed",
        "d/e": "completed",
        "d/e/deep": "completed",
        "d/near": "completed",
        top: "completed",
      });
      expect(Object.keys(bench.stored())).toEqual(["kept"]);
    },
  );

  test("a folder keeps no file, and a file no folder", async () => {
    const bench = await backedUp();
    bench.disk.put("/source/d", SMALL);
    bench.disk.put("/source/d.between", SMALL);
    bench.disk.remove("/source/top");
    bench.disk.put("/source/top/inside", SMALL);
    bench.disk.put("/source/top.between", SMALL);

    const { deletion } = await bench.runAll();

    expect(Object.keys(deletion.statuses).toSorted()).toEqual([
      "d",
      "d/e",
      "d/e/deep",
      "d/near",
      "top",
    ]);
    expect(Object.keys(bench.stored()).toSorted()).toEqual([
      "d",
      "d.between",
      "kept",
      "top.between",
      "top/inside",
    ]);
    expect(bench.storedFolders()).toEqual(["empty", "top"]);
    expect((await bench.runAll()).deletion.job.causes).toEqual(["DEL-OK-2"]);
  });
});

describe("what stands at a path protects it and all below", () => {
  test.each(["list", "stat"] as const)(
    "a folder that the disk refuses to %s (D9)",
    async (method) => {
      const bench = await backedUp();
      bench.disk.remove("/source/d/near");
      bench.disk.remove("/source/top");
      bench.disk.refuse(method, "/source/d", "access-denied");

      const { backup, deletion } = await bench.runAll();

      expect(backup.job.status).toBe("access-denied");
      expect(deletion.statuses).toEqual({ top: "completed" });
      expect(bench.stored()).toHaveProperty("d/near");
    },
  );

  test("a hidden entry that is left out (F18)", async () => {
    const bench = await backedUp();
    bench.disk.setHidden("/source/d");
    bench.disk.setHidden("/source/top");

    const { deletion } = await bench.runAll({ settings: { includeHidden: false } });

    expect(deletion.rows).toEqual([]);
    expect(Object.keys(bench.stored())).toHaveLength(4);
  });

  test("a file that could not be looked at", async () => {
    const bench = await backedUp();
    bench.disk.refuse("stat", "/source/top", "io-error", 1);

    const { deletion } = await bench.runAll();

    expect(deletion.rows).toEqual([]);
    expect(bench.stored()).toHaveProperty("top");
  });

  test("a folder that was empty and is not any more", async () => {
    const bench = await backedUp();
    bench.disk.put("/source/empty/new", SMALL);
    bench.disk.put("/source/empty/link", { kind: "symbolic-link" });

    const { deletion } = await bench.runAll();

    expect(deletion.rows).toEqual([]);
    expect(bench.stored()).toHaveProperty("empty/new");
  });

  test("a file that was changed, or could not be sent", async () => {
    const bench = await backedUp();
    bench.disk.put("/source/top", WHOLE);
    bench.disk.refuse("open", "/source/top", "busy");

    const { deletion } = await bench.runAll();

    expect(deletion.job.causes).toEqual(["DEL-OK-2"]);
  });
});

describe("a name that was respelled on a disk that takes both spellings for one (D20)", () => {
  const tree = { "Report.txt": WHOLE, "Sub/Deep/a": SMALL, "Sub/b": SMALL, パ: SMALL };

  /** Backed up, and then renamed in letter case and normalisation only. */
  async function respelled(): Promise<DeleteBench> {
    const bench = new DeleteBench({ tree, disk: { caseSensitive: false, formSensitive: false } });
    await bench.runAll();
    bench.disk.rename("/source/Report.txt", "/source/report.txt");
    bench.disk.rename("/source/Sub/Deep", "/source/Sub/DEEP");
    bench.disk.rename("/source/Sub", "/source/sub");
    bench.disk.rename("/source/パ", `/source/${"パ".normalize("NFD")}`);
    return bench;
  }

  test("is one file under its new name, folders too", async () => {
    const bench = await respelled();

    const { deletion } = await bench.runAll();

    expect(deletion.job.status).toBe("completed");
    expect(bench.stored()).toEqual({
      "report.txt": WHOLE,
      "sub/DEEP/a": SMALL,
      "sub/b": SMALL,
      ["パ".normalize("NFD")]: SMALL,
    });
    expect(bench.storedFolders()).toEqual(["sub", "sub/DEEP"]);
    expect((await bench.runAll()).deletion.job.causes).toEqual(["DEL-OK-2"]);
  });

  test("also where the host cannot tell how the disk spells it", async () => {
    const bench = await respelled();
    bench.disk.source.spelling = (path) => Promise.resolve(path);

    await bench.runAll();

    expect(bench.storedFolders()).toEqual(["sub", "sub/DEEP"]);
    expect(Object.keys(bench.stored())).toHaveLength(4);
  });

  test("is kept under its first spelling when it has that again at the second look", async () => {
    const bench = await respelled();
    const before = bench.disk.onCall;
    let isBack = false;
    bench.told.length = 0;
    bench.disk.onCall = (method, path) => {
      before(method, path);
      if (isBack || !bench.told.some((job) => job.kind === "delete")) return;
      isBack = true;
      bench.disk.rename("/source/report.txt", "/source/Report.txt");
    };

    const { deletion } = await bench.runAll();

    expect(deletion.statuses).toMatchObject({ "Report.txt": "excluded" });
    expect(bench.stored()).toHaveProperty(["Report.txt"], WHOLE);
  });
});

describe("the second look", () => {
  /** Lets something happen on the disk when the first deletion is about to be made. */
  function beforeDeletion(bench: DeleteBench, happens: () => void): void {
    bench.told.length = 0;
    let isDone = false;
    const before = bench.disk.onCall;
    bench.disk.onCall = (method, path) => {
      before(method, path);
      const runs = bench.told.some(({ kind, status }) => kind === "delete" && status === "running");
      if (isDone || !runs) return;
      isDone = true;
      happens();
    };
  }

  test("keeps a file that came back between scan and deletion", async () => {
    const bench = await backedUpAndGone();
    beforeDeletion(bench, () => bench.disk.put("/source/d/near", "back"));

    const { deletion } = await bench.runAll();

    expect(deletion.statuses).toMatchObject({
      "d/near": "excluded",
      "d/e/deep": "completed",
      d: "excluded",
    });
    expect(bench.stored()).toEqual({ kept: SMALL, "d/near": WHOLE });
    expect(bench.storedFolders()).toEqual(["d"]);
  });

  test("keeps everything when the source folder vanishes meanwhile (an unmounted drive)", async () => {
    const bench = await backedUpAndGone();
    beforeDeletion(bench, () => bench.disk.remove("/source"));

    const { deletion } = await bench.runAll();

    expect(askedToDelete(bench)).toEqual([]);
    expect(new Set(deletion.rows.map(({ status }) => status))).toEqual(new Set(["excluded"]));
    expect(deletion.job).toMatchObject({ status: "completed", causes: ["DEL-OK-2"] });
  });

  test("keeps everything when another disk stands there meanwhile", async () => {
    const bench = await backedUpAndGone();
    beforeDeletion(bench, () => bench.disk.setDevice("/source", 2));

    await bench.runAll();

    expect(askedToDelete(bench)).toEqual([]);
  });

  test("does not look for a file behind a link that took its folder's place", async () => {
    const bench = await backedUpAndGone();
    beforeDeletion(bench, () => bench.disk.put("/source/d", { kind: "symbolic-link" }));

    const { deletion } = await bench.runAll();

    expect(deletion.statuses).toMatchObject({ "d/near": "completed", d: "completed" });
    expect(bench.stored()).toEqual({ kept: SMALL });
  });

  test("keeps a file that came back, and not one in whose place a folder did", async () => {
    const bench = await backedUpAndGone();
    beforeDeletion(bench, () => {
      bench.disk.mkdir("/source/top");
      bench.disk.put("/source/d/near", "back");
    });

    const { deletion } = await bench.runAll();

    expect(deletion.statuses).toMatchObject({ "d/near": "excluded", top: "completed" });
  });

  test("keeps what it cannot look for", async () => {
    const bench = await backedUpAndGone();
    bench.disk.refuse("stat", "/source/top", "io-error");

    const { deletion } = await bench.runAll();

    expect(deletion.rows.find(({ path }) => path === "top")).toMatchObject({
      status: "excluded",
      detail: { code: "delete.not-looked-for" },
    });
    expect(bench.stored()).toHaveProperty("top");
  });
});

describe("a deletion that the service does not carry out", () => {
  test.each<[string, Error, string, DeleteCauseId]>([
    [
      "is not reached",
      communicationFailure({ way: "unreachable" }),
      "communication-error",
      "DEL-CE-1",
    ],
    ["is cut", communicationFailure({ way: "reset" }), "communication-error", "DEL-CE-3"],
    [
      "is out of order",
      communicationFailure({ way: "unavailable" }),
      "communication-error",
      "DEL-CE-5",
    ],
    [
      "is blocked",
      communicationFailure({ way: "blocked", transient: false }),
      "communication-error",
      "DEL-CE-6",
    ],
    [
      "cannot be trusted",
      communicationFailure({ way: "tls", transient: false }),
      "communication-error",
      "DEL-CE-1",
    ],
    ["says no", refused("access-refused"), "unexpected", "DEL-UX-4"],
    [
      "is not who answers",
      communicationFailure({ way: "foreign" }),
      "communication-error",
      "DEL-CE-6",
    ],
  ])("because it %s fails that file; the others are deleted", async (_, error, status, cause) => {
    const bench = await backedUpAndGone();
    bench.service.fail("deleteFile", { error, path: bench.at("top") });

    const { deletion } = await bench.runAll();

    expect(deletion.statuses).toMatchObject({ top: status, "d/near": "completed", d: "completed" });
    expect(causesAt(deletion, "top")).toEqual([cause]);
    expect(deletion.job).toMatchObject({ status, causes: [cause] });
    bench.service.heal();
    expect((await bench.runAll()).deletion.statuses).toEqual({ top: "completed" });
    expect(bench.stored()).toEqual({ kept: SMALL });
  });

  test("for a while is tried again until it does", async () => {
    const bench = await backedUpAndGone();
    bench.service.fail("deleteFile", { times: 5 });
    bench.service.fail("deleteEmptyFolder", { times: 5 });

    const { deletion } = await bench.runAll();

    expect(deletion.job).toMatchObject({ status: "completed", processedCount: 6 });
    expect(bench.stored()).toEqual({ kept: SMALL });
  });

  test("or does, and the answer is lost: then it was this deletion", async () => {
    const bench = await backedUpAndGone();
    bench.service.fail("deleteFile", { times: 2, when: "after" });
    bench.service.fail("deleteEmptyFolder", { times: 2, when: "after" });

    const { deletion } = await bench.runAll();

    expect(deletion.job).toMatchObject({ status: "completed", transferredFileCount: 3 });
  });

  test("or does, and nobody ever hears of it: what comes back is backed up anew", async () => {
    const bench = await backedUpAndGone();
    const doubted = (): unknown[] =>
      bench.database.all("SELECT key FROM file_index WHERE in_doubt > 0").map(({ key }) => key);
    bench.service.fail("deleteFile", { when: "after" });
    bench.service.fail("deleteEmptyFolder", { when: "after" });
    const { deletion } = await bench.runAll();
    expect(deletion.job.status).toBe("communication-error");
    expect(doubted()).toEqual(["d/e/deep", "d/near", "empty/", "top"]);
    bench.service.heal();
    bench.disk.mkdir("/source/empty");

    const { backup } = await bench.runAll();

    expect(backup.statuses).toMatchObject({ empty: "completed" });
    expect(bench.storedFolders()).toContain("empty");
    expect(doubted()).toEqual([]);
  });

  test("because it is gone for everybody spares the rest the wait", async () => {
    const tree = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`gone/${n}`, SMALL]));
    const bench = await backedUp({ ...tree, kept: SMALL });
    bench.disk.remove("/source/gone");
    bench.service.fail("deleteFile");
    const before = bench.service.onCall;
    bench.service.onCall = (exchange, paths) => {
      before(exchange, paths);
      // The backup before could still ask; from the first deletion on nothing is answered.
      if (exchange === "deleteFile") bench.service.fail("contract");
    };

    const { deletion } = await bench.runAll();

    expect(deletion.job).toMatchObject({
      status: "communication-error",
      causes: ["DEL-CE-3"],
      targetFileCount: 50,
      processedCount: 50,
      transferredFileCount: 0,
    });
    expect(bench.clock.elapsedMs()).toBeLessThan(30 * 60_000);
    expect(Object.keys(bench.stored())).toHaveLength(51);
  });

  test("because it takes the login no longer is not asked again for every file", async () => {
    const tree = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`gone/${n}`, SMALL]));
    const bench = await backedUp({ ...tree, kept: SMALL });
    bench.disk.remove("/source/gone");
    bench.service.fail("deleteFile", { error: refused("invalid-credentials") });

    const { deletion } = await bench.runAll();

    expect(deletion.job).toMatchObject({ status: "unexpected", processedCount: 50 });
    expect(bench.service.callCount("deleteFile")).toBeLessThanOrEqual(8);
  });

  test("with two kinds of trouble makes the job mixed", async () => {
    const bench = await backedUpAndGone();
    bench.service.generations.delete(bench.at("d/near"));
    bench.service.fail("deleteFile", { error: refused("access-refused"), path: bench.at("top") });

    const { deletion } = await bench.runAll();

    expect(deletion.job.status).toBe("unexpected");
    expect(deletion.job.causes).toEqual(
      expect.arrayContaining(["DEL-UX-3", "DEL-NF-1", "DEL-UX-4"]),
    );
  });

  test.each<Exchange>(["deleteFile", "deleteEmptyFolder"])(
    "in a way nobody foresaw (%s) ends the job, and says so",
    async (exchange) => {
      const bench = await backedUpAndGone();
      bench.service.fail(exchange, { error: new TypeError("nobody foresaw this") });

      const { deletion } = await bench.runAll();

      expect(deletion.job).toMatchObject({
        status: "unexpected",
        causes: ["DEL-UX-4"],
        endedAtMs: expect.any(Number),
        detail: {
          code: "run.unforeseen",
          params: { why: message("system.program-error", { name: "TypeError" }) },
        },
      });
    },
  );
});

describe("a deletion that is stopped", () => {
  /** Stops a run while a deletion waits for its answer. */
  async function stoppedBy(kind: RunStopKind, exchange: Exchange = "deleteFile") {
    const bench = await backedUpAndGone();
    const stop = new RunStop();
    bench.service.fail(exchange, { when: "never" });
    const running = bench.startAll({ stop });
    await bench.clock.advance(0);
    stop.stop(kind);
    const [, job] = await bench.clock.settle(running);
    if (job === undefined) throw new Error("there is no delete job");
    return { bench, deletion: bench.result(job) };
  }

  test.each([
    ["interrupt", "DEL-INT-1"],
    ["logout", "DEL-INT-2"],
  ] as const)("by %s lists every file that was not deleted as interrupted", async (kind, cause) => {
    const { bench, deletion } = await stoppedBy(kind);

    expect(bench.clock.elapsedMs()).toBe(0);
    expect(deletion.job).toMatchObject({ status: "interrupted", causes: [cause] });
    expect(pathsWith(deletion, "interrupted")).toEqual(
      expect.arrayContaining(["d/e/deep", "d/near", "top"]),
    );
    expect(Object.keys(bench.stored())).toHaveLength(4);
  });

  test("by closing the tool ends at once (DEL-UX-4)", async () => {
    const { bench, deletion } = await stoppedBy("close");

    expect(bench.clock.elapsedMs()).toBe(0);
    expect(deletion.job).toMatchObject({ status: "unexpected", causes: ["DEL-UX-4"] });
    expect(deletion.job.endedAtMs).not.toBeNull();
  });

  test("among the folders keeps what it did, and the next run does the rest", async () => {
    const { bench, deletion } = await stoppedBy("interrupt", "deleteEmptyFolder");

    expect(pathsWith(deletion, "completed")).toHaveLength(3);
    expect(pathsWith(deletion, "interrupted").toSorted()).toEqual(["d", "d/e", "empty"]);
    bench.service.heal();
    await bench.runAll();
    expect(bench.storedFolders()).toEqual([]);
    expect(bench.indexKeys()).toEqual(["kept"]);
  });

  test("by the memory budget ends at once (DEL-OM-1)", async () => {
    const bench = await backedUpAndGone();
    bench.usedBytes = (activity) => (activity === "delete" ? Number.POSITIVE_INFINITY : 0);

    const { deletion } = await bench.runAll();

    expect(deletion.job).toMatchObject({ status: "out-of-memory", causes: ["DEL-OM-1"] });
    expect(Object.keys(bench.stored())).toHaveLength(4);
  });
});

describe("the progress of a deletion", () => {
  test("goes from nothing to all that is gone", async () => {
    const bench = await backedUpAndGone();

    const { deletion } = await bench.runAll();

    const own = bench.progress.filter(({ jobId }) => jobId === deletion.job.id);
    expect(own.map(({ filesDone }) => filesDone)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(own.at(-1)).toMatchObject({
      filesTotal: 6,
      bytesDone: deletion.job.targetBytes,
      bytesTotal: deletion.job.targetBytes,
    });
  });
});

test("no more deletions are under way at once than the tuning says", async () => {
  const tree = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`gone/${n}`, SMALL]));
  const bench = new DeleteBench({
    tree: { ...tree, kept: SMALL },
    tuning: { parallelDeleteCount: 3 },
  });
  await bench.runAll();
  bench.disk.remove("/source/gone");
  bench.service.fail("deleteFile", { when: "never" });
  const stop = new RunStop();

  const running = bench.startAll({ stop });
  await bench.clock.advance(0);
  expect(bench.service.callCount("deleteFile")).toBe(3);
  stop.stop("interrupt");
  await bench.clock.settle(running);
});

describe("a folder that took the place of the destination", () => {
  test("keeps what is in it: what is gone went with the folder before (DEL-NF-1)", async () => {
    const bench = await backedUpAndGone();
    bench.service.onCall = (exchange) => {
      if (exchange !== "deleteFile") return;
      bench.service.lose(DESTINATION);
      bench.service.folders.add(DESTINATION);
      bench.service.onCall = () => undefined;
      bench.service.generations.set(`${DESTINATION}/top`, []);
    };

    const { deletion } = await bench.runAll();

    expect(deletion.job).toMatchObject({ status: "not-found", causes: ["DEL-NF-1"] });
    expect([...bench.service.generations.keys()]).toEqual([`${DESTINATION}/top`]);
  });

  test("is left alone when the service was put back meanwhile (DEL-UX-4)", async () => {
    const bench = await backedUpAndGone();
    bench.service.onCall = (exchange) => {
      if (exchange === "deleteFile") bench.service.timeline = "second";
    };

    const { deletion } = await bench.runAll();

    expect(deletion.job.causes).toEqual(["DEL-UX-4"]);
    expect(bench.stored()).toMatchObject({ top: LARGE });
  });
});
