import { expect, test } from "vitest";
import type { MemoryActivity } from "../../ports/memory.ts";
import { JobStop } from "../job-stop.ts";
import { guardMemory } from "./guard-memory.ts";

async function* numbers(count: number): AsyncGenerator<number> {
  for (let number = 0; number < count; number += 1) yield number;
}

/** Passes items by a gauge that shows `used(look)` bytes at its nth look; the budget is 100. */
async function guarded(
  itemCount: number,
  used: (look: number) => number,
  activity: MemoryActivity = "scan",
): Promise<{ stop: JobStop; lookCount: number; items: number[] }> {
  const stop = new JobStop();
  let lookCount = 0;
  const usedBytes = (): number => used((lookCount += 1));
  const guard = { memory: { usedBytes }, budgetBytes: 100, stop };
  const items = await Array.fromAsync(guardMemory(numbers(itemCount), activity, guard));
  return { stop, lookCount, items };
}

test("within the budget every item passes, with one look at the gauge a hundred", async () => {
  const { stop, lookCount, items } = await guarded(250, () => 100);

  expect(items).toHaveLength(250);
  expect(lookCount).toBe(3);
  expect(stop.reason).toBeUndefined();
});

test.each([
  ["scan", "B-OM-1"],
  ["compare", "B-OM-2"],
] as const)("above the budget the %s stops the job at once as %s", async (activity, cause) => {
  const { stop } = await guarded(250, (look) => (look === 3 ? 101 : 0), activity);

  expect(stop.reason).toMatchObject({
    rest: "at-once",
    trustsIndex: false,
    failure: { status: "out-of-memory", causes: [cause] },
  });
});
