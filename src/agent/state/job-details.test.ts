import * as fc from "fast-check";
import { expect, test } from "vitest";

import { LIMITS } from "../../protocol/limits.ts";
import { aJobFile, memoryDatabase } from "../testing/fixtures.ts";
import { JobDetails } from "./job-details.ts";
import { JobHistory } from "./job-history.ts";
import type { DetailStatus } from "../../protocol/job-record.ts";
import type { StateDatabase } from "./state-database.ts";

const STATUSES = ["pending", "completed", "access-denied"] as const satisfies DetailStatus[];

function startedJob(database: StateDatabase): number {
  const job = {
    kind: "backup",
    trigger: "manual",
    sourceId: null,
    sourcePath: "/s",
    destination: "d",
    startedAtMs: 0,
    settings: null,
  } as const;
  return new JobHistory(database).start(job, "B-RUN-1").id;
}

/** Runs of rows of one status, over several blocks of positions. */
const arbitraryRuns = fc.array(
  fc.record({ status: fc.constantFrom(...STATUSES), rowCount: fc.integer({ min: 1, max: 900 }) }),
  { maxLength: 6 },
);

/** Rows that get another status afterwards, as when a pending one is done. */
const arbitraryChanges = fc.array(
  fc.record({
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    to: fc.constantFrom(...STATUSES),
  }),
  { maxLength: 30 },
);

test("pages are the rows of a status, in order, cut into hundreds, whatever changed on the way", () => {
  fc.assert(
    fc.property(arbitraryRuns, arbitraryChanges, fc.boolean(), (runs, changes, settles) => {
      const database = memoryDatabase();
      const jobId = startedJob(database);
      const details = new JobDetails(database);
      const statuses: DetailStatus[] = runs.flatMap(({ status, rowCount }) =>
        Array.from({ length: rowCount }, () => status),
      );
      database.transaction("streaming", () => {
        for (const [index, status] of statuses.entries()) {
          details.put(aJobFile({ jobId, position: index + 1, status }));
        }
      });
      for (const { share, to } of changes) {
        const index = Math.floor(share * (statuses.length - 1));
        if (statuses[index] === undefined) continue;
        statuses[index] = to;
        details.put(aJobFile({ jobId, position: index + 1, status: to }));
      }
      if (settles) {
        details.settlePending(jobId, { status: "interrupted", causes: ["B-INT-1"], detail: null });
        for (const [index, status] of statuses.entries()) {
          if (status === "pending") statuses[index] = "interrupted";
        }
      }

      for (const status of [undefined, ...STATUSES, "interrupted"] as const) {
        const wanted = [...statuses.keys()]
          .filter((index) => status === undefined || statuses[index] === status)
          .map((index) => index + 1);
        const { pageCount, rowCount } = details.list(jobId, 1, status);
        const pages = Array.from({ length: pageCount }, (_, page) =>
          details.list(jobId, page + 1, status),
        );
        expect(rowCount).toBe(wanted.length);
        expect(pages.flatMap(({ rows }) => rows.map(({ position }) => position))).toEqual(wanted);
        const full = pages.slice(0, -1).map(({ rows }) => rows.length);
        expect(new Set(full).isSubsetOf(new Set([LIMITS.historyPageRowCount]))).toBe(true);
        expect(details.list(jobId, pageCount + 1, status).rows).toEqual([]);
      }
    }),
    { numRuns: 30 },
  );
});

test("rows of one job are never on the pages of another", () => {
  const database = memoryDatabase();
  const details = new JobDetails(database);
  const [first, second] = [startedJob(database), startedJob(database)];

  details.put(aJobFile({ jobId: first, path: "first.txt" }));
  details.put(aJobFile({ jobId: second, path: "second.txt" }));

  for (const status of [undefined, "completed"] as const) {
    expect(details.list(first, 1, status)).toMatchObject({
      rowCount: 1,
      rows: [{ path: "first.txt" }],
    });
  }
});

test("a change that is undone leaves the counts as they were", () => {
  const database = memoryDatabase();
  const jobId = startedJob(database);
  const details = new JobDetails(database);
  details.put(aJobFile({ jobId, status: "pending" }));

  expect(() =>
    database.transaction("streaming", () => {
      details.put(aJobFile({ jobId, status: "completed" }));
      throw new Error("undone");
    }),
  ).toThrow("undone");

  expect(details.list(jobId, 1, "pending").rowCount).toBe(1);
  expect(details.list(jobId, 1, "completed").rowCount).toBe(0);
});
