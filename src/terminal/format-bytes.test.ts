import { expect, test } from "vitest";

import { formatBytes, formatCount } from "./format-bytes.ts";

test.each([
  [0, "0B"],
  [1023, "1023B"],
  [1024, "1KB"],
  [1_048_523, "1023.9KB"],
  [1_048_575, "1MB"],
  [104.2 * 1024 ** 2, "104.2MB"],
  [24 * 1024 ** 2, "24MB"],
  [1024 ** 3 * 1.5, "1.5GB"],
  [1024 ** 4 * 2000, "2000TB"],
])("shows %d bytes as %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [1234567, "1,234,567"],
])("shows the count %d as %s", (count, text) => {
  expect(formatCount(count)).toBe(text);
});
