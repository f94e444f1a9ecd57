import { expect, test } from "vitest";

import { problem } from "../../../protocol/http/problem.ts";
import { titleInLanguage } from "./title-in-language.ts";

const refused = problem("name-taken", "a exists already.");

test.each([["ja"], ["ja-JP"], ["JA;q=0.3"], ["fr, ja;q=0.9, en;q=0.8"]])(
  "a title is Japanese with Accept-Language: %s, and its code stays",
  (asked) => {
    const answered = titleInLanguage(refused, asked);
    expect(answered.title).toMatch(/[\p{Script=Hiragana}\p{Script=Han}]/u);
    expect({ ...answered, title: refused.title }).toEqual(refused);
  },
);

test.each([[undefined], [""], ["en"], ["en, ja;q=0.9"], ["fr"], ["*"], ["ja;q=0"], ["ja;q=nan"]])(
  "a title is English with Accept-Language: %s",
  (asked) => {
    expect(titleInLanguage(refused, asked)).toEqual(refused);
  },
);
