import { stopForUnforeseen } from "../run-job.ts";
import { runWorkers } from "../run-workers.ts";
import type { RestoreContext } from "./restore-context.ts";
import { restoreFile } from "./restore-file.ts";
import type { RestoreItem } from "./restore-item.ts";

/**
 * Carries out what `feed` puts, several files side by side. Resolves once everything is done, to
 * whether a stop left something out.
 */
export async function carryOutPlan(
  context: RestoreContext,
  feed: (put: (item: RestoreItem) => Promise<void>) => Promise<void>,
): Promise<{ readonly isCutShort: boolean }> {
  const { recorder, syncedRows, stop, jobId } = context;
  let isCutShort = false;
  const onError = (error: unknown): void => {
    isCutShort = true;
    const fields = { job: jobId };
    stopForUnforeseen(context, "restore", { event: "restoring-a-file-failed", error, fields });
  };
  const restore = (item: RestoreItem): Promise<void> | undefined => {
    if (stop.reason?.rest === "at-once") {
      // What was not reached has no row.
      isCutShort = true;
      return undefined;
    }
    if (item.kind === "file") return restoreFile(context, item);
    if (item.kind === "settled") recorder.settle(item);
    else recorder.leaveOut(item);
    return undefined;
  };
  try {
    await runWorkers<RestoreItem>({
      workerCount: context.tuning.parallelDownloadCount,
      feed: (put) =>
        feed((item) => {
          recorder.expect(item);
          return put(item);
        }),
      steps: [
        restore,
        (item) => (item.kind === "file" ? item.folder.releaseFor(item.name) : undefined),
      ],
      onError,
    });
  } finally {
    // The last rows are told.
    await syncedRows.settle().catch(onError);
  }
  return { isCutShort };
}
