import { describe, expect, test } from "vitest";

import type { ExchangeFailure } from "../../../protocol/causes/exchange-failure.ts";
import { communicationFailure, refused } from "../../testing/failures.ts";
import { FROM, RESTORE_STOPS, RestoreBench, TO } from "../../testing/restore-bench.ts";

const CAUSES: readonly (readonly [ExchangeFailure, string])[] = [
  ["unreachable", "R-CE-1"],
  ["unresolved", "R-CE-2"],
  ["reset", "R-CE-3"],
  ["timeout", "R-CE-4"],
  ["unavailable", "R-CE-5"],
  ["corrupt", "R-CE-6"],
  ["blocked", "R-CE-6"],
  ["foreign", "R-CE-6"],
  ["off-contract", "R-CE-6"],
  ["tls", "R-CE-1"],
];

describe("a cut download", () => {
  const text = "0123456789abcdef";

  test.each(Array.from({ length: text.length }, (_, index) => index))(
    "after %i bytes goes on where it stopped",
    async (cutAfterBytes) => {
      const bench = new RestoreBench({ stored: { a: text } });
      bench.service.cutNextDownloadAfterBytes = cutAfterBytes;
      let sentBytes = 0;
      bench.service.onDownload = (bytes) => {
        sentBytes += bytes.length;
        return bytes;
      };

      const { outcomes } = await bench.run();

      expect(outcomes).toEqual({ a: "completed" });
      expect(bench.disk.tree()).toEqual({ a: text });
      expect(sentBytes).toBe(text.length + text.length - cutAfterBytes);
    },
  );

  test("starts over when the file has changed meanwhile", async () => {
    const bench = new RestoreBench({ stored: { a: text } });
    bench.service.cutNextDownloadAfterBytes = 10;
    let count = 0;
    bench.service.onCall = (exchange) => {
      if (exchange === "download" && ++count === 2) bench.store("a", "another");
    };

    const { rows } = await bench.run();

    expect(rows[0]).toMatchObject({ status: "completed", sizeBytes: 7 });
    expect(bench.disk.tree()).toEqual({ a: "another" });
  });

  test("that gets further each time is never given up, however long it takes", async () => {
    const bench = new RestoreBench({ stored: { a: text }, tuning: { retryBudgetMs: 2_500 } });
    bench.service.onCall = (exchange) => {
      if (exchange === "download") bench.service.cutNextDownloadAfterBytes = 1;
    };
    bench.service.onDownload = (bytes) => {
      if (bytes.length === 1) bench.service.cutNextDownloadAfterBytes = undefined;
      return bytes;
    };

    expect((await bench.run()).outcomes).toEqual({ a: "completed" });
    expect(bench.service.callCount("download")).toBe(text.length);
  });
});

describe("bytes that are damaged", () => {
  test("are fetched again from the start, and not left there", async () => {
    const bench = new RestoreBench({ stored: { a: "content" } });
    let count = 0;
    bench.service.onDownload = (bytes) => (++count === 1 ? Buffer.from("CONTENT") : bytes);

    expect((await bench.run()).outcomes).toEqual({ a: "completed" });
    expect(bench.disk.tree()).toEqual({ a: "content" });
  });

  test.each([
    ["always are other bytes", (bytes: Uint8Array) => Buffer.alloc(bytes.length, "x")],
    ["never come", (bytes: Uint8Array) => bytes.subarray(0, 0)],
  ])("%s: R-CE-6, with nothing left of them", async (_, spoil) => {
    const bench = new RestoreBench({ stored: { a: "content", b: "fine" } });
    bench.service.onDownload = (bytes, path) => (path.endsWith("/a") ? spoil(bytes) : bytes);

    const { job, outcomes } = await bench.run();

    expect(outcomes).toEqual({ a: "communication-error R-CE-6", b: "completed" });
    expect(job).toMatchObject({ status: "communication-error", causes: ["R-CE-6"] });
    expect(bench.disk.tree()).toEqual({ b: "fine" });
  });
});

