import { expect, test } from "vitest";
import { pathRuleFailure } from "./path-rules.ts";

test.each([
  ["a:b.txt", "file", "B-FC-3"],
  ["a|b", "folder", "B-FC-9"],
  ["\u00A5", "file", "B-FC-1"],
  [".git", "folder", "B-FC-10"],
] as const)("the name %s of a %s may not be backed up: %s", (name, kind, cause) => {
  const found = pathRuleFailure(name, kind);

  expect(found?.status).toBe("forbidden-characters");
  expect(found?.causes).toEqual([cause]);
});

test.each([
  [".bashrc", "file"],
  ["報告書 2026.txt", "file"],
  ["a.git", "folder"],
] as const)("the name %s of a %s may be backed up", (name, kind) => {
  expect(pathRuleFailure(name, kind)).toBeUndefined();
});
