import { describe, expect, test } from "vitest";

import { fileSystemOf, isNowExact, isSameDevice } from "./device-id.ts";

describe("two device ids", () => {
  test.each([
    ["of one place of one file system", "45:/data///src", "45:/data///src", true],
    ["of two places of one file system", "45://", "45:/data///src", false],
    ["of one place of two file systems", "45://", "46://", false],
    ["one of which has no place, as an older agent noted it", "45", "45:/data///src", true],
    ["without a place", "45", "45", true],
    ["without a place, of two file systems", "45", "46", false],
    ["one without a place, of another file system", "4", "45://", false],
    ["whose place is not known, and another", "45:", "45://", false],
  ])("%s", (_, one, other, isSame) => {
    expect(isSameDevice(one, other)).toBe(isSame);
    expect(isSameDevice(other, one)).toBe(isSame);
  });
});

test("a file system is what stands before the place", () => {
  expect(fileSystemOf("45:/a:b///src")).toBe("45");
  expect(fileSystemOf("45")).toBe("45");
});

test.each([
  ["45", "45://", true],
  ["45", "46://", false],
  ["45://", "45://", false],
  ["45://", "45", false],
  ["45", "45", false],
])("%s is known more exactly as %s: %s", (before, now, isExact) => {
  expect(isNowExact(before, now)).toBe(isExact);
});
