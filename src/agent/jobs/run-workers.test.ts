import { expect, test } from "vitest";
import { idle } from "../testing/fake-clock.ts";
import { runWorkers } from "./run-workers.ts";

async function feedThree(put: (item: number) => Promise<void>): Promise<void> {
  for (const item of [1, 2, 3]) await put(item);
}

test("as many items as there are workers are under way at a time, and all are done at the end", async () => {
  const done: number[] = [];
  let underWay = 0;
  let underWayMax = 0;

  await runWorkers<number>({
    workerCount: 2,
    feed: feedThree,
    steps: [
      async (item) => {
        underWay += 1;
        underWayMax = Math.max(underWayMax, underWay);
        await idle();
        underWay -= 1;
        done.push(item);
      },
    ],
    onError: () => undefined,
  });

  expect(new Set(done)).toEqual(new Set([1, 2, 3]));
  expect(underWayMax).toBe(2);
});

test("a step that fails keeps neither the next step nor the next item from its turn", async () => {
  const errors: unknown[] = [];
  const finished: number[] = [];

  await runWorkers<number>({
    workerCount: 1,
    feed: feedThree,
    steps: [
      (item) => (item === 2 ? Promise.reject(new Error("no")) : undefined),
      (item) => void finished.push(item),
    ],
    onError: (error) => void errors.push(error),
  });

  expect(finished).toEqual([1, 2, 3]);
  expect(errors).toEqual([new Error("no")]);
});

test("what the feed rejects with is thrown once the items before it are done", async () => {
  const done: number[] = [];
  const running = runWorkers<number>({
    workerCount: 1,
    feed: async (put) => {
      await feedThree(put);
      throw new Error("no more");
    },
    steps: [
      async (item) => {
        await idle();
        done.push(item);
      },
    ],
    onError: () => undefined,
  });

  await expect(running).rejects.toThrow("no more");
  expect(done).toEqual([1, 2, 3]);
});
