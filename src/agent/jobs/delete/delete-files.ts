import { guardMemory } from "../guard-memory.ts";
import { stopForUnforeseen } from "../run-job.ts";
import { runWorkers } from "../run-workers.ts";
import type { DeleteContext } from "./delete-context.ts";
import { deleteOne } from "./delete-one.ts";
import { toDeleteTarget, type DeleteTarget } from "./delete-target.ts";

/**
 * Deletes the files that are gone, some side by side. Of a job that stops with `list-rest` the files
 * that were not reached get its status; one that stops at once leaves them unlisted.
 */
export function deleteFiles(context: DeleteContext): Promise<void> {
  return runWorkers<DeleteTarget>({
    workerCount: context.tuning.parallelDeleteCount,
    feed: (put) => feed(context, put),
    steps: [(target) => deleteOne(context, target)],
    onError: (error) => stopForUnforeseen(context, "delete", { event: "deletion-failed", error }),
  });
}

async function feed(
  context: DeleteContext,
  put: (target: DeleteTarget) => Promise<void>,
): Promise<void> {
  const { gone, stop, recorder } = context;
  for await (const page of guardMemory(streamed(gone.files()), "delete", context)) {
    if (stop.reason === undefined) recorder.markUncertain(page.map(({ key }) => key));
    for (const entry of page) {
      const { reason } = stop;
      if (reason?.rest === "at-once") return;
      const target = toDeleteTarget(entry);
      if (reason === undefined) await put(target);
      else recorder.keep(target, reason.failure);
    }
  }
}

async function* streamed<Page>(pages: Iterable<Page>): AsyncGenerator<Page, void> {
  yield* pages;
}
