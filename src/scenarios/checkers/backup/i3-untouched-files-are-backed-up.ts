import { isDestinationTouched } from "../shared/touched.ts";
import { demandedStatus } from "../shared/job-expectation.ts";
import { isWell } from "../shared/outcome.ts";
import type { BackupExpectation } from "./expect-backup-job.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * I3: a file that no fault touched is on the service after the run, whatever the agent says of it and
 * whatever happened to the others. Does not verify runs that were stopped, ended at once or lost their
 * destination, nor files that the service had before.
 */
export function untouchedFiles(
  run: BackupRun,
  { targets, events, isCut }: BackupExpectation,
): Violation[] {
  const isOver = isCut || run.stop !== undefined || events.rowsMayLack;
  const mayRunOut = [events.must, events.may].some((troubles) => troubles.has("out-of-memory"));
  if (isOver || mayRunOut || isDestinationTouched(run)) return [];
  return targets.flatMap((entry) => {
    const demanded = demandedStatus(entry.outcomes);
    if (demanded === undefined || !isWell(demanded)) return [];
    if (!entry.mustBeSent || !entry.rowRequired) return [];
    const before = run.serviceBefore.files.get(entry.path)?.generations[0]?.sha256;
    const now = run.serviceAfter.files.get(entry.path)?.generations[0]?.sha256;
    if (now !== undefined && now !== before) return [];
    const about = { job: namedJob(run.job), path: JSON.stringify(entry.path) };
    const what = message("checked-backup.untouched-left");
    return [{ invariant: "I3", message: message("checked-job.at", { ...about, what }) }];
  });
}
