import { expect, test } from "vitest";

import { firstPassRunCount } from "./plan.ts";
import { NO_SLICE, seriesItemCount, seriesItems, type SeriesPlan } from "./series-plan.ts";
import { WHOLE } from "./shard.ts";

const PLAN: SeriesPlan = {
  seed: 3,
  runCount: 20,
  files: ["a.yaml", "b.yaml"],
  slice: { files: ["c.yaml", "d.yaml"], count: 3 },
  shard: WHOLE,
};

test("files come first, then the slice of the sweep of faults, then the runs by their numbers", () => {
  const requests = [...seriesItems(PLAN)].map(({ request }) => request);
  expect(requests.map(({ index }) => index)).toEqual(
    Array.from({ length: 25 }, (_, place) => place - 5),
  );
  const named = requests.flatMap((request) => ("path" in request ? [request.path] : []));
  expect(named).toEqual(["a.yaml", "b.yaml", "c.yaml", "d.yaml", "c.yaml"]);
  expect(seriesItemCount(PLAN)).toBe(25);
  const without = { ...PLAN, slice: NO_SLICE };
  expect([...seriesItems(without)].map(({ request }) => request.index)).toEqual(
    Array.from({ length: 22 }, (_, place) => place - 2),
  );
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
