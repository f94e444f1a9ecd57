import { expect, test } from "vitest";

import { languageAskedFor, languageOf } from "./language.ts";

test.each([
  [{ LANG: "ja_JP.UTF-8" }, "ja"],
  [{ LANG: "en_US.UTF-8" }, "en"],
  [{ LC_ALL: "C", LANG: "ja_JP.UTF-8" }, "en"],
  [{ LC_ALL: "", LANG: "ja_JP.UTF-8" }, "ja"],
  [{}, "en"],
])("of %j is %s", (environment, language) => {
  expect(languageOf(environment)).toBe(language);
});

test.each([
  [["--lang", "ja", "history"], "ja"],
  [["history", "--lang=en"], "en"],
  [["history", "--lang"], undefined],
  [["history", "--lang", "fr"], undefined],
  [["ja"], undefined],
])("asked for by %j is %s", (args, language) => {
  expect(languageAskedFor(args)).toBe(language);
});
