import { expect, test } from "vitest";
import { capacityCause } from "./capacity-cause.ts";

test.each([
  ["B-IC-2", "nothing was free at the start", 1, { quotaBytes: 10, freeBytes: 0 }],
  ["B-IC-3", "the file is larger than all that was free", 11, { quotaBytes: 50, freeBytes: 10 }],
  ["B-IC-1", "it would have fitted at the start", 10, { quotaBytes: 50, freeBytes: 10 }],
  ["B-IC-1", "what was free is not known", 11, null],
] as const)("running out of capacity is %s when %s", (cause, _, sizeBytes, capacityAtStart) => {
  expect(capacityCause({ sizeBytes, capacityAtStart })).toBe(cause);
});
