import { beforeAll, describe, expect, test } from "vitest";

import type { JobFileRecord, JobRecord } from "../../protocol/job-record.ts";
import type { CrashFact } from "../observation/crash-fact.ts";
import type { BackupRun } from "../observation/backup-run.ts";
import type { RunRecord } from "../observation/run-record.ts";
import { honestRun, violatedBy, withBackup } from "./testing/honest-run.ts";
import { checkRun } from "./check-run.ts";

let honest: RunRecord;

beforeAll(async () => {
  honest = await honestRun({
    tree: {
      "/data/a": { content: { text: "readable" } },
      "/data/b": { content: { text: "secret" }, access: "denied" },
      "/data/c?": { content: { text: "forbidden" } },
    },
    timeline: [
      {
        do: "backup",
        disturbances: [{ when: { at: "request", nth: 1 }, what: { do: "look" } }],
      },
    ],
  });
});

function withJob(change: (run: BackupRun) => Partial<BackupRun>): RunRecord {
  return withBackup(honest, change);
}

function withRow(path: string, change: Partial<JobFileRecord>): RunRecord {
  return withJob(({ rows }) => ({
    rows: rows.map((row) => (row.path === path ? { ...row, ...change } : row)),
  }));
}

function withStatus(change: Partial<JobRecord>): RunRecord {
  return withJob(({ job }) => ({ job: { ...job, ...change } }));
}

describe("checkRun", () => {
  test("finds nothing wrong with what the agent truly did", () => {
    expect(checkRun(honest).violations).toEqual([]);
    expect(honest.backups[0]?.job.status).toBe("unexpected");
  });

  test("notices what a lost power took", () => {
    const crash: CrashFact = {
      device: "pc",
      elapsedMs: 1,
      kind: "power-loss",
      losses: ["setting"],
      openJobs: [],
      newestJobId: 0,
      isMailing: false,
      targets: new Map(),
    };
    expect(violatedBy({ ...honest, crashes: [crash] })).toContain("I14");
  });

  test("notices what a person who looks meanwhile is not shown, or shown otherwise", () => {
    const [row] = honest.looks[0]?.rows ?? [];
    expect(honest.backups[0]?.looks).toEqual([row]);
    expect(row).toMatchObject({ status: "running", causes: ["B-RUN-1"] });
    const shown = (change: Partial<JobRecord>): RunRecord =>
      withJob(({ looks }) => ({ looks: looks.map((seen) => seen && { ...seen, ...change }) }));
    expect(violatedBy(shown({ status: "completed", causes: ["B-OK-1"] }))).toContain("status");
    expect(violatedBy(shown({ causes: ["B-RUN-1", "B-OM-1"] }))).toContain("status");
    expect(violatedBy(shown({ endedAtMs: 1 }))).toContain("status");
    expect(violatedBy(withJob(() => ({ looks: [undefined] })))).toContain("status");
    const looks = honest.looks.map((look) => ({ ...look, workingIds: [] }));
    expect(violatedBy({ ...honest, looks })).toContain("status");
  });

  test("notices a job that claims too much", () => {
    expect(violatedBy(withStatus({ status: "completed" }))).toContain("I2");
  });

  test("notices a file that is said to be sent and could not be read", () => {
    const violated = violatedBy(withRow("b", { status: "completed", causes: [] }));
    expect(violated).toContain("status");
    expect(violated).toContain("I1");
  });

  test("notices a good file that was given up with the bad ones", () => {
    expect(violatedBy(withRow("a", { status: "interrupted", causes: ["B-INT-1"] }))).toContain(
      "I3",
    );
  });

  test("notices a wrong cause", () => {
    expect(violatedBy(withRow("c?", { causes: ["B-FC-3"] }))).toContain("status");
  });

  test("notices a file without a row", () => {
    const record = withJob(({ rows }) => ({ rows: rows.filter(({ path }) => path !== "a") }));
    expect(violatedBy(record)).toContain("status");
  });

  test("notices bytes on the service that the disk never had", () => {
    const record = withJob(({ serviceAfter }) => ({
      serviceAfter: {
        ...serviceAfter,
        files: new Map([
          [
            "a",
            {
              generations: [
                {
                  sha256: "0".repeat(64),
                  sizeBytes: 8,
                  generation: 1,
                  modifiedAtNs: "0",
                  mode: null,
                },
              ],
            },
          ],
        ]),
      },
    }));
    const violated = violatedBy(record);
    expect(violated).toContain("I1");
    expect(violated).toContain("I6");
  });

  test("notices a used figure that is not what is stored", () => {
    const record = withJob(({ serviceAfter }) => ({
      serviceAfter: { ...serviceAfter, usedBytes: serviceAfter.usedBytes + 1 },
    }));
    expect(violatedBy(record)).toContain("I5");
  });

  test("notices a job that never ended", () => {
    expect(violatedBy(withStatus({ status: "running", endedAtMs: null }))).toContain("I13");
  });

  test("notices a secret in a log", () => {
    const logs = [...honest.logs, `token ${honest.secrets[0] ?? ""}`];
    expect(violatedBy({ ...honest, logs })).toContain("I10");
  });
});
