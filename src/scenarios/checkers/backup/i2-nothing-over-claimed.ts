import type { IncompleteStatus } from "../../../protocol/status.ts";
import { isIncomplete, type JobExpectation } from "./expect-job.ts";
import { allowedJobStatuses } from "../shared/mixed.ts";
import type { JobRun } from "../../observation/job-run.ts";
import type { Violation } from "../shared/violation.ts";

/** I2: a job's status and counts say what its own details show, no more and no less. */
export function claims(run: JobRun, { isCut, events }: JobExpectation): Violation[] {
  const { job, rows } = run;
  if (isCut) return [];
  const violations: Violation[] = [];
  const say = (message: string): void => {
    violations.push({ invariant: "I2", message: `job ${job.id} of ${run.sourcePath}: ${message}` });
  };
  const kinds = new Set<IncompleteStatus>();
  for (const { status } of rows) if (isIncomplete(status)) kinds.add(status);
  const ofJob = new Set([...events.must.keys(), ...events.may.keys()]);
  if (!allowedJobStatuses(kinds, ofJob).has(job.status)) {
    say(`is ${job.status}, but its files show ${[...kinds].join(", ") || "no trouble"}`);
  }
  const sent = rows.filter((row) => row.status === "completed" && row.entryKind === "file");
  const sentBytes = sent.reduce((sum, row) => sum + row.sizeBytes, 0);
  const excludedCount = rows.filter((row) => row.status === "excluded").length;
  const targetCount = rows.length - excludedCount;
  const pairs = [
    ["transferred files", job.transferredFileCount, sent.length],
    ["transferred bytes", job.transferredBytes, sentBytes],
    ["excluded entries", job.excludedCount, excludedCount],
    ["processed targets", job.processedCount, targetCount],
    ["targets", job.targetCount, targetCount],
  ] as const;
  for (const [what, said, counted] of pairs) {
    if (said !== counted) say(`says ${said} ${what}, its details show ${counted}`);
  }
  return violations;
}
