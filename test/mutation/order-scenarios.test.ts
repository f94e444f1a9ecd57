import { expect, test } from "vitest";

import { BitSet } from "./bit-set.ts";
import { Coverage } from "./coverage.ts";
import { orderScenarios } from "./order-scenarios.ts";

function coverageOf(scenarios: readonly (readonly [cpuMs: number, reached: number[]])[]): Coverage {
  return new Coverage(
    scenarios.map(([cpuMs, numbers], at) => {
      const set = BitSet.ofSize(40);
      for (const number of numbers) set.add(number);
      return { at, cpuMs, traceHash: "", isGood: true, reached: set.toText() };
    }),
    [],
  );
}

test("takes next what reaches most that is new for its time, and begins anew when all is reached", () => {
  const coverage = coverageOf([
    [10, [1, 2]],
    [10, [1, 2, 3]],
    [10, [1, 33]],
    [5, [1, 2]],
  ]);

  expect(orderScenarios(coverage, [0, 1, 2, 3], [1, 2, 3, 33], 4)).toEqual([3, 1, 2, 0]);
});

test("knows who reaches a mutant, of those in which every law holds", () => {
  const coverage = coverageOf([
    [1, [5]],
    [1, [39]],
    [1, [5, 39]],
  ]);

  expect(coverage.reaching(39)).toEqual([1, 2]);
});
