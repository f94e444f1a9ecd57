import { beforeAll, describe, expect, test } from "vitest";

import type { BackupRun } from "../../observation/backup-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { honestRun, violatedBy, withBackup } from "../testing/honest-run.ts";

let honest: RunRecord;

beforeAll(async () => {
  honest = await honestRun({
    compareDelete: true,
    tree: {
      "/data/a": { content: { text: "a" } },
      "/data/b": { content: { text: "b" } },
      "/data/folder/c": { content: { text: "c" } },
    },
    timeline: [{ do: "backup" }, { do: "delete", path: "/data/b" }, { do: "backup" }],
  });
});

/** The record with its last healing run told otherwise. */
function withHealing(change: (run: BackupRun) => Partial<BackupRun>): RunRecord {
  const last = honest.backups.length - 1;
  const backups = honest.backups.map((run, at) => (at === last ? { ...run, ...change(run) } : run));
  return { ...honest, backups };
}

describe("over a whole run", () => {
  test("nothing is wrong with what the agent truly did", () => {
    expect(violatedBy(honest)).toEqual(new Set());
  });

  test("a healing run that ends otherwise than completed violates I4", () => {
    const record = withHealing(({ job }) => ({
      job: { ...job, status: "access-denied", causes: ["B-AD-1"] },
    }));
    expect(violatedBy(record)).toContain("I4");
  });

  test("a file that the service lacks after healing violates I4", () => {
    const record = withHealing(({ serviceAfter }) => ({
      serviceAfter: { ...serviceAfter, files: new Map() },
    }));
    expect(violatedBy(record)).toContain("I4");
  });

  test.each([
    ["modification time", { modifiedAtNs: "1" }],
    ["mode", { mode: "0123" }],
  ])("another %s of a file on the service after healing violates I4", (_, other) => {
    const record = withHealing(({ serviceAfter }) => {
      const files = new Map(
        [...serviceAfter.files].map(([path, { generations }]) => [
          path,
          { generations: generations.map((one) => ({ ...one, ...other })) },
        ]),
      );
      return { serviceAfter: { ...serviceAfter, files } };
    });
    expect(violatedBy(record)).toContain("I4");
  });

  test.each([
    ["no folder", undefined],
    ["a folder with another time", { modifiedAtNs: "1", mode: "0755" }],
    ["a folder without its mode", { mode: null }],
  ])("%s on the service after healing violates I4", (_, other) => {
    const record = withHealing(({ serviceAfter }) => {
      const folderFacts = new Map(serviceAfter.folderFacts);
      const fact = folderFacts.get("folder");
      if (other === undefined || fact === undefined) folderFacts.delete("folder");
      else folderFacts.set("folder", { ...fact, ...other });
      return { serviceAfter: { ...serviceAfter, folderFacts } };
    });
    expect(violatedBy(record)).toContain("I4");
  });

  test("a file that is gone from the PC and left on the service after healing violates I4", () => {
    const [first] = honest.backups;
    const last = honest.deletions.length - 1;
    const deletions = honest.deletions.map((run, at) =>
      at === last && run.work !== undefined && first !== undefined
        ? { ...run, work: { ...run.work, serviceAfter: first.serviceAfter } }
        : run,
    );
    // The deletion that took the file away is told to have done nothing, too.
    const told = deletions.map((run) => ({ ...run, rows: [] }));
    expect(violatedBy({ ...honest, deletions: told })).toContain("I4");
  });

  test.each([
    ["a next try that has passed", { nextTryAtMs: 900, untilMs: 5_000 }],
    ["a next try behind the end of trying", { nextTryAtMs: 6_000, untilMs: 5_000 }],
    ["an end of trying that has passed", { nextTryAtMs: null, untilMs: 900 }],
    ["no end of trying", { nextTryAtMs: 2_000, untilMs: null }],
  ])("a wait that is told with %s violates `waiting`", (_, told) => {
    const kind = told.nextTryAtMs === null ? "no-answer" : "retry";
    const waits = [{ kind, elapsedMs: 0, atMs: 1_000, ...told } as const];
    expect(violatedBy({ ...honest, waits })).toContain("waiting");
  });

  test("a wait for which a next try and an end are told is well", () => {
    const waits = [
      { kind: "retry", elapsedMs: 0, atMs: 1_000, nextTryAtMs: 2_000, untilMs: 5_000 },
    ] as const;
    expect(violatedBy({ ...honest, waits })).toEqual(new Set());
  });

  test("bytes of a large file that are acknowledged twice violate `resume`", () => {
    const record = withBackup(honest, (run) => ({
      requests: [
        ...run.requests,
        { atMs: 0, method: "PATCH", path: "/v1/uploads/1", status: 204, bodyBytes: 9_999_999 },
      ],
    }));
    expect(violatedBy(record)).toContain("resume");
  });

  test.each([
    ["a folder in another one", { path: "/data/folder", sources: ["/data"] }],
    ["a folder around another one", { path: "/data", sources: ["/data/folder"] }],
    ["a folder around the tool's own", { path: "/home", home: "/home/user/.azukeru" }],
    ["a file", { path: "/data/a", kind: "file" }],
    ["a name that is refused", { path: "/data/.git" }],
    ["a folder that may be one and is refused", { path: "/other", code: "source-refused" }],
  ] as const)("%s as a source violates `sources`", (_, told) => {
    const plain = { kind: "folder", sources: [], home: undefined, code: undefined } as const;
    const sourceWishes = [{ ...plain, ...told }];
    expect(violatedBy({ ...honest, sourceWishes })).toEqual(new Set(["sources"]));
  });

  test("more bytes than the plan has violate I5", () => {
    const record = withBackup(honest, ({ serviceAfter }) => ({
      serviceAfter: { ...serviceAfter, quotaBytes: 0 },
    }));
    expect(violatedBy(record)).toContain("I5");
  });

  test("more generations than the plan keeps violate I6", () => {
    const record = withBackup(honest, ({ serviceAfter }) => ({
      serviceAfter: { ...serviceAfter, generationCountMax: 0 },
    }));
    expect(violatedBy(record)).toContain("I6");
  });

  test("a change of the disk by the agent, and a file that vanishes under a backup, violate I7", () => {
    const gone = { what: "gone-from-disk", path: "/data/a" } as const;
    expect(violatedBy({ ...honest, foreignDiskChanges: [gone] })).toEqual(new Set(["I7"]));
    const record = withBackup(honest, ({ serviceAfter }) => ({
      serviceAfter: { ...serviceAfter, files: new Map() },
    }));
    expect(violatedBy(record)).toContain("I7");
  });

  test("a file written outside every destination violates I11", () => {
    expect(violatedBy({ ...honest, foreignServiceWrites: ["elsewhere/a"] })).toEqual(
      new Set(["I11"]),
    );
  });

  test("more open files than there are workers violate I12", () => {
    const peaks = { ...honest.peaks, openFiles: 1000 };
    expect(violatedBy({ ...honest, peaks })).toEqual(new Set(["I12"]));
  });

  test("a scenario that does not end violates I13", () => {
    const driver = { kind: "deadlock", detail: "nothing is left to wait for" } as const;
    expect(violatedBy({ ...honest, driver })).toContain("I13");
  });

  test("a file of others that is gone violates I16", () => {
    expect(violatedBy({ ...honest, foreignServiceLosses: ["elsewhere/a"] })).toEqual(
      new Set(["I16"]),
    );
  });

  test("a file that is sent again behind a stop violates resume", () => {
    const [first, second] = honest.backups;
    if (first === undefined || second === undefined) throw new Error("two backups are missing");
    const stopped: BackupRun = { ...first, stop: { kind: "interrupt", atMs: first.endedMs } };
    const again: BackupRun = {
      ...second,
      requests: [
        ...second.requests,
        { atMs: 0, method: "PUT", path: "/v1/files/a", status: 201, bodyBytes: 100_000 },
      ],
    };
    expect(violatedBy({ ...honest, backups: [stopped, again] })).toContain("resume");
  });
});
