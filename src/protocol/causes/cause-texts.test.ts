import { describe, expect, test } from "vitest";
import { causeSentences } from "./cause-sentences.ts";
import { CAUSES, CAUSE_IDS } from "./causes.ts";

const LANGUAGES = ["ja", "en"] as const;
const SURFACES = ["window", "command"] as const;
const PLACES = LANGUAGES.flatMap((language) =>
  SURFACES.map((surface) => [language, surface] as const),
);

describe.each(PLACES)("in %s, beside a %s", (language, surface) => {
  const texts = CAUSE_IDS.map((id) => causeSentences(id, { language, surface, jobId: 7 }));

  test("no two causes are described alike", () => {
    expect(new Set(texts.map(({ cause }) => cause)).size).toBe(texts.length);
  });

  test("no text is empty, padded or left with a gap to fill in", () => {
    for (const sentence of texts.flatMap(({ cause, remedy }) => [cause, remedy])) {
      expect(sentence.trim()).toBe(sentence);
      expect(sentence.length).toBeGreaterThan(7);
      expect(sentence).not.toMatch(/[{}]|TODO|undefined/u);
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
    const { cause, remedy } = causeSentences(id, { language: "en", surface: "command" });
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

test("what is typed is no button, and a button is not typed", () => {
  for (const id of CAUSE_IDS) {
    const typed = causeSentences(id, { language: "ja", surface: "command", jobId: 7 });
    expect(typed.cause + typed.remedy).not.toMatch(
      /「[ぁ-ん一-龠ァ-ヶー]*(実行|フォルダ|出力|確認|しない)」|を押/u,
    );
  }
  const { remedy } = causeSentences("B-INT-1", { language: "ja", surface: "command", jobId: 7 });
  expect(remedy).toContain("azukeru-agent rerun 7");
  const clicked = causeSentences("B-INT-1", { language: "ja", surface: "window", jobId: 7 });
  expect(clicked.remedy).toContain("「再実行」を押すと");
});

test("what the guides say of a cause is told with each of its kind", () => {
  const remedy = (id: keyof typeof CAUSES): string =>
    causeSentences(id, { language: "ja", surface: "window" }).remedy;
  for (const number of [1, 2, 3, 4, 5, 6, 7] as const) {
    expect(remedy(`B-CE-${number}`)).toMatch(/検査/u);
    expect(CAUSES[`B-CE-${number}`].ja.cause + remedy(`B-CE-${number}`)).toMatch(/UTM/u);
  }
  for (const id of ["B-OM-1", "B-OM-2"] as const) {
    expect(remedy(id)).toMatch(/50万個（ファイルのパスは244文字が目安）/u);
  }
  for (const number of [1, 2, 3, 4, 5] as const) {
    expect(remedy(`B-UX-${number}`)).toContain("ほかのファイルは保存されています");
  }
  expect(remedy("B-CE-8")).toContain("無効");
});
