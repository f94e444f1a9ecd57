import { describe, expect, test } from "vitest";

import type { Conflict, ConflictAnswer } from "../requests.ts";
import { FROM, RestoreBench, STORED_AT_NS, TO } from "../../testing/restore-bench.ts";

const AT = `${TO}/a.txt`;

describe("a file that stands there already", () => {
  test("with the same size, time and bytes is done without a transfer", async () => {
    const bench = new RestoreBench({ stored: { "a.txt": "same" } });
    // As close as a disk keeps a time that was handed over as a double.
    bench.disk.put(AT, "same", STORED_AT_NS - 200n);

    const { job, outcomes } = await bench.run({ onConflict: "overwrite" });

    expect(outcomes).toEqual({ "a.txt": "completed" });
    expect(job).toMatchObject({ status: "completed", transferredFileCount: 0, targetCount: 1 });
    expect(bench.service.callCount("download")).toBe(0);
  });

  test.each([
    ["other bytes", "diff", STORED_AT_NS],
    ["another time", "same", STORED_AT_NS + 10_000n],
    ["another size", "longer", STORED_AT_NS],
  ])("with %s is overwritten when a person said so", async (_, content, modifiedAtNs) => {
    const bench = new RestoreBench({ stored: { "a.txt": "same" } });
    bench.disk.put(AT, content, modifiedAtNs);

    const { job, outcomes } = await bench.run({ onConflict: "overwrite" });

    expect(outcomes).toEqual({ "a.txt": "completed" });
    expect(job.transferredFileCount).toBe(1);
    expect(bench.disk.tree()).toEqual({ "a.txt": "same" });
    expect((await bench.disk.target.stat(AT)).modifiedAtNs).toBe(STORED_AT_NS);
  });

  test("that cannot be read is taken for another one", async () => {
    const bench = new RestoreBench({ stored: { "a.txt": "same" } });
    bench.disk.put(AT, "same", STORED_AT_NS);
    bench.disk.refuse("open", AT, "access-denied");

    expect((await bench.run({ onConflict: "skip" })).outcomes).toEqual({ "a.txt": "excluded" });
  });

  test("is left alone when nobody said anything, with the reason in its row", async () => {
    const bench = new RestoreBench({
      stored: { "a.txt": "new", b: "2" },
      target: { "a.txt": "old" },
    });

    const { job, rows } = await bench.run();

    expect(rows[0]).toMatchObject({
      status: "excluded",
      detail: { code: "restore.left-alone" },
    });
    expect(job).toMatchObject({ status: "completed", excludedCount: 1, targetCount: 1 });
    expect(bench.disk.tree()).toEqual({ "a.txt": "old", b: "2" });
    expect(bench.service.callCount("download")).toBe(1);
  });

  test("is kept beside the restored one, under the first free number", async () => {
    const target = { "a.txt": "old", "a (2).txt": "older" };
    const bench = new RestoreBench({ stored: { "a.txt": "new" }, target });

    const { rows } = await bench.run({ onConflict: "keep-both" });

    expect(bench.disk.tree()).toEqual({ ...target, "a (3).txt": "new" });
    expect(rows[0]).toMatchObject({
      status: "completed",
      detail: { params: { name: "a (3).txt" } },
    });
  });

  test("keeps its old content until the new one is whole (I11)", async () => {
    const bench = new RestoreBench({ stored: { "a.txt": "new" }, target: { "a.txt": "old" } });
    const seen = new Set<string | undefined>();
    bench.disk.onCall = () => void seen.add(bench.disk.tree()["a.txt"]);

    await bench.run({ onConflict: "overwrite" });

    expect([...seen]).toEqual(["old", "new"]);
  });

  test("and came while the file was fetched is judged like any other", async () => {
    const bench = new RestoreBench({ stored: { "a.txt": "new" } });
    bench.disk.onCall = (method) => {
      if (method === "sync") bench.disk.put(AT, "of somebody else");
    };

    const { outcomes } = await bench.run();

    expect(outcomes).toEqual({ "a.txt": "excluded" });
    expect(bench.disk.tree()).toEqual({ "a.txt": "of somebody else" });
  });

  test("and turned into a link while the file was fetched is not replaced", async () => {
    const bench = new RestoreBench({ stored: { "a.txt": "new" }, target: { "a.txt": "old" } });
    bench.disk.onCall = (method) => {
      if (method === "sync") bench.disk.put(AT, { kind: "symbolic-link" });
    };

    const { outcomes } = await bench.run({ onConflict: "overwrite" });

    expect(outcomes).toEqual({ "a.txt": "access-denied R-AD-2" });
    expect(bench.disk.tree()).toEqual({ "a.txt": "(symbolic-link)" });
  });
});

