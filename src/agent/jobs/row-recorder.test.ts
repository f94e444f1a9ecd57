import { DatabaseSync } from "node:sqlite";

import { expect, test } from "vitest";

import { BACKUP_OUTCOMES } from "../core/job-outcome.ts";
import { COMPLETED } from "../core/file-outcome.ts";
import { JobDetails } from "../state/job-details.ts";
import { JobHistory } from "../state/job-history.ts";
import { StateDatabase } from "../state/state-database.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { RowRecorder } from "./row-recorder.ts";

test("tells of a row only when the row is written", () => {
  const database = new StateDatabase(new DatabaseSync(":memory:"));
  const history = new JobHistory(database);
  const job = history.start(
    {
      kind: "backup",
      trigger: "manual",
      sourceId: null,
      sourcePath: "/source",
      destination: "area/pc/source",
      startedAtMs: 0,
      settings: null,
    },
    "B-RUN-1",
  );
  const details = new JobDetails(database);
  const told: [path: string, isWritten: boolean][] = [];
  const recorder = new RowRecorder({
    jobId: job.id,
    words: BACKUP_OUTCOMES,
    clock: new FakeClock(),
    database,
    history,
    details,
    onRow: ({ path, position }) => {
      const { rows } = details.list(job.id, 1);
      told.push([path, rows.some((row) => row.position === position && row.status !== "pending")]);
    },
    onProgress: () => undefined,
  });

  recorder.finish({ path: "a.txt", entryKind: "file" }, COMPLETED);
  recorder.exclude({ path: "link", entryKind: "other" });
  expect(told).toEqual([]);
  recorder.flush();

  expect(told).toEqual([
    ["a.txt", true],
    ["link", true],
  ]);
});
