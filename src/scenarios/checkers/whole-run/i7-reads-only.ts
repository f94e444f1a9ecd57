import { isDestinationTouched, isTouchedDuring } from "../shared/touched.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";

/**
 * I7: the agent changes nothing on the disk, and a backup deletes nothing on the service. Does not verify
 * what delete jobs take from the service (see `deletesOnlyWhatIsGone`), nor destinations that were touched as
 * a whole.
 */
export function readsOnly({ backups, foreignDiskChanges }: RunRecord): Violation[] {
  const onDisk = foreignDiskChanges.map((change): Violation => ({
    invariant: "I7",
    message: change,
  }));
  const onService = backups.flatMap((run) => {
    const { job, serviceBefore, serviceAfter } = run;
    if (isDestinationTouched(run)) return [];
    return [...serviceBefore.files.keys()]
      .filter((path) => !serviceAfter.files.has(path) && !isTouchedDuring(run, path))
      .map((path): Violation => {
        const message = `job ${job.id}: ${JSON.stringify(path)} vanished from the service`;
        return { invariant: "I7", message };
      });
  });
  return [...onDisk, ...onService];
}