describe.each([
  ["a folder", null, "(folder)"],
  ["a link", { kind: "symbolic-link" }, "(symbolic-link)"],
] as const)("%s in the place of a file", (_, content, shown) => {
  test.each([
    ["overwrite", "access-denied R-AD-2", { "a.txt": shown }],
    ["keep-both", "completed", { "a.txt": shown, "a (2).txt": "new" }],
    ["skip", "excluded", { "a.txt": shown }],
  ] as const)("is never replaced (%s)", async (onConflict, outcome, tree) => {
    const bench = new RestoreBench({ stored: { "a.txt": "new" }, target: { "a.txt": content } });

    const { outcomes } = await bench.run({ onConflict });

    expect(outcomes).toEqual({ "a.txt": outcome });
    expect(bench.disk.tree()).toEqual(tree);
  });
});

describe("on the way to a file", () => {
  test.each([
    ["link", { kind: "symbolic-link" }],
    ["file", "a file"],
  ] as const)("a %s is not followed and not replaced", async (_, content) => {
    const bench = new RestoreBench({
      stored: { "m/a": "1", "m/b": "2", z: "3" },
      target: { m: content },
    });

    const { outcomes } = await bench.run({ onConflict: "overwrite" });

    expect(outcomes).toEqual({
      m: "access-denied R-AD-2",
      "m/a": "access-denied R-AD-2",
      "m/b": "access-denied R-AD-2",
      z: "completed",
    });
    expect(Object.keys(bench.disk.tree())).toEqual(["m", "z"]);
  });

  test("a folder that is there already is used", async () => {
    const bench = new RestoreBench({ stored: { "m/a": "1" }, target: { "m/other": "mine" } });

    await bench.run();

    expect(bench.disk.tree()).toEqual({ m: "(folder)", "m/a": "1", "m/other": "mine" });
  });
});

