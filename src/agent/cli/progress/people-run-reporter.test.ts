import { expect, test } from "vitest";

import { Output } from "../output/output.ts";
import { fakeCliIo } from "../testing/fake-cli-io.ts";
import { fileRecord, jobRecord } from "../testing/job-records.ts";
import { PeopleRunReporter } from "./people-run-reporter.ts";

test("a deletion that did not run lists no files of the backup before it", () => {
  const io = fakeCliIo({ env: { NO_COLOR: "1" } });
  const reporter = new PeopleRunReporter({
    output: new Output(io, { json: false, language: "en" }),
    view: { show: () => undefined, clear: () => undefined },
    detailsCommand: (id) => `history show ${id}`,
    rerunCommand: (id) => `rerun ${id}`,
  });
  const backup = jobRecord({ id: 1, status: "access-denied", causes: ["B-AD-1"] });

  reporter.job({ ...backup, status: "running", endedAtMs: null });
  reporter.file(fileRecord({ jobId: 1, path: "locked away.txt", status: "access-denied" }));
  reporter.job(backup);
  const ofBackup = io.out().length;
  reporter.job(
    jobRecord({ id: 2, kind: "delete", status: "not-run", causes: ["DEL-NR-1"], endedAtMs: null }),
  );
  reporter.stop();

  expect(io.out().slice(0, ofBackup)).toContain("locked away.txt");
  expect(io.out().slice(ofBackup)).not.toContain("locked away.txt");
});
