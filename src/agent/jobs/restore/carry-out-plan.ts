import { BoundedQueue } from "../bounded-queue.ts";
import { stopForUnforeseen } from "../run-job.ts";
import type { RestoreContext } from "./restore-context.ts";
import { restoreFile } from "./restore-file.ts";
import type { RestoreItem } from "./restore-item.ts";

/**
 * Carries out what `feed` puts, several files side by side. The queue between holds as many items as
 * there are workers, so that the plan never runs further ahead (I12). Resolves once everything is
 * done, to whether a stop left something out.
 */
export async function carryOutPlan(
  context: RestoreContext,
  feed: (put: (item: RestoreItem) => Promise<void>) => Promise<void>,
): Promise<{ readonly isCutShort: boolean }> {
  const { parallelDownloadCount } = context.tuning;
  const queue = new BoundedQueue<RestoreItem>(parallelDownloadCount);
  const work = { isCutShort: false };
  const workers = Array.from({ length: parallelDownloadCount }, () =>
    carryOut(context, queue, work),
  );
  try {
    await feed((item) => {
      context.recorder.expect(item);
      return queue.put(item);
    });
  } finally {
    queue.close();
    await Promise.all(workers);
    await settleRows(context, work);
  }
  return work;
}

async function carryOut(
  context: RestoreContext,
  queue: BoundedQueue<RestoreItem>,
  work: { isCutShort: boolean },
): Promise<void> {
  for (let item = await queue.take(); item !== undefined; item = await queue.take()) {
    try {
      // What was not reached has no row.
      if (context.stop.reason?.rest === "at-once") work.isCutShort = true;
      else if (item.kind === "settled") context.recorder.settle(item);
      else await restoreFile(context, item);
    } catch (error) {
      work.isCutShort = true;
      failed(context, error);
    }
    try {
      if (item.kind === "file") await item.folder.releaseFor(item.name);
    } catch (error) {
      work.isCutShort = true;
      failed(context, error);
    }
  }
}

/** The last rows are told. */
async function settleRows(context: RestoreContext, work: { isCutShort: boolean }): Promise<void> {
  try {
    await context.syncedRows.settle();
  } catch (error) {
    work.isCutShort = true;
    failed(context, error);
  }
}

function failed(context: RestoreContext, error: unknown): void {
  const fields = { job: context.jobId };
  stopForUnforeseen(context, "restore", { event: "restoring a file failed", error, fields });
}
