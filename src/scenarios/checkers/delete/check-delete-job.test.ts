import { beforeAll, describe, expect, test } from "vitest";

import type { DeletionWork } from "../../observation/delete-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { checkRun } from "../check-run.ts";
import { honestRun, violatedBy, withDeletion } from "../testing/honest-run.ts";

let honest: RunRecord;

beforeAll(async () => {
  honest = await honestRun({
    compareDelete: true,
    tree: {
      "/data/kept": { content: { text: "kept" } },
      "/data/gone": { content: { text: "gone" } },
      "/data/folder/gone too": { content: { text: "gone too" } },
    },
    timeline: [
      { do: "backup" },
      { do: "delete", path: "/data/gone" },
      { do: "delete", path: "/data/folder" },
      { do: "backup" },
    ],
  });
});

function withWork(change: (work: DeletionWork) => Partial<DeletionWork>): RunRecord {
  return withDeletion(honest, ({ work }) => ({
    work: work === undefined ? undefined : { ...work, ...change(work) },
  }));
}

describe("checking delete jobs", () => {
  test("finds nothing wrong with what the agent truly did", () => {
    expect(checkRun(honest).violations).toEqual([]);
    const deletion = honest.deletions[1];
    expect(deletion?.rows.map(({ path }) => path)).toEqual(["folder/gone too", "gone", "folder"]);
    expect(checkRun(honest).hits).toContainEqual({ cause: "DEL-OK-1", phase: "first-try" });
  });

  test("notices a file that is said to be deleted and is there", () => {
    const record = withWork(({ serviceBefore }) => ({ serviceAfter: serviceBefore }));
    expect(violatedBy(record)).toContain("I1");
    expect(violatedBy(record)).toContain("deletes");
  });

  test("notices a file that vanished with others", () => {
    const record = withWork(({ serviceAfter }) => ({
      serviceAfter: { ...serviceAfter, files: new Map() },
    }));
    expect(violatedBy(record)).toContain("I7");
  });

  test("notices a request to delete what stands on the PC", () => {
    const record = withWork(({ deletionRequests, startedSeq }) => ({
      deletionRequests: [
        ...deletionRequests,
        { seq: startedSeq + 1, entryKind: "file", path: "kept" },
      ],
    }));
    expect(violatedBy(record)).toContain("I7");
  });

  test("notices a deletion while 差分比較削除 is off", () => {
    const record = withDeletion(honest, ({ backup }) => ({
      backup: backup && { ...backup, compareDelete: false },
    }));
    expect(violatedBy({ ...record, backups: honest.backups })).toContain("I9");
  });

  test("notices a backup without its delete job, and one that did not run without a reason", () => {
    expect(violatedBy({ ...honest, deletions: honest.deletions.slice(1) })).toContain("I9");
    const record = withDeletion(honest, ({ job }) => ({
      job: { ...job, status: "not-run", causes: ["DEL-NR-1"], endedAtMs: null },
      rows: [],
      work: undefined,
    }));
    expect(violatedBy(record)).toContain("deletes");
  });

  test("notices wrong counts and sizes", () => {
    const record = withDeletion(honest, ({ rows }) => ({
      rows: rows.map((row) => ({ ...row, sizeBytes: row.sizeBytes + 1 })),
    }));
    expect(violatedBy(record)).toContain("I2");
  });

  test("notices a row that waits for ever", () => {
    const [job] = honest.history.filter(({ kind }) => kind === "delete");
    if (job === undefined) throw new Error("there is no delete job");
    const waiting = { ...job, status: "waiting" as const };
    expect(violatedBy({ ...honest, history: [...honest.history, waiting] })).toContain("I9");
  });
});
