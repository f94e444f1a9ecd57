import { BoundedQueue } from "./bounded-queue.ts";

interface WorkersOptions<Item> {
  readonly workerCount: number;
  /** Puts one item after another; `put` waits while all workers are busy and the queue is full. */
  readonly feed: (put: (item: Item) => Promise<void>) => Promise<void>;
  /** What a worker does with one item, in order; a step that is done at once returns nothing. */
  readonly steps: readonly ((item: Item) => Promise<void> | undefined)[];
  /** Called with what a step failed with. The worker goes on all the same, so that `put` never hangs. */
  readonly onError: (error: unknown) => void;
}

/**
 * Has items worked on by a few workers side by side while they are fed. The queue between holds as many
 * items as there are workers, so that what feeds never runs further ahead (I12). Resolves once every
 * item is done; rejects with what `feed` rejects with, after the items put before it are done.
 */
export async function runWorkers<Item>(options: WorkersOptions<Item>): Promise<void> {
  const { workerCount } = options;
  const queue = new BoundedQueue<Item>(workerCount);
  const workers = Array.from({ length: workerCount }, () => workThrough(queue, options));
  try {
    await options.feed((item) => queue.put(item));
  } finally {
    queue.close();
    await Promise.all(workers);
  }
}

async function workThrough<Item>(
  queue: BoundedQueue<Item>,
  { steps, onError }: WorkersOptions<Item>,
): Promise<void> {
  for (let item = await queue.take(); item !== undefined; item = await queue.take()) {
    for (const step of steps) {
      try {
        const doing = step(item);
        if (doing !== undefined) await doing;
      } catch (error) {
        onError(error);
      }
    }
  }
}
