import type { RestoreRun } from "../../observation/restore-run.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * I7 for restores: what is on the service stays as it is, to the last generation. Does not verify restores
 * during which somebody else changed something on the service.
 */
export function restoresOnlyRead(run: RestoreRun): Violation[] {
  if (run.storedChanges.length > 0) return [];
  const shown = (facts: RestoreRun["serviceBefore"]): string =>
    JSON.stringify([
      [...facts.files].toSorted(([one], [other]) => (one < other ? -1 : 1)),
      [...facts.folders].toSorted(),
      facts.destinationExists,
    ]);
  if (shown(run.serviceBefore) === shown(run.serviceAfter)) return [];
  const said = message("checked-job.of", {
    job: namedJob(run.job),
    source: run.destination,
    what: message("checked-restore.changed-service"),
  });
  return [{ invariant: "I7", message: said }];
}
