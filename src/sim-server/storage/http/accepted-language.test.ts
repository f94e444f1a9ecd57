import { expect, test } from "vitest";

import { acceptedLanguage } from "./accepted-language.ts";

test.each([["ja"], ["ja-JP"], ["JA;q=0.3"], ["fr, ja;q=0.9, en;q=0.8"]])(
  "a refusal is Japanese with Accept-Language: %s",
  (asked) => {
    expect(acceptedLanguage(asked)).toBe("ja");
  },
);

test.each([[undefined], [""], ["en"], ["en, ja;q=0.9"], ["fr"], ["*"], ["ja;q=0"], ["ja;q=nan"]])(
  "a refusal is English with Accept-Language: %s",
  (asked) => {
    expect(acceptedLanguage(asked)).toBe("en");
  },
);
