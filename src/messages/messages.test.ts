import { expect, test } from "vitest";

import { PROBLEM_CODES } from "../protocol/http/problem.ts";
import { MESSAGES } from "./messages.ts";

const SLOT = /\{(\w+)(?::(?:count|bytes|lines|clauses)|\|[^|{}]*\|[^{}]*)?\}/g;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

const TEXTS = Object.entries(MESSAGES);

function paramsIn(text: string): string[] {
  return [...new Set([...text.matchAll(SLOT)].map(([, name = ""]) => name))].toSorted();
}

test.each(TEXTS)(
  "%s says the same params in both languages, and no brace is left over",
  (_, words) => {
    expect(paramsIn(words.ja)).toEqual(paramsIn(words.en));
    for (const text of [words.ja, words.en]) expect(text.replaceAll(SLOT, "")).not.toMatch(/[{}]/);
  },
);

test.each(TEXTS)(
  "%s is Japanese in Japanese, and has no Japanese letter in English",
  (_, words) => {
    const wordsOf = (text: string): string =>
      text.replaceAll(SLOT, "").replaceAll(/[^\p{L}]/gu, "");
    // What is made of params and names alone is the same in both.
    const isTranslated = wordsOf(words.ja) === wordsOf(words.en) || JAPANESE.test(words.ja);
    expect(isTranslated).toBe(true);
    expect(words.en).not.toMatch(JAPANESE);
  },
);

test("no two topics have a code in common, and a code begins with its topic", () => {
  for (const [code] of TEXTS) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*\.[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/);
  }
});

test("every problem of the service has its text", () => {
  for (const code of PROBLEM_CODES) expect(MESSAGES).toHaveProperty([`problem.${code}`]);
});