describe("an exchange that fails for good", () => {
  test.each(CAUSES)("%s is %s: of one file, in its row", async (way, wanted) => {
    const bench = new RestoreBench({ stored: { a: "1", b: "2" } });
    const error = communicationFailure({ way, transient: way !== "blocked" && way !== "tls" });
    bench.service.fail("download", { error, path: `${FROM}/a` });

    const { job, outcomes } = await bench.run();

    expect(outcomes).toEqual({ a: `communication-error ${wanted}`, b: "completed" });
    expect(job).toMatchObject({ status: "communication-error", causes: [wanted] });
  });

  test.each(CAUSES)("%s is %s: of the first page, in one row", async (way, wanted) => {
    const bench = new RestoreBench({ stored: { a: "1" } });
    const error = communicationFailure({ way, transient: way !== "blocked" && way !== "tls" });
    bench.service.fail("listPage", { error });

    const { job, outcomes } = await bench.run();

    expect(outcomes).toEqual({ "": `communication-error ${wanted}` });
    expect(job).toMatchObject({ status: "communication-error", causes: [wanted] });
  });

  test("a refusal is R-CE-6", async () => {
    const error = refused("access-refused");
    const bench = new RestoreBench({ stored: { a: "1", b: "2" } });
    bench.service.fail("download", { error, path: `${FROM}/a` });

    const { outcomes } = await bench.run();

    expect(outcomes).toEqual({ a: "communication-error R-CE-6", b: "completed" });
  });

  test("of a later page ends the listing, in the restored folder's own row", async () => {
    const bench = new RestoreBench({ stored: { a: "1", b: "2", c: "3" } });
    bench.service.pageEntryCount = 2;
    let count = 0;
    bench.service.onCall = (exchange) => {
      if (exchange === "listPage" && ++count > 1)
        throw communicationFailure({ way: "unavailable" });
    };

    const { job, outcomes } = await bench.run();

    expect(outcomes).toEqual({
      a: "completed",
      b: "completed",
      "": "communication-error R-CE-5",
    });
    expect(job.status).toBe("communication-error");
  });

  test.each([
    [
      "another folder has its place",
      (bench: RestoreBench) => {
        bench.service.lose(FROM);
        bench.service.folders.add(FROM);
      },
    ],
    ["the service was put back", (bench: RestoreBench) => (bench.service.timeline = "second")],
  ])("of a later page ends the listing when %s by then", async (_, act) => {
    const bench = new RestoreBench({ stored: { a: "1", b: "2", c: "3" } });
    bench.service.pageEntryCount = 2;
    bench.service.onCall = (exchange) => {
      if (exchange !== "listPage" || bench.service.callCount("listPage") < 2) return;
      act(bench);
      bench.service.onCall = () => undefined;
    };

    const { job, outcomes } = await bench.run();

    expect(outcomes).toMatchObject({ "": "invalid-settings R-IS-3 R-IS-4" });
    expect(outcomes).not.toHaveProperty("c");
    expect(job).toMatchObject({ status: "invalid-settings", causes: ["R-IS-3", "R-IS-4"] });
  });

  test("that heals in time is not seen in any row", async () => {
    const bench = new RestoreBench({ stored: { a: "1", b: "2", c: "3" } });
    bench.service.pageEntryCount = 2;
    bench.service.fail("listPage", { times: 3 });
    bench.service.fail("download", { times: 3 });

    expect((await bench.run()).job.status).toBe("completed");
  });

  test("while the service answers nothing at all stops everything that was listed", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `f${index + 10}`);
    const bench = new RestoreBench({
      stored: Object.fromEntries(names.map((name) => [name, "1"])),
    });
    bench.service.fail("download", { error: communicationFailure({ way: "unreachable" }) });
    bench.service.fail("contract");

    const { job, rows } = await bench.run();

    expect(job).toMatchObject({ status: "communication-error", causes: ["R-CE-1"] });
    expect(rows).toHaveLength(30);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(["communication-error"]));
    // One budget, not one for each file.
    expect(bench.clock.elapsedMs()).toBeLessThan(11 * 60_000);
  });

  test("because the login is no longer taken spares the others the try", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `f${index + 10}`);
    const bench = new RestoreBench({
      stored: Object.fromEntries(names.map((name) => [name, "1"])),
    });
    bench.service.fail("download", { error: refused("invalid-credentials") });

    const { rows } = await bench.run();

    expect(rows).toHaveLength(30);
    expect(bench.service.callCount("download")).toBeLessThanOrEqual(4);
  });
});

