import { beforeAll, describe, expect, test } from "vitest";

import type { RestoreRun, StandingFact } from "../../observation/restore-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { checkRun } from "../check-run.ts";
import { honestRun, violatedBy, withRestores } from "../testing/honest-run.ts";

let honest: RunRecord;

beforeAll(async () => {
  honest = await honestRun({
    tree: {
      "/data/a": { content: { text: "first" } },
      "/data/b/c": { content: { text: "second" } },
      "/data/empty": null,
      "/restored/a": { content: { text: "in the way" } },
    },
    timeline: [
      { do: "backup" },
      { do: "restore", from: { source: 0 }, to: "/restored", onConflict: "overwrite" },
    ],
  });
});

/** How a folder stood in the way. */
const OLD_FOLDER = { mode: 0o755, modifiedAtNs: 8_000_000_000_000_000_000n };

function standing(
  run: RestoreRun,
  path: string,
  change: Partial<StandingFact> | undefined,
): Pick<RestoreRun, "targetAfter"> {
  const targetAfter = new Map(run.targetAfter);
  const fact = targetAfter.get(path) ?? targetAfter.get("a");
  if (change === undefined || fact === undefined) targetAfter.delete(path);
  else targetAfter.set(path, { ...fact, ...change });
  return { targetAfter };
}

describe("checking a restore", () => {
  test("finds nothing wrong with what the agent truly did", () => {
    expect(checkRun(honest).violations).toEqual([]);
    expect(honest.restores[0]?.job.status).toBe("completed");
    expect(honest.restores[0]?.source?.size).toBe(5);
  });

  test("notices a file that is said to be restored and is not there", () => {
    const violated = violatedBy(withRestores(honest, (run) => standing(run, "b/c", undefined)));
    expect(violated).toEqual(new Set(["restored", "identity"]));
  });

  test("notices a note of what a restore may have left that stays when the restore is over", () => {
    const unfinished = { ...honest.unfinished, leftovers: 1 };
    expect(violatedBy({ ...honest, unfinished })).toEqual(new Set(["leftovers"]));
  });

  test("lets a note stay where somebody worked in the folder of the restore", () => {
    const unfinished = { ...honest.unfinished, leftovers: 1 };
    const targetChanges = [
      { atMs: 0, path: "a", before: undefined, after: undefined, action: "write" },
    ];
    const disturbed = withRestores(honest, () => ({ targetChanges }));
    expect(violatedBy({ ...disturbed, unfinished })).not.toContain("leftovers");
  });

  test("notices an empty folder that did not come back", () => {
    expect(violatedBy(withRestores(honest, (run) => standing(run, "empty", undefined)))).toContain(
      "restored",
    );
  });

  test("notices bytes that nobody stored", () => {
    expect(
      violatedBy(withRestores(honest, (run) => standing(run, "a", { sha256: "0".repeat(64) }))),
    ).toContain("I11");
  });

  test("notices half a file right after a power loss", () => {
    const violated = violatedBy(
      withRestores(honest, (run) => ({
        targetAtCrash: standing(run, "a", { sha256: "0".repeat(64) }).targetAfter,
      })),
    );
    expect(violated).toEqual(new Set(["I11"]));
  });

  test("notices a time that is two microseconds off", () => {
    const violated = violatedBy(
      withRestores(honest, (run) => {
        const { modifiedAtNs = 0n } = run.targetAfter.get("a") ?? {};
        return standing(run, "a", { modifiedAtNs: modifiedAtNs + 2000n });
      }),
    );
    expect(violated).toEqual(new Set(["restored", "identity"]));
  });

  test.each([
    ["bytes", { sha256: "1".repeat(64) }],
    ["mode", { mode: 0o600 }],
    ["time", { modifiedAtNs: 5n }],
  ])("notices another %s of a file that stood there and was to stay", (_, other) => {
    const record = withRestores(honest, (run) => ({
      onConflict: "skip",
      ...standing(run, "a", { ...run.targetBefore.get("a"), ...other }),
    }));
    expect(violatedBy(record)).toContain("standing");
  });

  test("notices a file that stood there, was to stay and is gone", () => {
    const record = withRestores(honest, (run) => ({
      onConflict: "keep-both",
      ...standing(run, "a", undefined),
    }));
    expect(violatedBy(record)).toContain("standing");
  });

  test.each([
    ["mode that nobody asked for", "skip", { mode: 0o700 }],
    ["time of the service's that nobody asked for", "skip", { modifiedAtNs: 7n }],
    ["mode of its own although it is overwritten", "overwrite", { mode: 0o700 }],
    ["time of its own although it is overwritten", "overwrite", { modifiedAtNs: 7n }],
  ] as const)("notices a folder that stood there with a %s", (_, onConflict, other) => {
    const record = withRestores(honest, (run) => {
      const folder = run.targetAfter.get("b");
      if (folder === undefined) throw new Error("there is no folder");
      const targetBefore = new Map(run.targetBefore).set("b", { ...folder, ...OLD_FOLDER });
      return { onConflict, targetBefore, ...standing(run, "b", { ...OLD_FOLDER, ...other }) };
    });
    expect(violatedBy(record)).toContain("standing");
  });

  test("notices a file that is left behind", () => {
    expect(violatedBy(withRestores(honest, (run) => standing(run, ".temporary", {})))).toContain(
      "leftovers",
    );
  });

  test("notices a change outside the folder", () => {
    const replaced = { path: "/data/a", what: "replaced" } as const;
    const violated = violatedBy(withRestores(honest, () => ({ changesOutside: [replaced] })));
    expect(violated).toEqual(new Set(["I11"]));
  });

  test("notices a name that was outside the folder for a moment", () => {
    const violated = violatedBy(
      withRestores(honest, ({ names }) => ({
        names: [...names, { act: "made", path: "/elsewhere/a" }],
      })),
    );
    expect(violated).toEqual(new Set(["I11"]));
  });

  test("allows what was moved out of the folder, and what an earlier restore left elsewhere", () => {
    const violated = violatedBy(
      withRestores(honest, ({ names, job }) => ({
        movedTo: ["/moved"],
        names: [
          ...names,
          { act: "made", path: "/moved/a" },
          { act: "removed", path: `/elsewhere/.azukeru-restore-${job.id - 1}-0.tmp` },
        ],
      })),
    );
    expect(violated).toEqual(new Set());
  });

  test("notices a file that is fetched twice, and one that is left alone and fetched", () => {
    const fetchedOnce = honest.restores[0]?.requests.filter(({ path }) => path.endsWith("/a"));
    expect(fetchedOnce).toHaveLength(1);
    const twice = withRestores(honest, ({ requests }) => ({
      requests: [...requests, ...(fetchedOnce ?? [])],
    }));
    expect(violatedBy(twice)).toEqual(new Set(["again"]));
    const skipped = withRestores(honest, () => ({ onConflict: "skip" }));
    expect(violatedBy(skipped)).toContain("again");
  });

  test("notices that something is gone from the service", () => {
    const violated = violatedBy(
      withRestores(honest, ({ serviceAfter }) => ({
        serviceAfter: { ...serviceAfter, files: new Map() },
      })),
    );
    expect(violated).toContain("I7");
  });

  test("notices a restore that claims too much, and one that never ended", () => {
    const violated = violatedBy(
      withRestores(honest, (run) => ({
        rows: run.rows.map((row) => ({ ...row, status: "unexpected", causes: ["R-UX-4"] })),
      })),
    );
    expect(violated).toContain("I2");
    expect(
      violatedBy(withRestores(honest, ({ job }) => ({ job: { ...job, endedAtMs: null } }))),
    ).toContain("I13");
  });
});
