import { describe, expect, test } from "vitest";
import { BackupBench } from "../../testing/backup-bench.ts";
import { communicationFailure } from "../../testing/failures.ts";
import { DESTINATION, LARGE, SMALL, WHOLE } from "../../testing/fixtures.ts";

const TREE = { large: LARGE, small: SMALL, whole: WHOLE };

/** A bench on which everything was backed up once, and nothing is fresh any more. */
async function backedUp(settings = {}): Promise<BackupBench> {
  const bench = new BackupBench({ tree: TREE, settings });
  await bench.clock.advance(5_000);
  await bench.run();
  expect(bench.stored()).toEqual(TREE);
  return bench;
}

/** Somebody deletes the destination and makes a folder of its name. */
function replaced(bench: BackupBench): void {
  bench.service.lose(DESTINATION);
  bench.service.folders.add(DESTINATION);
}

describe("what is known of the destination", () => {
  test("is true of the very folder that it was learned from, by another process too", async () => {
    const bench = await backedUp();
    bench.restart();

    const { job, statuses } = await bench.run();

    expect(job).toMatchObject({ status: "completed", transferredFileCount: 0 });
    expect(new Set(Object.values(statuses))).toEqual(new Set(["no-difference"]));
  });

  test("is nothing of another folder under its name: everything is sent anew", async () => {
    const bench = await backedUp();
    replaced(bench);

    const { job } = await bench.run();

    expect(job).toMatchObject({ status: "completed", transferredFileCount: 3 });
    expect(bench.stored()).toEqual(TREE);
  });

  test("is nothing of a service that was put back: everything is sent anew", async () => {
    const bench = await backedUp();
    bench.service.timeline = "second";
    bench.service.generations.delete(bench.at("small"));

    const { job } = await bench.run();

    expect(job).toMatchObject({ status: "completed", transferredFileCount: 3 });
    expect(bench.stored()).toEqual(TREE);
  });

  test("holds once the folder that was renamed away has its name again", async () => {
    const bench = await backedUp();
    bench.service.folders.delete(DESTINATION);
    expect((await bench.run()).job.causes).toEqual(["B-IS-3", "B-IS-4"]);
    bench.service.folders.add(DESTINATION);

    expect((await bench.run()).job.transferredFileCount).toBe(0);
  });

  test("has no part in an upload that was cut off in another folder", async () => {
    const bench = new BackupBench({ tree: { large: LARGE } });
    bench.service.fail("completeUpload", { when: "never" });
    void bench.start();
    await bench.clock.advance(0);
    bench.restart();
    replaced(bench);
    const before = bench.service.callCount("uploadOffset");

    const { job } = await bench.run();

    expect(job.status).toBe("completed");
    expect(bench.stored()).toEqual({ large: LARGE });
    expect(bench.service.callCount("uploadOffset")).toBe(before);
  });
});

describe("a destination that another folder takes the place of during the run", () => {
  test("gets nothing of it, and the job says so (B-UX-11)", async () => {
    const bench = new BackupBench({ tree: TREE, tuning: { parallelUploadCount: 1 } });
    bench.service.onCall = (exchange) => {
      if (exchange === "putFile") replaced(bench);
    };

    const { job } = await bench.run();

    expect(job).toMatchObject({ status: "unexpected", causes: ["B-UX-11"] });
    expect(bench.stored()).toEqual({});
    bench.service.onCall = () => undefined;
    expect((await bench.run()).job.transferredFileCount).toBe(3);
  });

  test.each([
    ["deleted", (bench: BackupBench) => bench.service.lose(DESTINATION)],
    ["replaced", replaced],
    ["put back", (bench: BackupBench) => (bench.service.timeline = "second")],
  ])("is noticed when it was %s behind the last file", async (_, act) => {
    const bench = await backedUp();
    bench.service.onCall = (exchange) => {
      if (exchange === "contract") act(bench);
    };

    const { job } = await bench.run();

    expect(job).toMatchObject({ status: "unexpected", causes: ["B-UX-11"] });
  });

  test("cannot be told from one that is the same while the last look has no answer", async () => {
    const bench = await backedUp();
    bench.service.onCall = (exchange) => {
      if (exchange === "contract")
        bench.service.fail("placeTag", { error: communicationFailure() });
    };

    expect((await bench.run()).job.status).toBe("completed");
  });
});

describe("a destination that is gone at the first look", () => {
  test("is an invalid setting (B-IS-3, B-IS-4)", async () => {
    const bench = await backedUp();
    bench.service.lose(DESTINATION);

    const { job } = await bench.run();

    expect(job).toMatchObject({ status: "invalid-settings", causes: ["B-IS-3", "B-IS-4"] });
  });
});
