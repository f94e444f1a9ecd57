import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { plannedRun } from "./plan.ts";
import { runPlanned } from "./run-one.ts";

describe("a planned run", () => {
  test("depends on the series' seed and its own number only", () => {
    const scenarioOf = (seriesSeed: number, index: number): unknown => {
      const { arbitrary, seed } = plannedRun(seriesSeed, index);
      return fc.sample(arbitrary, { seed, numRuns: 1 })[0];
    };
    const once = scenarioOf(7, 4);
    scenarioOf(7, 3);
    expect(scenarioOf(7, 4)).toEqual(once);
    expect(scenarioOf(8, 4)).not.toEqual(once);
  });

  test("leaves the same trace in any order", async () => {
    const hashes = async (indexes: readonly number[]): Promise<Map<number, string>> => {
      const found = new Map<number, string>();
      for (const index of indexes) {
        found.set(index, (await runPlanned(plannedRun(3, index))).traceHash);
      }
      return found;
    };
    const forwards = await hashes([0, 1, 2, 3, 4, 5]);
    const backwards = await hashes([5, 4, 3, 2, 1, 0]);
    for (const [index, hash] of forwards) expect(backwards.get(index)).toBe(hash);
  });
});
