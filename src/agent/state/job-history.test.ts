import { describe, expect, test } from "vitest";
import { closeOrphanedJobs } from "../runs/close-orphaned-jobs.ts";
import { aJobFile, memoryDatabase } from "../testing/fixtures.ts";
import { JobDetails } from "./job-details.ts";
import { JobHistory } from "./job-history.ts";
import type { DetailStatus, JobRecord } from "../../protocol/job-record.ts";
import type { StateDatabase } from "./state-database.ts";
import { message } from "../../messages/message.ts";

function started(
  database: StateDatabase,
  given: { readonly startedAtMs?: number; readonly kind?: JobRecord["kind"] } = {},
): JobRecord {
  const { startedAtMs = 1_000, kind = "backup" } = given;
  const job = {
    kind,
    trigger: "manual",
    sourceId: null,
    sourcePath: "/s",
    destination: "d",
    startedAtMs,
    settings: null,
  } as const;
  return new JobHistory(database).start(job, "B-RUN-1");
}

describe("a job", () => {
  test("has a running row from its start, and is found by its number", () => {
    const database = memoryDatabase();

    const job = started(database);

    expect(job).toMatchObject({
      status: "running",
      causes: ["B-RUN-1"],
      endedAtMs: null,
      targetCount: 0,
    });
    expect(new JobHistory(database).find(job.id)).toEqual(job);
    expect(new JobHistory(database).running()).toEqual([job]);
  });

  test("that ended has its status, causes, end and counts, and runs no more", () => {
    const database = memoryDatabase();
    const history = new JobHistory(database);
    const { id } = started(database);
    const counts = {
      targetCount: 5,
      targetFileCount: 4,
      targetBytes: 40,
      processedCount: 4,
      transferredFileCount: 3,
      transferredBytes: 2,
      excludedCount: 1,
    };
    const end = {
      status: "unexpected",
      causes: ["B-UX-9", "B-AD-1"],
      endedAtMs: 2_000,
      detail: message("delete.source-empty"),
    } as const;

    history.count(id, counts);
    history.end(id, end);

    expect(history.find(id)).toMatchObject({ ...counts, ...end });
    expect(history.running()).toEqual([]);
  });
});

describe("the list of jobs", () => {
  test("has those of its kind, newest first, a hundred a page", () => {
    const database = memoryDatabase();
    const history = new JobHistory(database);
    const jobs = Array.from({ length: 201 }, (_, index) =>
      started(database, { startedAtMs: index }),
    );
    started(database, { kind: "restore" });

    const pages = [1, 2, 3, 4].map((page) => history.list("backup", page));

    const ids = pages.flatMap(({ rows }) => rows.map(({ id }) => id));
    expect(ids).toEqual(jobs.map(({ id }) => id).toReversed());
    expect(pages.map(({ rows }) => rows.length)).toEqual([100, 100, 1, 0]);
    expect(pages[0]).toMatchObject({ page: 1, pageCount: 3, rowCount: 201 });
  });

  test("has the later of two that started at one moment first", () => {
    const database = memoryDatabase();
    const first = started(database);
    const second = started(database);

    const { rows } = new JobHistory(database).list("backup", 1);

    expect(rows.map(({ id }) => id)).toEqual([second.id, first.id]);
  });

  test("of none has one empty page", () => {
    expect(new JobHistory(memoryDatabase()).list("delete", 1)).toEqual({
      rows: [],
      page: 1,
      pageCount: 1,
      rowCount: 0,
    });
  });
});

