import { describe, expect, test } from "vitest";

import { BackupBench } from "../../testing/backup-bench.ts";
import { communicationFailure, refused } from "../../testing/failures.ts";
import { LARGE, SMALL, WHOLE } from "../../testing/fixtures.ts";
import type { Tree } from "../../testing/test-disk.ts";

const TREE: Tree = {
  "d/small": SMALL,
  empty: null,
  large: LARGE,
  "mixed/link": aLink(),
  whole: WHOLE,
};

function aLink(): { readonly kind: "symbolic-link" } {
  return { kind: "symbolic-link" };
}

/** A bench with 差分比較アップロード on which everything was backed up once. */
async function backedUp(pageEntryCount = 2): Promise<BackupBench> {
  const bench = new BackupBench({ tree: TREE, settings: { compareUpload: true } });
  bench.service.pageEntryCount = pageEntryCount;
  await bench.run();
  bench.service.calls.length = 0;
  bench.disk.calls.length = 0;
  return bench;
}

describe("a backup with 差分比較アップロード (F16)", () => {
  test("of what is on the service as it was sent reads and sends nothing, page by page", async () => {
    const bench = await backedUp();
    const { receivedBytes } = bench.service;

    const { job, statuses } = await bench.run();

    expect(bench.service.callCount("listPage")).toBeGreaterThan(2);
    expect(bench.disk.callCount("open")).toBe(0);
    expect(bench.service.receivedBytes).toBe(receivedBytes);
    expect(statuses).toMatchObject({
      "d/small": "no-difference",
      empty: "no-difference",
      large: "no-difference",
      mixed: "no-difference",
      whole: "no-difference",
    });
    expect(job.causes).toEqual(["B-OK-2"]);
  });

  test.each(["d/small", "large", "whole"])(
    "sends %s again when somebody deleted it on the service, unchanged here",
    async (path) => {
      const bench = await backedUp();
      bench.service.generations.delete(bench.at(path));

      const { statuses } = await bench.run();

      expect(statuses[path]).toBe("completed");
      expect(Object.values(statuses).filter((status) => status === "completed")).toHaveLength(1);
      expect(bench.stored()).toHaveProperty(path, TREE[path]);
    },
  );

  test("makes an empty folder again", async () => {
    const bench = await backedUp();
    bench.service.folders.delete(bench.at("empty"));

    const { statuses } = await bench.run();

    expect(statuses).toMatchObject({ empty: "completed", mixed: "no-difference" });
    expect(bench.service.folders).toContain(bench.at("empty"));
  });

  test("sends again what is other there than the index knows, as a new generation", async () => {
    const bench = await backedUp();
    const content = Buffer.from("theirs");
    bench.service.generations
      .get(bench.at("whole"))
      ?.push({ content, sizeBytes: 6, modifiedAtNs: "5", mode: null, sha256: "ab".repeat(32) });

    const { statuses } = await bench.run();

    expect(statuses).toMatchObject({ whole: "completed", large: "no-difference" });
    expect(bench.service.texts(bench.at("whole"))).toEqual([WHOLE, "theirs", WHOLE]);
  });

  test("does not trust the listing for what the index does not know", async () => {
    const bench = new BackupBench({ tree: { a: SMALL }, settings: { compareUpload: true } });
    bench.service.generations.set(bench.at("a"), [
      {
        content: Buffer.from("other"),
        sizeBytes: 5,
        modifiedAtNs: "0",
        mode: null,
        sha256: "cd".repeat(32),
      },
    ]);

    const { statuses } = await bench.run();

    expect(statuses).toEqual({ a: "completed" });
    expect(bench.service.texts(bench.at("a"))).toEqual(["other", SMALL]);
  });

  test("does not ask for the listing with the setting off", async () => {
    const bench = new BackupBench({ tree: TREE });
    await bench.run();
    bench.service.generations.delete(bench.at("whole"));

    const { statuses } = await bench.run();

    expect(bench.service.callCount("listPage")).toBe(0);
    expect(statuses["whole"]).toBe("no-difference");
  });
});

describe("a listing that cannot be had", () => {
  test("for a while is asked for again", async () => {
    const bench = await backedUp();
    bench.service.fail("listPage", { times: 5 });

    expect((await bench.run()).job).toMatchObject({ status: "completed", causes: ["B-OK-2"] });
  });

  test("ends the job as a communication error; nothing more is read, sent or called unchanged", async () => {
    const bench = await backedUp();
    bench.disk.put("/source/a-new", SMALL);
    bench.service.fail("listPage", { error: communicationFailure({ way: "unavailable" }) });

    const { job, statuses } = await bench.run();

    expect(job).toMatchObject({ status: "communication-error", causes: ["B-CE-5"] });
    expect(statuses).toMatchObject({
      "d/small": "communication-error",
      empty: "communication-error",
      whole: "communication-error",
    });
  });

  test("after its first page leaves what that page confirmed", async () => {
    const bench = await backedUp(2);
    bench.service.onCall = (exchange) => {
      const isSecond = exchange === "listPage" && bench.service.callCount("listPage") > 1;
      if (isSecond) throw communicationFailure({ transient: false });
    };

    const { job, statuses } = await bench.run();

    expect(statuses).toMatchObject({ "d/small": "no-difference", whole: "communication-error" });
    expect(job.status).toBe("communication-error");
  });

  test("because the destination went away meanwhile ends the job as unforeseen (B-UX-11)", async () => {
    const bench = await backedUp();
    bench.service.fail("listPage", { error: refused("not-found") });

    const { job, statuses } = await bench.run();

    expect(job).toMatchObject({ status: "unexpected", causes: ["B-UX-11"] });
    expect(new Set(Object.values(statuses))).toEqual(new Set(["unexpected", "excluded"]));
  });

  test.each([
    ["out of order", (entries: readonly never[]) => entries.toReversed()],
    ["without an end", () => []],
  ] as const)("because it is %s is damaged (B-CE-6)", async (_, spoil) => {
    const bench = await backedUp(1);
    const listPage = bench.service.listPage.bind(bench.service);
    bench.service.listPage = async (path, wish) => {
      const page = await listPage(path, wish);
      return { entries: spoil(page.entries as readonly never[]), nextPageToken: "1" };
    };

    const { job } = await bench.run();

    expect(job).toMatchObject({ status: "communication-error", causes: ["B-CE-6"] });
  });

  test("in a way nobody foresaw ends the job, and says so", async () => {
    const bench = await backedUp();
    bench.service.fail("listPage", { error: new TypeError("nobody foresaw this") });

    expect((await bench.run()).job).toMatchObject({ status: "unexpected", causes: ["B-UX-10"] });
  });
});