describe("names that the disk cannot tell apart (D12)", () => {
  const stored = { "A.txt": "upper", "a.txt": "lower" };
  const disk = { caseSensitive: false };

  test.each([
    ["overwrite", { "A.txt": "upper", "a (2).txt": "lower" }],
    ["keep-both", { "A.txt": "upper", "a (2).txt": "lower" }],
    ["skip", { "A.txt": "upper" }],
  ] as const)("the second does not replace the first (%s)", async (onConflict, tree) => {
    for (const parallelDownloadCount of [1, 4]) {
      const bench = new RestoreBench({ stored, tuning: { parallelDownloadCount }, disk });

      const { outcomes } = await bench.run({ onConflict });

      expect(bench.disk.tree()).toEqual(tree);
      expect(outcomes["a.txt"]).toBe(onConflict === "skip" ? "excluded" : "completed");
    }
  });

  test("restoring them again changes nothing", async () => {
    const bench = new RestoreBench({ stored, disk });
    await bench.run();

    for (const onConflict of ["overwrite", "keep-both"] as const) {
      const before = bench.disk.tree();
      await bench.run({ onConflict });
      await bench.run({ onConflict });
      expect(bench.disk.tree()).toEqual(
        onConflict === "overwrite" ? { ...before, "a (2).txt": "lower" } : before,
      );
    }
  });

  test.each([
    ["one name", "same", true],
    ["names of one case", "SAME", false],
  ])("a file and a folder of %s both come back (decision 0004)", async (_, name, caseSensitive) => {
    for (const parallelDownloadCount of [1, 4]) {
      const both = { [name]: "the file", "same/in.txt": "in the folder", "same/sub/x": "x" };
      const bench = new RestoreBench({
        stored: both,
        tuning: { parallelDownloadCount },
        disk: { caseSensitive },
      });
      bench.service.fail("download", { path: `${FROM}/${name}`, times: 2 });

      const { job } = await bench.run({ onConflict: "overwrite" });

      expect(job.status).toBe("completed");
      expect(bench.disk.tree()).toEqual({
        [name]: "the file",
        "same (2)": "(folder)",
        "same (2)/in.txt": "in the folder",
        "same (2)/sub": "(folder)",
        "same (2)/sub/x": "x",
      });
    }
  });

  test("the folder gives way when what stands there is to be left alone", async () => {
    const bench = new RestoreBench({ stored: { same: "the file", "same/in.txt": "in" } });

    const { outcomes } = await bench.run({ entryKind: "folder" });

    expect(outcomes).toEqual({
      same: "access-denied R-AD-2",
      "same/in.txt": "access-denied R-AD-2",
    });
    expect(bench.disk.tree()).toEqual({ same: "the file" });
  });

  test("of two the one that was saved last has the name, whatever the choice, again and again", async () => {
    for (const onConflict of ["skip", "overwrite", "keep-both"] as const) {
      for (const newer of ["A.txt", "a.txt"] as const) {
        const bench = new RestoreBench({ stored, disk });
        bench.service.writeOrders.set(`${FROM}/${newer}`, 1);
        const newest = stored[newer];

        const { job } = await bench.run({ onConflict });

        expect(job.status).toBe("completed");
        const names = Object.keys(bench.disk.tree()).filter((name) => !name.includes("(2)"));
        expect(names.map((name) => bench.disk.tree()[name])).toEqual([newest]);
        const before = bench.disk.tree();
        await bench.run({ onConflict: "skip" });
        expect(bench.disk.tree()).toEqual(before);
      }
    }
  });

  describe("a file and a folder of one name, of which the service says which is older", () => {
    const twins = { same: "the file", "same/in.txt": "in the folder", "same/sub/x": "x", z: "z" };

    test.each(["overwrite", "keep-both"] as const)(
      "the older file goes beside the folder (%s), again and again",
      async (onConflict) => {
        for (const parallelDownloadCount of [1, 4]) {
          const bench = new RestoreBench({ stored: twins, tuning: { parallelDownloadCount } });
          bench.service.superseded.add(`${FROM}/same`);
          for (let round = 0; round < 2; round += 1) {
            const { job, rows } = await bench.run({ onConflict });

            expect(job.status).toBe("completed");
            const kept = { code: "restore.older-kept-beside", params: { path: `${TO}/same (2)` } };
            expect(rows.find(({ path }) => path === "same")?.detail).toEqual(
              round === 0 ? kept : null,
            );
            expect(bench.disk.tree()).toEqual({
              same: "(folder)",
              "same (2)": "the file",
              "same/in.txt": "in the folder",
              "same/sub": "(folder)",
              "same/sub/x": "x",
              z: "z",
            });
          }
        }
      },
    );

    test.each(["overwrite", "keep-both"] as const)(
      "the older folder goes beside the file with all that is in it (%s)",
      async (onConflict) => {
        const bench = new RestoreBench({ stored: twins });
        bench.service.superseded.add(`${FROM}/same/`);

        const { job, rows } = await bench.run({ onConflict });

        expect(job.status).toBe("completed");
        expect(rows.find(({ path }) => path === "same/sub/x")?.detail).toMatchObject({
          params: { path: `${TO}/same (2)/sub/x` },
        });
        expect(bench.disk.tree()).toEqual({
          same: "the file",
          "same (2)": "(folder)",
          "same (2)/in.txt": "in the folder",
          "same (2)/sub": "(folder)",
          "same (2)/sub/x": "x",
          z: "z",
        });
      },
    );

    test("the older is left out, by name, when nothing is to be put beside anything", async () => {
      for (const [older, left, tree] of [
        ["same", ["same"], { same: "(folder)", "same/in.txt": "in the folder" }],
        ["same/", ["same/in.txt", "same/sub/x"], { same: "the file" }],
      ] as const) {
        const bench = new RestoreBench({ stored: twins });
        bench.service.superseded.add(`${FROM}/${older}`);

        const { job, outcomes } = await bench.run({ onConflict: "skip", entryKind: "folder" });

        expect(job).toMatchObject({ status: "completed", excludedCount: left.length });
        for (const path of left) expect(outcomes[path]).toBe("excluded");
        expect(bench.disk.tree()).toMatchObject(tree);
        expect(bench.disk.exists(`${TO}/same (2)`)).toBe(false);
      }
    });

    test("asked for by its path alone, the one that was written to last comes back", async () => {
      for (const [older, name] of [
        ["same", "in.txt"],
        ["same/", "same"],
      ] as const) {
        const bench = new RestoreBench({ stored: twins });
        bench.service.superseded.add(`${FROM}/${older}`);

        await bench.run({ from: `${FROM}/same` });

        expect(bench.disk.exists(`${TO}/${name}`)).toBe(true);
      }
    });
  });

  test("what stood there before is overwritten by one of them alone", async () => {
    for (const parallelDownloadCount of [1, 4]) {
      const target = { "a.TXT": "of this PC" };
      const bench = new RestoreBench({ stored, tuning: { parallelDownloadCount }, disk });
      for (const [name, content] of Object.entries(target))
        bench.disk.put(`${TO}/${name}`, content);

      await bench.run({ onConflict: "overwrite" });

      expect(Object.values(bench.disk.tree()).toSorted()).toEqual(["lower", "upper"]);
    }
  });
});