describe("the details of a job", () => {
  /** A job with so many rows, every third of them failed. */
  function detailed(rowCount: number): { readonly details: JobDetails; readonly jobId: number } {
    const database = memoryDatabase();
    const jobId = started(database).id;
    const details = new JobDetails(database);
    for (let position = 1; position <= rowCount; position += 1) {
      const status: DetailStatus = position % 3 === 0 ? "access-denied" : "completed";
      details.put(aJobFile({ jobId, position, path: `${position}`, status }));
    }
    return { details, jobId };
  }

  test("have a hundred rows a page, in order of position", () => {
    const { details, jobId } = detailed(250);

    const pages = [1, 2, 3].map((page) => details.list(jobId, page));

    const positions = pages.flatMap(({ rows }) => rows.map(({ position }) => position));
    expect(positions).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
    expect(pages[2]).toMatchObject({ page: 3, pageCount: 3, rowCount: 250 });
  });

  test("filtered by a status have a hundred of those rows a page", () => {
    const { details, jobId } = detailed(450);

    const pages = [1, 2].map((page) => details.list(jobId, page, "access-denied"));

    expect(pages.map(({ rows }) => rows.length)).toEqual([100, 50]);
    expect(pages[1]?.rows.at(-1)?.position).toBe(450);
    expect(pages[0]).toMatchObject({ pageCount: 2, rowCount: 150 });
  });

  test("keep every member of a row", () => {
    const { details, jobId } = detailed(0);
    const row = aJobFile({
      jobId,
      path: "f\uFFFD",
      pathBase64: "Zv8=",
      entryKind: "other",
      status: "unexpected",
      causes: ["B-UX-4", "B-UX-3"],
      detail: message("disk.gone-while-read"),
    });

    details.put(row);

    expect(details.list(jobId, 1).rows).toEqual([row]);
  });

  test("replace the row at a position", () => {
    const { details, jobId } = detailed(1);

    details.put(aJobFile({ jobId, status: "pending" }));
    details.put(aJobFile({ jobId, status: "interrupted" }));

    expect(details.list(jobId, 1).rows).toMatchObject([{ status: "interrupted" }]);
  });
});

test("closing orphans ends exactly the running jobs and their pending rows", () => {
  const database = memoryDatabase();
  const history = new JobHistory(database);
  const details = new JobDetails(database);
  const ended = started(database);
  history.end(ended.id, {
    status: "completed",
    causes: ["B-OK-1"],
    endedAtMs: 2_000,
    detail: null,
  });
  const orphan = started(database);
  details.put(aJobFile({ jobId: ended.id, status: "completed" }));
  details.put(aJobFile({ jobId: orphan.id, position: 1, status: "completed" }));
  details.put(aJobFile({ jobId: orphan.id, position: 2, status: "pending" }));

  expect(closeOrphanedJobs(database).map(({ id }) => id)).toEqual([orphan.id]);

  expect(history.find(ended.id)).toMatchObject({ status: "completed", endedAtMs: 2_000 });
  expect(history.find(orphan.id)).toMatchObject({
    status: "unexpected",
    causes: ["B-UX-7", "B-UX-8"],
    endedAtMs: null,
  });
  expect(details.list(orphan.id, 1).rows).toMatchObject([
    { status: "completed" },
    { status: "unexpected" },
  ]);
  expect(closeOrphanedJobs(database)).toEqual([]);
});

test.each([
  ["kind", "'mend'"],
  ["trigger", "'whim'"],
  ["status", "'fine'"],
  ["causes", "'B-OK-1,B-XX-1'"],
  ["started_at_ms", "'soon'"],
])("a history that holds an unknown %s is not guessed at", (column, value) => {
  const database = memoryDatabase();
  const { id } = started(database);
  database.run(`UPDATE job SET ${column} = ${value}`);

  expect(() => new JobHistory(database).find(id)).toThrow("damaged");
});

test.each([
  ["status", "'fine'"],
  ["entry_kind", "'thing'"],
])("details that hold an unknown %s are not guessed at", (column, value) => {
  const database = memoryDatabase();
  const { id: jobId } = started(database);
  const details = new JobDetails(database);
  details.put(aJobFile({ jobId }));
  database.run(`UPDATE job_file SET ${column} = ${value}`);

  expect(() => details.list(jobId, 1)).toThrow("damaged");
});
