import { describe, expect, test } from "vitest";
import { CAUSES, CAUSE_IDS } from "./causes.ts";

const LANGUAGES = ["ja", "en"] as const;

describe.each(LANGUAGES)("in %s", (language) => {
  const texts = CAUSE_IDS.map((id) => CAUSES[id][language]);

  test("no two causes are described alike", () => {
    expect(new Set(texts.map(({ cause }) => cause)).size).toBe(texts.length);
  });

  test("no text is empty, padded or left with a gap to fill in", () => {
    for (const sentence of texts.flatMap(({ cause, remedy }) => [cause, remedy])) {
      expect(sentence.trim()).toBe(sentence);
      expect(sentence.length).toBeGreaterThan(7);
      expect(sentence).not.toMatch(/\$\{|\{\{|TODO|undefined/u);
    }
  });
});

test("Japanese texts are Japanese and end as polite sentences", () => {
  for (const id of CAUSE_IDS) {
    const { cause, remedy } = CAUSES[id].ja;
    for (const sentence of [cause, remedy]) {
      expect(sentence).toMatch(/\p{Script=Hiragana}/u);
      expect(sentence).toMatch(/(です|ます|ません|ました|でした|ください)。$/u);
    }
  }
});

test("English texts are plain ASCII sentences", () => {
  for (const id of CAUSE_IDS) {
    const { cause, remedy } = CAUSES[id].en;
    for (const sentence of [cause, remedy]) {
      expect(sentence).toMatch(/^[A-Z][\u0020-\u007E]+\.$/u);
    }
  }
});

test("a status that is no problem asks for nothing", () => {
  const harmless = CAUSE_IDS.filter((id) =>
    ["completed", "running", "waiting"].includes(CAUSES[id].status),
  );
  expect(harmless).not.toHaveLength(0);
  for (const id of harmless) {
    expect(CAUSES[id].ja.remedy).toMatch(/^対応は必要ありません。/u);
    expect(CAUSES[id].en.remedy).toMatch(/^Nothing needs doing\./u);
  }
});
