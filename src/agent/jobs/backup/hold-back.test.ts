import { describe, expect, test } from "vitest";

import { message } from "../../../messages/message.ts";
import type { SimDiskOptions } from "../../../sim-server/disk/sim-disk.ts";
import { DeleteBench, pathsWith } from "../../testing/delete-bench.ts";
import { SMALL } from "../../testing/fixtures.ts";
import type { Tree } from "../../testing/test-disk.ts";

async function backedUp(tree: Tree, disk: Partial<SimDiskOptions> = {}): Promise<DeleteBench> {
  const bench = new DeleteBench({ tree, disk });
  await bench.runAll();
  return bench;
}

describe("what is elsewhere and not saved there (D19)", () => {
  test("keeps its copy and says where it is; everything else goes", async () => {
    const bench = await backedUp({ a: SMALL, b: SMALL, kept: SMALL });
    bench.disk.rename("/source/a", "/source/a?");
    bench.disk.remove("/source/b");

    const { deletion } = await bench.runAll();

    expect(bench.stored()).toEqual({ a: SMALL, kept: SMALL });
    expect(deletion.job).toMatchObject({
      status: "completed",
      causes: ["DEL-OK-1"],
      excludedCount: 1,
    });
    const [row] = deletion.rows.filter(({ path }) => path === "a");
    expect(row).toMatchObject({ status: "excluded", sizeBytes: SMALL.length });
    expect(row?.detail).toEqual(message("delete.held-elsewhere", { place: "a?" }));
  });

  test("is deleted once it is saved under its new name", async () => {
    const bench = await backedUp({ "p/a": SMALL, "p/q/b": SMALL, kept: SMALL });
    bench.disk.rename("/source/p", "/source/.p");
    await bench.runAll();
    expect(Object.keys(bench.stored()).toSorted()).toEqual(["kept", "p/a", "p/q/b"]);

    bench.disk.rename("/source/.p", "/source/r");
    await bench.runAll();

    expect(Object.keys(bench.stored()).toSorted()).toEqual(["kept", "r/a", "r/q/b"]);
  });

  test.each<readonly [string, string | Buffer]>([
    ["a folder with a forbidden name", "/source/.p"],
    ["a folder whose name is no valid Unicode", Buffer.from([...Buffer.from("/source/"), 0xff])],
    ["a folder in one that is left out", "/source/.known/p"],
  ])("is known below %s", async (_, to) => {
    const bench = await backedUp({ "p/q/a": SMALL, ".known": null, kept: SMALL });
    bench.disk.rename("/source/p", to);

    await bench.runAll();

    expect(bench.stored()).toEqual({ "p/q/a": SMALL, kept: SMALL });
  });

  test("is known in a folder that may not be read by any more, by the folder itself", async () => {
    const bench = await backedUp({ "p/q/a": SMALL, kept: SMALL });
    bench.disk.rename("/source/p", "/source/r");
    bench.disk.setAccess("/source/r", "none");

    await bench.runAll();

    expect(bench.stored()).toEqual({ "p/q/a": SMALL, kept: SMALL });
  });

  test("keeps its copy on a disk whose ids a rename changes, with whatever else is gone", async () => {
    const bench = await backedUp(
      { a: SMALL, b: SMALL, kept: SMALL },
      { stableIds: false, timestampGranularityNs: 2_000_000_000 },
    );
    bench.disk.rename("/source/a", "/source/.a?");
    bench.disk.remove("/source/b");

    await bench.runAll();
    expect(Object.keys(bench.stored()).toSorted()).toEqual(["a", "b", "kept"]);

    bench.disk.rename("/source/.a?", "/source/c");
    await bench.runAll();
    expect(Object.keys(bench.stored()).toSorted()).toEqual(["c", "kept"]);
  });

  test("keeps its copy when an older agent wrote the index, which has no ids", async () => {
    const bench = await backedUp({ a: SMALL, kept: SMALL });
    bench.database.run("UPDATE file_index SET device_id = NULL, file_id = NULL");
    bench.disk.rename("/source/a", "/source/a?");

    await bench.runAll();

    expect(bench.stored()).toEqual({ a: SMALL, kept: SMALL });
  });
});

