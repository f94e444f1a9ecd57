import type { BackupRun } from "../../observation/backup-run.ts";
import { isDestinationTouched } from "../shared/touched.ts";

/** Whether nobody and nothing disturbed a backup, as far as disk, network and service go; it may have been stopped. */
export function isQuiet(run: BackupRun): boolean {
  return (
    run.fired.every(({ hitCount }) => hitCount === 0) &&
    run.diskChanges.length === 0 &&
    !run.crowded &&
    run.acts.length === 0 &&
    !isDestinationTouched(run) &&
    run.serviceBefore.destinationExists &&
    run.serviceBefore.quotaBytes === run.serviceAfter.quotaBytes
  );
}
