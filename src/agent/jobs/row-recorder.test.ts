import { DatabaseSync } from "node:sqlite";

import { expect, test } from "vitest";

import type { BackupCauseId } from "../../protocol/causes/causes.ts";
import { JOB_CAUSES } from "../core/job-causes.ts";
import { COMPLETED } from "../core/file-outcome.ts";
import { JobDetails } from "../state/job-details.ts";
import { JobHistory } from "../state/job-history.ts";
import { StateDatabase } from "../state/state-database.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { DEFAULT_TUNING } from "../tuning.ts";
import { RowRecorder } from "./row-recorder.ts";

/** A recorder of files that are done at once and of what is no file. */
class TestRecorder extends RowRecorder<BackupCauseId> {
  done(path: string): void {
    this.putFinal({ path, entryKind: "file" }, COMPLETED);
  }

  leaveOut(path: string): void {
    this.putExcluded({ path, entryKind: "other" });
  }

  protected override get bytesDone(): number {
    return 0;
  }

  protected override get totals(): null {
    return null;
  }
}

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
  const recorder = new TestRecorder(
    {
      jobId: job.id,
      sourcePath: job.sourcePath,
      clock: new FakeClock(),
      database,
      tuning: DEFAULT_TUNING,
      onProgress: undefined,
      onRow: ({ path, position }) => {
        const { rows } = details.list(job.id, 1);
        told.push([
          path,
          rows.some((row) => row.position === position && row.status !== "pending"),
        ]);
      },
    },
    JOB_CAUSES.backup,
  );

  recorder.done("a.txt");
  recorder.leaveOut("link");
  expect(told).toEqual([]);
  recorder.flush();

  expect(told).toEqual([
    ["a.txt", true],
    ["link", true],
  ]);
});