describe("what lay on a device below the source (D15)", () => {
  async function stickGone(also: readonly string[] = []): Promise<DeleteBench> {
    const bench = new DeleteBench({ tree: { kept: SMALL, other: SMALL, "media/stick": null } });
    bench.disk.mount("/source/media/stick", 7);
    bench.disk.put("/source/media/stick/a", SMALL);
    bench.disk.put("/source/media/stick/b/c", SMALL);
    await bench.runAll();
    bench.disk.unmount("/source/media/stick");
    for (const path of also) bench.disk.remove(`/source/${path}`);
    return bench;
  }
  const ALL = ["kept", "media/stick/a", "media/stick/b/c", "other"];

  test("stays, 未実行 names the folder, and a confirmed run deletes it", async () => {
    const bench = await stickGone();

    const { deletion } = await bench.runAll();
    expect(Object.keys(bench.stored()).toSorted()).toEqual(ALL);
    expect(deletion.job).toMatchObject({ status: "not-run", causes: ["DEL-NR-3"] });
    expect(deletion.job.detail).toEqual(
      message("delete.held-folders", { folders: ["media/stick"] }),
    );
    expect(deletion.rows).toEqual([]);

    await bench.runAll({ confirmDeletions: true });
    expect(Object.keys(bench.stored()).toSorted()).toEqual(["kept", "other"]);
  });

  test("stays while the rest of the deletion goes on, also when its folder is gone with it", async () => {
    const bench = await stickGone(["other", "media/stick"]);

    const { deletion } = await bench.runAll();

    expect(Object.keys(bench.stored()).toSorted()).toEqual(ALL.filter((path) => path !== "other"));
    expect(deletion.job).toMatchObject({ status: "completed", causes: ["DEL-OK-1", "DEL-NR-3"] });
    expect(deletion.job.detail).toEqual(
      message("delete.held-folders", { folders: ["media/stick"] }),
    );
    expect(pathsWith(deletion, "excluded")).toEqual(["media/stick/a", "media/stick/b/c"]);
    expect(deletion.rows.find(({ path }) => path === "media/stick/a")).toMatchObject({
      causes: ["DEL-NR-3"],
    });
  });

  test("is not confirmed by a run that somebody did not start by hand", async () => {
    const bench = await stickGone();
    await bench.runAll({ confirmDeletions: true, trigger: "schedule" });
    expect(Object.keys(bench.stored()).toSorted()).toEqual(ALL);
  });

  test("is deleted when it goes from the device itself", async () => {
    const bench = new DeleteBench({ tree: { kept: SMALL } });
    bench.disk.mount("/source/stick", 7);
    for (const path of ["a", "b/c"]) bench.disk.put(`/source/stick/${path}`, SMALL);
    await bench.runAll();
    bench.disk.remove("/source/stick/b");

    await bench.runAll();

    expect(Object.keys(bench.stored()).toSorted()).toEqual(["kept", "stick/a"]);
  });
});

