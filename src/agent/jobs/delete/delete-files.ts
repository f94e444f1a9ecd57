import { BoundedQueue } from "../bounded-queue.ts";
import { guardMemory } from "../guard-memory.ts";
import { stopForUnforeseen } from "../run-job.ts";
import type { DeleteContext } from "./delete-context.ts";
import { deleteOne } from "./delete-one.ts";
import { toDeleteTarget, type DeleteTarget } from "./delete-target.ts";

/**
 * Deletes the files that are gone, some side by side. Of a job that stops with `list-rest` the files
 * that were not reached get its status; one that stops at once leaves them unlisted.
 */
export async function deleteFiles(context: DeleteContext): Promise<void> {
  const { parallelDeleteCount } = context.tuning;
  const queue = new BoundedQueue<DeleteTarget>(parallelDeleteCount);
  const deleters = Array.from({ length: parallelDeleteCount }, () => deleteAll(context, queue));
  try {
    await feed(context, queue);
  } finally {
    queue.close();
    await Promise.all(deleters);
  }
}

async function feed(context: DeleteContext, queue: BoundedQueue<DeleteTarget>): Promise<void> {
  const { gone, stop, recorder } = context;
  for await (const page of guardMemory(streamed(gone.files()), "delete", context)) {
    if (stop.reason === undefined) recorder.markUncertain(page.map(({ key }) => key));
    for (const entry of page) {
      const { reason } = stop;
      if (reason?.rest === "at-once") return;
      const target = toDeleteTarget(entry);
      if (reason === undefined) await queue.put(target);
      else recorder.keep(target, reason.failure);
    }
  }
}

async function* streamed<Page>(pages: Iterable<Page>): AsyncGenerator<Page, void> {
  yield* pages;
}

async function deleteAll(context: DeleteContext, queue: BoundedQueue<DeleteTarget>): Promise<void> {
  for (let target = await queue.take(); target !== undefined; target = await queue.take()) {
    try {
      await deleteOne(context, target);
    } catch (error) {
      stopForUnforeseen(context, "delete", { event: "deletion failed", error });
    }
  }
}