describe.each([
  ["logging out", RESTORE_STOPS.logout, "R-UX-6"],
  ["closing the tool", RESTORE_STOPS.close, "R-UX-1"],
])("%s", (_, reason, cause) => {
  test("ends the job at once; what was not reached has no row", async () => {
    const names = Array.from({ length: 50 }, (__, index) => `f${index + 10}`);
    const bench = new RestoreBench({
      stored: Object.fromEntries(names.map((name) => [name, "1"])),
    });
    bench.disk.onCall = (method, path) => {
      if (method === "link" && path.endsWith("/f20")) bench.stop.stop(reason);
    };

    const { job, rows } = await bench.run();

    expect(job).toMatchObject({ status: "unexpected", causes: [cause] });
    expect(rows.length).toBeLessThan(20);
    expect(bench.temporaryPaths()).toEqual([]);
    expect([...bench.leftovers.all()]).toEqual([]);
  });

  test("cuts what is under way, with nothing of it left", async () => {
    const bench = new RestoreBench({ stored: { a: "1" } });
    bench.service.fail("download", { when: "never" });
    const job = bench.start();
    await bench.clock.advance(1_000);
    bench.stop.stop(reason);

    const { outcomes } = bench.result(await bench.clock.settle(job));

    expect(outcomes).toEqual({ a: `unexpected ${cause}` });
    expect(bench.disk.tree()).toEqual({});
  });

  test("does not wait for a person who is being asked", async () => {
    const bench = new RestoreBench({ stored: { a: "1" }, target: { a: "old" } });
    const job = bench.start({ onConflict: () => new Promise(() => undefined) });
    await bench.clock.advance(1_000);
    bench.stop.stop(reason);

    const ended = await bench.clock.settle(job);

    expect(ended).toMatchObject({ status: "unexpected", causes: [cause] });
    expect(bench.disk.tree()).toEqual({ a: "old" });
  });

  test("before anything was listed leaves no rows", async () => {
    const bench = new RestoreBench({ stored: { a: "1" } });
    bench.stop.stop(reason);

    const { job, rows } = await bench.run();

    expect(job).toMatchObject({ status: "unexpected", causes: [cause] });
    expect(rows).toEqual([]);
  });

  test("with the last file changes nothing any more", async () => {
    const bench = new RestoreBench({ stored: { a: "1" } });
    bench.onRow = () => bench.stop.stop(reason);

    expect((await bench.run()).job).toMatchObject({ status: "completed", causes: ["R-OK-1"] });
  });
});

describe("a restore that was killed", () => {
  test("is closed as such, and what it left is removed by the next run", async () => {
    const bench = new RestoreBench({
      stored: { "m/a": "new", "m/b": "2" },
      target: { "m/a": "old" },
    });
    bench.service.fail("download", { when: "never" });
    void bench.start({ onConflict: "overwrite" });
    await bench.clock.advance(5_000);
    expect(bench.temporaryPaths()).toHaveLength(2);

    await bench.restart();

    expect(bench.disk.tree()).toEqual({ m: "(folder)", "m/a": "old" });
    expect([...bench.leftovers.all()]).toEqual([]);
    expect(TO).toBe("/target");
  });

  test("in a folder that is not there now is remembered until it comes back", async () => {
    const bench = new RestoreBench({ stored: { a: "1" } });
    bench.leftovers.add({ jobId: (await bench.run()).job.id, folder: "/drive/folder" });

    await bench.restart();
    expect([...bench.leftovers.all()]).toHaveLength(1);

    bench.disk.put("/drive/folder/.azukeru-restore-1-7.tmp", "half");
    bench.disk.put("/drive/folder/.azukeru-restore-12-7.tmp", "of another job");
    bench.disk.put("/drive/folder/mine.tmp", "mine");
    await bench.restart();
    expect(Object.keys(bench.disk.tree("/drive/folder"))).toEqual([
      ".azukeru-restore-12-7.tmp",
      "mine.tmp",
    ]);
    expect([...bench.leftovers.all()]).toEqual([]);
  });
});
