import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idle } from "../testing/fake-clock.ts";
import { BoundedQueue } from "./bounded-queue.ts";

async function takeAll(queue: BoundedQueue<number>, slowness: number): Promise<number[]> {
  const taken: number[] = [];
  for (let item = await queue.take(); item !== undefined; item = await queue.take()) {
    for (let turn = 0; turn < slowness; turn += 1) await idle();
    taken.push(item);
  }
  return taken;
}

describe("a bounded queue", () => {
  test("loses and repeats nothing and keeps the order, however many take and however slowly", async () => {
    const limit = fc.integer({ min: 1, max: 4 });
    const takers = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        limit,
        takers,
        fc.nat({ max: 20 }),
        async (limitDrawn, slownesses, count) => {
          const queue = new BoundedQueue<number>(limitDrawn);
          const items = Array.from({ length: count }, (_, index) => index);

          const taking = slownesses.map((slowness) => takeAll(queue, slowness));
          for (const item of items) await queue.put(item);
          queue.close();
          const taken = await Promise.all(taking);

          expect(taken.flat().toSorted((a, b) => a - b)).toEqual(items);
          for (const one of taken) expect(one).toEqual(one.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 50 },
    );
  });

  test("makes the one who puts wait once it holds its limit", async () => {
    const queue = new BoundedQueue<number>(2);
    let putCount = 0;
    const putting = (async () => {
      for (let item = 0; item < 4; item += 1) {
        await queue.put(item);
        putCount += 1;
      }
    })();

    await idle();
    expect(putCount).toBe(2);
    await queue.take();
    await idle();
    expect(putCount).toBe(3);

    await queue.take();
    await putting;
  });

  test("lets what is in it be taken after it was closed, then tells the end to all", async () => {
    const queue = new BoundedQueue<number>(2);
    await queue.put(1);
    await queue.put(2);

    queue.close();

    expect([await queue.take(), await queue.take()]).toEqual([1, 2]);
    expect(await Promise.all([queue.take(), queue.take()])).toEqual([undefined, undefined]);
  });

  test("tells the end to those who wait", async () => {
    const queue = new BoundedQueue<number>(1);
    const waiting = [queue.take(), queue.take()];

    queue.close();

    expect(await Promise.all(waiting)).toEqual([undefined, undefined]);
  });
});
