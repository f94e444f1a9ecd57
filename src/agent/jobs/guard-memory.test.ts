import { expect, test } from "vitest";
import { JobStop } from "./job-stop.ts";
import { guardMemory } from "./guard-memory.ts";

/** So many items, ten at a time. */
async function* items(count: number): AsyncGenerator<readonly number[]> {
  for (let first = 0; first < count; first += 10) {
    yield Array.from({ length: Math.min(10, count - first) }, (_, index) => first + index);
  }
}

/** Passes items by a gauge that shows `used(look)` bytes at its nth look; the budget is 100. */
async function guarded(
  itemCount: number,
  used: (look: number) => number,
  {
    activity = "scan",
    allowed = Infinity,
  }: { activity?: "scan" | "compare"; allowed?: number } = {},
): Promise<{ stop: JobStop; lookCount: number; passed: number[] }> {
  const stop = new JobStop();
  let lookCount = 0;
  const allowedBytes = (): number => allowed;
  const usedBytes = (): number => used((lookCount += 1));
  const guard = { memory: { usedBytes, allowedBytes }, tuning: { memoryBudgetBytes: 100 }, stop };
  const passed = (await Array.fromAsync(guardMemory(items(itemCount), activity, guard))).flat();
  return { stop, lookCount, passed };
}

test("within the budget every item passes, with one look at the gauge a hundred", async () => {
  const { stop, lookCount, passed } = await guarded(250, () => 100);

  expect(passed).toHaveLength(250);
  expect(lookCount).toBe(3);
  expect(stop.reason).toBeUndefined();
});

test.each([
  ["scan", "B-OM-1"],
  ["compare", "B-OM-2"],
] as const)("above the budget the %s stops the job at once as %s", async (activity, cause) => {
  const { stop } = await guarded(250, (look) => (look === 3 ? 101 : 0), { activity });

  expect(stop.reason).toMatchObject({
    rest: "at-once",
    trustsIndex: false,
    failure: { status: "out-of-memory", causes: [cause] },
  });
});

test("what the PC allows counts where it is less than the budget", async () => {
  const { stop } = await guarded(10, () => 60, { allowed: 59 });

  expect(stop.reason?.failure).toMatchObject({ status: "out-of-memory" });
});
