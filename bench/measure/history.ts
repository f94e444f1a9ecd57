import { join } from "node:path";

import { openNodeDatabase } from "../../src/agent/adapters/node-database.ts";
import { JobDetails } from "../../src/agent/state/job-details.ts";
import { JobHistory } from "../../src/agent/state/job-history.ts";
import type { DetailStatus, JobRecord } from "../../src/protocol/job-record.ts";
import type { Page } from "../../src/agent/state/records.ts";
import { StateDatabase } from "../../src/agent/state/state-database.ts";
import { ownTool, printFigure, say } from "../support/figure.ts";
import { makeWorkFolder } from "../support/work-folder.ts";

/** The law: no page of the details of a million files takes longer (F31). */
const PAGE_MS_MAX = 100;
const ROWS_TOGETHER_COUNT = 500;
/** One row in so many has the status that few rows have. */
const FEW_SHARE = 100_000;
/** Every status in turn: one that all have, one that many have, one that few have. */
const FILTERS = { all: undefined, many: "completed", few: "access-denied" } as const;

/** How much history there is. */
export interface HistorySize {
  readonly rowCount: number;
  readonly jobCount: number;
}

/**
 * Pages of the details of one job and of the list of jobs, in a real database file: first, middle and
 * last, all rows and those of one status, of a job that ended and of one that still writes.
 */
export async function measureHistory(size: HistorySize, runCount: number): Promise<void> {
  await using folder = await makeWorkFolder(size.rowCount * 400 + size.jobCount * 400 + 2 ** 28);
  const path = join(folder.path, "agent.db");
  say(`history: writing ${size.rowCount} rows and ${size.jobCount} jobs`);
  const writer = new StateDatabase(openNodeDatabase(path));
  const jobId = writeRows(writer, size.rowCount);
  writeJobs(writer, size.jobCount);
  const reader = new StateDatabase(openNodeDatabase(path));
  const details = new JobDetails(reader);
  for (const state of ["ended", "running"] as const) {
    for (const [name, status] of Object.entries(FILTERS)) {
      const read = (page: number): Page<unknown> => details.list(jobId, page, status);
      const before = (): void => {
        if (state === "running") writeMore(writer, jobId, details.list(jobId, 1).rowCount);
      };
      const values = pageTimes({ read, before, runCount });
      const { rowCount, pageCount } = read(1);
      print(`history-details-${state}-${name}`, values, { rowCount, pageCount });
    }
  }
  const read = (page: number): Page<unknown> => new JobHistory(reader).list("backup", page);
  const { rowCount, pageCount } = read(1);
  print("history-jobs", pageTimes({ read, before: () => undefined, runCount }), {
    rowCount,
    pageCount,
  });
}

/** Milliseconds of the slowest of the first, the middle and the last page; one value a run. */
function pageTimes(options: {
  readonly read: (page: number) => Page<unknown>;
  readonly before: () => void;
  readonly runCount: number;
}): readonly number[] {
  const { read, before, runCount } = options;
  return Array.from({ length: runCount }, () => {
    const last = read(1).pageCount;
    const times = [1, Math.ceil(last / 2), last].map((page) => {
      before();
      const startedAtMs = performance.now();
      read(page);
      return performance.now() - startedAtMs;
    });
    return Math.max(...times);
  });
}

function print(
  name: string,
  values: readonly number[],
  details: { readonly rowCount: number; readonly pageCount: number },
): void {
  const holds = Math.max(...values) <= PAGE_MS_MAX;
  const tool = ownTool("azukeru-agent");
  printFigure({
    name,
    tool,
    unit: "ms",
    values,
    details: { ...details, limit: PAGE_MS_MAX, holds },
  });
}

function writeRows(database: StateDatabase, rowCount: number): number {
  const { id } = startJob(database, 0);
  for (let first = 1; first <= rowCount; first += ROWS_TOGETHER_COUNT) {
    putRows(database, id, { first, count: Math.min(ROWS_TOGETHER_COUNT, rowCount - first + 1) });
  }
  return id;
}

/** What a running job does between two looks at it: rows get their final status, others begin. */
function writeMore(database: StateDatabase, jobId: number, lastPosition: number): void {
  putRows(database, jobId, {
    first: Math.max(1, lastPosition - ROWS_TOGETHER_COUNT / 2),
    count: ROWS_TOGETHER_COUNT,
  });
}

function putRows(
  database: StateDatabase,
  jobId: number,
  { first, count }: { readonly first: number; readonly count: number },
): void {
  const details = new JobDetails(database);
  database.transaction("streaming", () => {
    for (let position = first; position < first + count; position += 1) {
      details.put({
        jobId,
        position,
        path: `folder-${position % 1_000}/sub/file-${position}.txt`,
        pathBase64: null,
        entryKind: "file",
        status: statusOf(position),
        causes: [],
        sizeBytes: position,
        detail: null,
      });
    }
  });
}

function statusOf(position: number): DetailStatus {
  if (position % FEW_SHARE === 7) return "access-denied";
  return position % 3 === 0 ? "no-difference" : "completed";
}

function writeJobs(database: StateDatabase, jobCount: number): void {
  // A transaction a job, as the agent has it, would take minutes and change nothing here.
  database.transaction("streaming", () => {
    for (let startedAtMs = 1; startedAtMs <= jobCount; startedAtMs += 1) {
      database.run(
        `INSERT INTO job (kind, trigger, source_path, destination, started_at_ms, ended_at_ms, status, causes)
         VALUES ('backup', 'manual', '/home/taro/docs', 'd', ?, ?, 'completed', 'B-OK-1')`,
        startedAtMs,
        startedAtMs,
      );
    }
  });
}

function startJob(database: StateDatabase, startedAtMs: number): JobRecord {
  return new JobHistory(database).start(
    {
      kind: "backup",
      trigger: "manual",
      sourceId: null,
      sourcePath: "/home/taro/docs",
      destination: "d",
      startedAtMs,
      settings: null,
    },
    "B-RUN-1",
  );
}
