import { beforeAll, describe, expect, it } from "vitest";

import type { JobFileRecord, JobRecord } from "../../protocol/job-record.ts";
import { runScenario } from "../simulation/run-scenario.ts";
import type { JobRun } from "../observation/job-run.ts";
import type { RunRecord } from "../observation/run-record.ts";
import { SCENARIO_VERSION } from "../scenario/scenario.ts";
import { judge } from "./judge.ts";

let honest: RunRecord;

beforeAll(async () => {
  honest = await runScenario({
    version: SCENARIO_VERSION,
    seed: 1,
    start: "2026-11-21T00:00:00Z",
    zone: "Asia/Tokyo",
    edition: "office-anshin",
    plan: "standard",
    disk: "linux",
    tree: {
      "/data/a": { content: { text: "readable" } },
      "/data/b": { content: { text: "secret" }, access: "denied" },
      "/data/c?": { content: { text: "forbidden" } },
    },
    sources: ["/data"],
    timeline: [{ do: "backup" }],
  });
});

/** The record with its first job changed. */
function withJob(change: (run: JobRun) => Partial<JobRun>): RunRecord {
  return {
    ...honest,
    jobs: honest.jobs.map((run, at) => (at === 0 ? { ...run, ...change(run) } : run)),
  };
}

function withRow(path: string, change: Partial<JobFileRecord>): RunRecord {
  return withJob(({ rows }) => ({
    rows: rows.map((row) => (row.path === path ? { ...row, ...change } : row)),
  }));
}

function withStatus(change: Partial<JobRecord>): RunRecord {
  return withJob(({ job }) => ({ job: { ...job, ...change } }));
}

function lawsBroken(record: RunRecord): ReadonlySet<string> {
  return new Set(judge(record).breaches.map(({ law }) => law));
}

describe("judge", () => {
  it("finds nothing wrong with what the agent truly did", () => {
    expect(judge(honest).breaches).toEqual([]);
    expect(honest.jobs[0]?.job.status).toBe("unexpected");
  });

  it("notices what a lost power took", () => {
    const crash = { device: "pc", elapsedMs: 1, kind: "power-loss", losses: ["a row"] } as const;
    expect(lawsBroken({ ...honest, crashes: [crash] })).toContain("I14");
  });

  it("notices a job that claims too much", () => {
    expect(lawsBroken(withStatus({ status: "completed" }))).toContain("I2");
  });

  it("notices a file that is said to be sent and could not be read", () => {
    const laws = lawsBroken(withRow("b", { status: "completed", causes: [] }));
    expect(laws).toContain("status");
    expect(laws).toContain("I1");
  });

  it("notices a good file that was given up with the bad ones", () => {
    expect(lawsBroken(withRow("a", { status: "interrupted", causes: ["B-INT-1"] }))).toContain(
      "I3",
    );
  });

  it("notices a wrong cause", () => {
    expect(lawsBroken(withRow("c?", { causes: ["B-FC-3"] }))).toContain("status");
  });

  it("notices a file without a row", () => {
    const record = withJob(({ rows }) => ({ rows: rows.filter(({ path }) => path !== "a") }));
    expect(lawsBroken(record)).toContain("status");
  });

  it("notices bytes on the service that the disk never had", () => {
    const record = withJob(({ serviceAfter }) => ({
      serviceAfter: {
        ...serviceAfter,
        files: new Map([
          [
            "a",
            {
              generations: [
                { sha256: "0".repeat(64), sizeBytes: 8, generation: 1, modifiedAtNs: "0" },
              ],
            },
          ],
        ]),
      },
    }));
    const laws = lawsBroken(record);
    expect(laws).toContain("I1");
    expect(laws).toContain("I6");
  });

  it("notices a used figure that is not what is stored", () => {
    const record = withJob(({ serviceAfter }) => ({
      serviceAfter: { ...serviceAfter, usedBytes: serviceAfter.usedBytes + 1 },
    }));
    expect(lawsBroken(record)).toContain("I5");
  });

  it("notices a job that never ended", () => {
    expect(lawsBroken(withStatus({ status: "running", endedAtMs: null }))).toContain("I13");
  });

  it("notices a secret in a log", () => {
    const logs = [...honest.logs, `token ${honest.secrets[0] ?? ""}`];
    expect(lawsBroken({ ...honest, logs })).toContain("I10");
  });
});
