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

test("takes next what reaches most that is new nearby for its time, then what leads elsewhere", () => {
  const coverage = coverageOf([
    [10, [1, 2]],
    [10, [1, 2, 3]],
    [10, [1, 33]],
    [5, [1, 2]],
    [10, [1, 34, 35]],
  ]);
  const around = { near: [1, 2, 3], wide: [33, 34, 35] };

  expect(orderScenarios(coverage, [0, 1, 2, 3, 4], around, 5)).toEqual([3, 1, 4, 2, 0]);
});

test("knows who reaches a mutant, of those in which every law holds", () => {
  const coverage = coverageOf([
    [1, [5]],
    [1, [39]],
    [1, [5, 39]],
  ]);

  expect(coverage.reaching(39)).toEqual([1, 2]);
});
