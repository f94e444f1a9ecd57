import { expect, test } from "vitest";

import { coarseName } from "./coarse-name.ts";

test.each([
  ["A.txt", "a.TXT"],
  ["が".normalize("NFC"), "が".normalize("NFD")],
  ["Straße", "STRASSE"],
  ["Σας", "σας"],
])("%j and %j may be one name to a disk", (left, right) => {
  expect(coarseName(left)).toBe(coarseName(right));
});

test("other names are told apart", () => {
  expect(coarseName("a")).not.toBe(coarseName("b"));
});
