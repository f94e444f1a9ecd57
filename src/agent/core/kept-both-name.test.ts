import { expect, test } from "vitest";

import { keptBothName } from "./kept-both-name.ts";

test.each([
  ["a.txt", "a (2).txt"],
  ["a", "a (2)"],
  ["a.tar.gz", "a.tar (2).gz"],
  [".profile", ".profile (2)"],
  ["a.", "a (2)."],
  ["報告書.docx", "報告書 (2).docx"],
  ["a (2).txt", "a (2) (2).txt"],
])("%j is kept beside another one as %j", (name, wanted) => {
  expect(keptBothName(name, 2)).toBe(wanted);
});
