import { expect, test } from "vitest";

import { pathGlob } from "./path-glob.ts";

test.each([
  ["a/b", "a/b", true],
  ["a/b", "a/bc", false],
  ["a/*", "a/b.txt", true],
  ["a/*", "a/b/c", false],
  ["a/**", "a/b/c", true],
  ["**/c", "a/b/c", true],
  ["a/?", "a/😀", true],
  ["a/?", "a//", false],
  ["管理者フォルダ(demo)/*", "管理者フォルダ(demo)/x", true],
  ["[a]/*.t+t", "[a]/x.t+t", true],
  ["[a]/*", "a/x", false],
  ["a\n*", "a\nb\nc", true],
])("%s against %s: %s", (glob, path, matches) => {
  expect(pathGlob(glob)(path)).toBe(matches);
});
