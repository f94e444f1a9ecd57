import { demandedStatus, isWell } from "../shared/expectation.ts";
import type { JobExpectation } from "./expect-job.ts";
import type { JobRun } from "../../observation/job-run.ts";
import type { Violation } from "../shared/violation.ts";

/**
 * I3: a file that no fault touched is on the service after the run, whatever the agent says of it and
 * whatever happened to the others.
 */
export function untouchedFiles(
  run: JobRun,
  { entries, events, isCut }: JobExpectation,
): Violation[] {
  const isOver = isCut || run.stop !== undefined || events.rowsMayLack;
  if (isOver || events.must.has("out-of-memory") || run.destinationTouched) return [];
  return entries.flatMap((entry) => {
    const demanded = demandedStatus(entry);
    if (demanded === undefined || !isWell(demanded)) return [];
    if (!entry.mustBeSent || !entry.rowRequired) return [];
    const before = run.serviceBefore.files.get(entry.path)?.generations[0]?.sha256;
    const now = run.serviceAfter.files.get(entry.path)?.generations[0]?.sha256;
    if (now !== undefined && now !== before) return [];
    const about = `job ${run.job.id}, ${JSON.stringify(entry.path)}`;
    return [
      { invariant: "I3", message: `${about}: nothing was wrong with it, and it was not backed up` },
    ];
  });
}
