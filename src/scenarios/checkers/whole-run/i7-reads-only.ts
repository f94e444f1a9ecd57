import { isDestinationTouched, isTouchedDuring } from "../shared/touched.ts";
import type { RunRecord, SourceDifference } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * I7: the agent changes nothing on the disk, and a backup deletes nothing on the service. Does not verify
 * what delete jobs take from the service (see `deletesOnlyWhatIsGone`), nor destinations that were touched as
 * a whole.
 */
export function readsOnly({ backups, foreignDiskChanges }: RunRecord): Violation[] {
  const onDisk = foreignDiskChanges.map((change): Violation => ({
    invariant: "I7",
    message: differenceOf(change),
  }));
  const onService = backups.flatMap((run) => {
    const { job, serviceBefore, serviceAfter } = run;
    if (isDestinationTouched(run)) return [];
    return [...serviceBefore.files.keys()]
      .filter((path) => !serviceAfter.files.has(path) && !isTouchedDuring(run, path))
      .map((path): Violation => {
        const said = { job: namedJob(job), path: JSON.stringify(path) };
        const what = message("checked-run.vanished");
        return { invariant: "I7", message: message("checked-job.at", { ...said, what }) };
      });
  });
  return [...onDisk, ...onService];
}

function differenceOf(change: SourceDifference): Message {
  const { path } = change;
  if (change.what !== "entry-count") return message(`checked-run.${change.what}`, { path });
  return message("checked-run.entry-count", { path, found: change.found, made: change.made });
}
