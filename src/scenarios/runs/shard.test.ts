import { expect, test } from "vitest";

import { isInShard, shardOf } from "./shard.ts";

test.each([
  ["1/1", {}, { index: 1, count: 1 }],
  ["3/8", {}, { index: 3, count: 8 }],
  ["auto", { CI_NODE_INDEX: "2", CI_NODE_TOTAL: "4" }, { index: 2, count: 4 }],
  ["auto/5", { JOB_COMPLETION_INDEX: "0" }, { index: 1, count: 5 }],
  ["auto/5", { JOB_COMPLETION_INDEX: "4" }, { index: 5, count: 5 }],
])("%s in the environment %j is %j", (text, environment, shard) => {
  expect(shardOf(text, environment)).toEqual(shard);
});

test.each([
  ["0/8", {}],
  ["9/8", {}],
  ["1", {}],
  ["1/", {}],
  ["/2", {}],
  ["1/2/3", {}],
  ["-1/2", {}],
  ["1.5/2", {}],
  ["auto", {}],
  ["auto", { CI_NODE_INDEX: "2" }],
  ["auto", { JOB_COMPLETION_INDEX: "0" }],
  ["auto/5", { JOB_COMPLETION_INDEX: "5" }],
  ["auto", { CI_NODE_INDEX: "x", CI_NODE_TOTAL: "4" }],
])("%s in the environment %j is no part", (text, environment) => {
  expect(shardOf(text, environment)).toBeUndefined();
});

test("the parts of a series are disjoint and together the whole", () => {
  const places = Array.from({ length: 23 }, (_, place) => place);
  const parts = [1, 2, 3, 4, 5].map((index) =>
    places.filter((place) => isInShard({ index, count: 5 }, place)),
  );
  expect(parts.flat().toSorted((one, other) => one - other)).toEqual(places);
});