describe("what lay in another folder of the same disk, which was mounted in the source (D15)", () => {
  const SHARED = "/source/shared";
  const ALL = ["kept", "shared/a", "shared/b/c"];

  function withBind(tellsMounts = true): DeleteBench {
    const bench = new DeleteBench({ tree: { kept: SMALL, other: SMALL, shared: null } });
    bench.disk.tellsMounts = tellsMounts;
    bench.disk.mount(SHARED, bench.disk.deviceOf("/source"), "/srv/some files");
    for (const path of ["a", "b/c"]) bench.disk.put(`${SHARED}/${path}`, SMALL);
    return bench;
  }

  test.each([
    ["is not mounted", (bench: DeleteBench) => bench.disk.unmount(SHARED)],
    [
      "is not mounted, and what it was mounted on is gone",
      (bench: DeleteBench) => {
        bench.disk.unmount(SHARED);
        bench.disk.remove(SHARED);
      },
    ],
    [
      "has another one over it",
      (bench: DeleteBench) => {
        bench.disk.mount(SHARED, bench.disk.deviceOf("/source"), "/srv/other files");
      },
    ],
  ])("stays when that %s, until a confirmed run", async (_, change) => {
    const bench = withBind();
    await bench.runAll();
    change(bench);
    bench.disk.remove("/source/other");

    const { deletion } = await bench.runAll();
    expect(Object.keys(bench.stored()).toSorted()).toEqual(ALL);
    expect(deletion.job.causes).toEqual(["DEL-OK-1", "DEL-NR-3"]);
    expect(deletion.job.detail).toEqual(message("delete.held-folders", { folders: ["shared"] }));

    await bench.runAll({ confirmDeletions: true });
    expect(Object.keys(bench.stored()).toSorted()).toEqual(["kept"]);
  });

  test("is the whole source, where that is what is mounted", async () => {
    const bench = new DeleteBench({ tree: {} });
    bench.disk.mount("/source", bench.disk.deviceOf("/source"), "/srv/some files");
    bench.disk.put("/source/a", SMALL);
    await bench.runAll();
    bench.disk.unmount("/source");
    bench.disk.put("/source/b", SMALL);

    const { deletion } = await bench.runAll();

    expect(deletion.job).toMatchObject({ status: "not-run", causes: ["DEL-NR-3"] });
    expect(bench.stored()).toHaveProperty("a");
  });

  test("is sent once and not held when the host tells what is mounted only later", async () => {
    const bench = withBind(false);
    await bench.runAll();
    const sent = (): readonly string[] =>
      bench.service.calls.filter((call) => /^put.*\/(kept|b\/c)( |$)/.test(call));
    const before = sent();
    bench.disk.tellsMounts = true;
    bench.disk.remove("/source/other");
    bench.disk.remove(`${SHARED}/a`);

    const { backup, deletion } = await bench.runAll();
    expect(pathsWith(backup, "no-difference")).toEqual(["kept", "shared/b/c"]);
    expect(before).not.toEqual([]);
    expect(sent()).toEqual(before);
    expect(deletion.job.causes).toEqual(["DEL-OK-1"]);
    expect(Object.keys(bench.stored()).toSorted()).toEqual(["kept", "shared/b/c"]);

    bench.disk.unmount(SHARED);
    await bench.runAll();
    expect(Object.keys(bench.stored()).toSorted()).toEqual(["kept", "shared/b/c"]);
  });

  test("is told by nothing where the host has no mount table: few files are deleted", async () => {
    const bench = withBind(false);
    await bench.runAll();
    bench.disk.unmount(SHARED);

    await bench.runAll();

    expect(Object.keys(bench.stored()).toSorted()).toEqual(["kept", "other"]);
  });
});

describe("a folder that is suddenly empty (D15)", () => {
  const many = (count: number): Tree => ({
    kept: SMALL,
    ...Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`many/${at % 3}/${at}`, SMALL]),
    ),
  });

  test("is held when it had more files than a page of the details shows", async () => {
    const bench = await backedUp(many(101));
    bench.disk.remove("/source/many");
    bench.disk.mkdir("/source/many");

    const { deletion } = await bench.runAll();

    expect(deletion.job).toMatchObject({ status: "not-run", causes: ["DEL-NR-3"] });
    expect(deletion.job.detail).toEqual(message("delete.held-folders", { folders: ["many"] }));
    expect(Object.keys(bench.stored())).toHaveLength(102);
  });

  test.each<readonly [string, number, (bench: DeleteBench) => void]>([
    ["it had no more than that", 100, (bench) => bench.disk.mkdir("/source/many")],
    ["a file is left in it", 101, (bench) => bench.disk.put("/source/many/new", SMALL)],
    ["it is gone itself", 101, () => undefined],
  ])("is not when %s", async (_, count, change) => {
    const bench = await backedUp(many(count));
    bench.disk.remove("/source/many");
    change(bench);

    const { deletion } = await bench.runAll();

    expect(deletion.job).toMatchObject({ status: "completed", causes: ["DEL-OK-1"] });
    expect(Object.keys(bench.stored()).filter((path) => /many\/\d/.test(path))).toEqual([]);
  });
});
