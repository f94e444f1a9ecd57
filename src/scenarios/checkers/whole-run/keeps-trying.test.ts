import { beforeAll, expect, test } from "vitest";

import type { BackupRun } from "../../observation/backup-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { honestRun, violatedBy, withBackup } from "../testing/honest-run.ts";

let honest: RunRecord;

beforeAll(async () => {
  honest = await honestRun({
    tuning: {
      parallelUploadCount: 1,
      batchedFileBytesMax: 1,
      retryBudgetMs: 60_000,
      retryDelayMs: 500,
      retryDelayMsMax: 4000,
    },
    tree: {
      "/data/a": { content: { text: "first" } },
      "/data/b": { content: { text: "second" } },
      "/data/c": { content: { text: "third" } },
    },
    timeline: [
      {
        do: "backup",
        faults: {
          storage: [
            { kind: "status", status: 503, operation: ["putFile"], path: "**/b", times: "forever" },
          ],
        },
      },
    ],
  });
});

/** The record with fewer tries of the file that is refused. */
function withTries(most: number, change: Partial<BackupRun> = {}): RunRecord {
  return withBackup(honest, ({ requests }) => {
    let count = 0;
    const kept = requests.filter(({ status }) => status !== 503 || (count += 1) <= most);
    return { requests: kept, ...change };
  });
}

test("nothing is wrong with a file that is tried for the whole budget", () => {
  expect(violatedBy(honest)).toEqual(new Set());
});

test("a file that is given up after half of it is noticed", () => {
  expect(violatedBy(withTries(8))).toContain("patience");
});

test("a try that comes later than its pause is noticed", () => {
  const late = withBackup(honest, ({ requests }) => {
    const first = requests.findIndex(({ status }) => status === 503);
    const later = requests.map((request, at) =>
      at > first ? { ...request, atMs: request.atMs + 5000 } : request,
    );
    return { requests: later };
  });

  expect(violatedBy(late)).toContain("patience");
});

test("on a PC that slept nothing is said", () => {
  expect(violatedBy(withTries(8, { sleepsMs: [1000] }))).not.toContain("patience");
});

test("a second file in a row that is given up earlier is none that something went well before", async () => {
  const inARow = await honestRun({
    tuning: { ...honest.scenario.tuning },
    tree: honest.scenario.tree,
    timeline: [
      {
        do: "backup",
        faults: {
          storage: [{ kind: "status", status: 503, operation: ["putFile"], times: "forever" }],
        },
      },
    ],
  });

  expect(violatedBy(inARow)).toEqual(new Set());
});
