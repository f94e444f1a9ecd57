import { expect, test } from "vitest";

import { isSameTime } from "./is-same-time.ts";

const TODAY_NS = 1_795_230_000_123_456_789n;

test.each([
  [0n, true],
  [240n, true],
  [-240n, true],
  [-789n, true],
  [2_000n, false],
  [-2_000n, false],
  [1_000_000_000n, false],
])("a time that is off by %i ns is the same: %s", (offNs, wanted) => {
  expect(isSameTime(TODAY_NS + offNs, TODAY_NS)).toBe(wanted);
});

test("far ahead doubles leave out more", () => {
  const year9999Ns = 253_402_300_799_000_000_000n;
  expect(isSameTime(year9999Ns + 30_000n, year9999Ns)).toBe(true);
  expect(isSameTime(year9999Ns + 100_000_000n, year9999Ns)).toBe(false);
  expect(isSameTime(-year9999Ns + 30_000n, -year9999Ns)).toBe(true);
});
