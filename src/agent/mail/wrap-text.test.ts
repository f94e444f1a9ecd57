import * as fc from "fast-check";
import { expect, test } from "vitest";

import { wrapText } from "./wrap-text.ts";

test("breaks between words, and between wide characters", () => {
  expect(wrapText("one two three", 8)).toEqual(["one two", "three"]);
  expect(wrapText("自動バックアップ", 8)).toEqual(["自動バッ", "クアップ"]);
});

test("keeps a word whole that is longer than a line", () => {
  expect(wrapText("a /very/long/path b", 5)).toEqual(["a", "/very/long/path", "b"]);
});

test("begins no line with what closes, ends none with what opens", () => {
  expect(wrapText("保存した。次", 8)).toEqual(["保存した。", "次"]);
  expect(wrapText("あいう「え", 8)).toEqual(["あいう「え"]);
});

test("loses and adds nothing but spaces", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "b.", " ", "\n", "漢", "。", "「", "😀", "…") }),
      fc.integer({ min: 1, max: 20 }),
      (text, columnCountMax) => {
        const lines = wrapText(text, columnCountMax);

        expect(lines.join("").replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
        expect(lines.filter((line) => line.trim() !== line || line === "")).toEqual([]);
      },
    ),
  );
});
