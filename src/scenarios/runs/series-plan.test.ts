import { expect, test } from "vitest";

import { firstPassRunCount } from "./plan.ts";
import { seriesItemCount, seriesItems, type SeriesPlan } from "./series-plan.ts";
import { WHOLE } from "./shard.ts";

const PLAN: SeriesPlan = { seed: 3, runCount: 20, files: ["a.yaml", "b.yaml"], shard: WHOLE };

test("files come first, then the runs by their numbers", () => {
  const indices = [...seriesItems(PLAN)].map(({ request }) => request.index);
  expect(indices).toEqual([-2, -1, ...Array.from({ length: 20 }, (_, index) => index)]);
  expect(seriesItemCount(PLAN)).toBe(22);
});

test("its parts have together the runs of the whole, each once", () => {
  const parts = [1, 2, 3, 4, 5].map((index) => ({ ...PLAN, shard: { index, count: 5 } }));
  const runs = parts.map((part) => [...seriesItems(part)]);
  expect(runs.map(({ length }) => length)).toEqual(parts.map(seriesItemCount));
  const together = runs.flat().toSorted((one, other) => one.request.index - other.request.index);
  expect(together).toEqual([...seriesItems(PLAN)]);
});

test("what is behind the first pass may be left out when time is up, nothing else", () => {
  const plan = { ...PLAN, only: "delete", runCount: firstPassRunCount("delete") + 3 } as const;
  const optional = [...seriesItems(plan)].filter(({ isAlwaysRun }) => !isAlwaysRun);
  expect(optional.map(({ request }) => request.index)).toEqual([
    plan.runCount - 3,
    plan.runCount - 2,
    plan.runCount - 1,
  ]);
});