describe("a person who is asked", () => {
  const stored = { "a.txt": "1", "b.txt": "2", "c.txt": "3" };
  const target = { "a.txt": "old a", "b.txt": "old b", "c.txt": "old c" };

  test("hears of one conflict at a time, with both sides", async () => {
    const bench = new RestoreBench({ stored, target });
    const asked: Conflict[] = [];
    let askingCount = 0;
    const onConflict = async (conflict: Conflict): Promise<ConflictAnswer> => {
      asked.push(conflict);
      askingCount += 1;
      expect(askingCount).toBe(1);
      await Promise.resolve();
      askingCount -= 1;
      const choice = conflict.path.endsWith("b.txt") ? "skip" : "overwrite";
      return { choice, forAll: false };
    };

    const { job } = await bench.run({ onConflict });

    expect(bench.disk.tree()).toEqual({ "a.txt": "1", "b.txt": "old b", "c.txt": "3" });
    expect(asked).toHaveLength(3);
    expect(asked[0]).toEqual({
      path: AT,
      existing: { sizeBytes: 5, modifiedAtNs: expect.any(BigInt) },
      restored: { sizeBytes: 1, modifiedAtNs: STORED_AT_NS },
    });
    expect(job.settings).toMatchObject({ onConflict: "ask" });
  });

  test("may answer for all that follow", async () => {
    const bench = new RestoreBench({ stored, target });
    let askCount = 0;

    await bench.run({
      onConflict: async () => {
        askCount += 1;
        return { choice: "keep-both", forAll: true };
      },
    });

    expect(askCount).toBe(1);
    expect(Object.keys(bench.disk.tree())).toHaveLength(6);
  });

  test("and is not asked about a single file that is there already", async () => {
    const bench = new RestoreBench({ stored: { "a.txt": "1" } });
    bench.disk.put(AT, "1", STORED_AT_NS);
    const onConflict = (): Promise<ConflictAnswer> => Promise.reject(new Error("asked"));

    const { outcomes } = await bench.run({ from: `${FROM}/a.txt`, onConflict });

    expect(outcomes).toEqual({ "a.txt": "completed" });
  });
});

test("a temporary name that somebody has is left alone", async () => {
  const bench = new RestoreBench({ stored: { "a.txt": "1" } });
  bench.disk.put(`${TO}/.azukeru-restore-1-1.tmp`, "mine");

  const { outcomes } = await bench.run();

  expect(outcomes).toEqual({ "a.txt": "completed" });
  expect(bench.disk.tree()).toEqual({ ".azukeru-restore-1-1.tmp": "mine", "a.txt": "1" });
});

test("a temporary file that cannot be removed is noted for the next run", async () => {
  const bench = new RestoreBench({ stored: { "a.txt": "1" } });
  bench.disk.setCapacity(0);
  bench.disk.refuse("unlink", `${TO}/.azukeru-restore-1-1.tmp`, "busy");

  const { job } = await bench.run();

  expect([...bench.leftovers.all()]).toEqual([{ jobId: job.id, folder: TO }]);
  bench.disk.faults.clear();
  bench.disk.refuse("list", TO, "io-error");
  await bench.restart();
  expect([...bench.leftovers.all()]).toHaveLength(1);

  bench.disk.faults.clear();
  await bench.restart();
  expect([...bench.leftovers.all()]).toEqual([]);
  expect(bench.disk.tree()).toEqual({});
});
