import * as fc from "fast-check";
import { expect, test } from "vitest";

import { pathGlobSchema } from "./path-glob-schema.ts";
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
  ["**a*", "aa/", false],
  ["**a*", "aa/b", false],
  ["**a*", "aa/ba", true],
])("%s against %s: %s", (glob, path, matches) => {
  expect(pathGlob(glob)(path)).toBe(matches);
});

/** The same by regular expressions, which are right and take their time. */
function byExpression(glob: string, path: string): boolean {
  const source = glob.replace(/\*\*+|\*|\?|[^*?]+/g, (piece) => {
    if (piece.startsWith("**")) return ".*";
    if (piece === "*") return "[^/]*";
    return piece === "?" ? "[^/]" : RegExp.escape(piece);
  });
  return new RegExp(`^${source}$`, "su").test(path);
}

test("matches as the regular expression of a glob does", () => {
  const unit = fc.constantFrom("a", "b", "/", "*", "**", "?", "😀", "あ", "\n", "[");
  fc.assert(
    fc.property(
      fc.array(unit, { maxLength: 8 }),
      fc.array(
        unit.filter((each) => !/[*?]/.test(each)),
        { maxLength: 8 },
      ),
      (glob, path) => {
        expect(pathGlob(glob.join(""))(path.join(""))).toBe(
          byExpression(glob.join(""), path.join("")),
        );
      },
    ),
    { numRuns: 3_000 },
  );
});

test.each([
  ["*a".repeat(500), "a".repeat(16_000)],
  ["**a".repeat(300), "a".repeat(16_000)],
  [`**${"a*".repeat(400)}b`, "a/".repeat(8_000)],
  ["?".repeat(20_000), "a".repeat(16_000)],
  [`${"*?".repeat(500)}/`, "a".repeat(16_000)],
])("takes no longer than path times glob: %.10s… against %.5s…", (glob, path) => {
  // A matcher that goes back and tries again takes longer than the test may last.
  expect(pathGlob(glob)(`${path}/x`)).toBe(false);
});

test("refuses a pattern that is too long, and takes a path of full length", () => {
  expect(pathGlobSchema.safeParse("?".repeat(20_000)).success).toBe(false);
  expect(pathGlobSchema.safeParse("*".repeat(33)).success).toBe(false);
  expect(pathGlobSchema.safeParse(`${"a".repeat(1_024)}*`).success).toBe(false);
  expect(pathGlobSchema.safeParse("a".repeat(16_000)).success).toBe(true);
  expect(pathGlobSchema.safeParse("").success).toBe(false);
});
