import { createRequire } from "node:module";

import type stringWidthModule from "string-width";

/** Letters that take one column each: ASCII, and the marks the output is drawn with. */
const NARROW_TEXT = /^[\x20-\x7e…█░]*$/;
/** As above, or letters that take two columns each: kana, common kanji, full-width forms. */
const SIMPLE_TEXT =
  /^[\x20-\x7e…█░\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u4e00-\u9fff\uff01-\uff60]*$/;

/**
 * `string-width` knows every other letter: combining marks, emoji, half-width kana. It takes 50 ms
 * to load, a fifth of a short command's time, so it is loaded only when such a letter comes.
 */
let stringWidth: typeof stringWidthModule | undefined;

/** Columns a text takes on a terminal; East Asian wide characters take two. */
export function textWidth(text: string): number {
  if (NARROW_TEXT.test(text)) return text.length;
  if (SIMPLE_TEXT.test(text)) {
    return Array.from(text, widthOfSimpleLetter).reduce((sum, width) => sum + width, 0);
  }
  stringWidth ??= loadStringWidth();
  return stringWidth(text);
}

function widthOfSimpleLetter(letter: string): number {
  return NARROW_TEXT.test(letter) ? 1 : 2;
}

function loadStringWidth(): typeof stringWidthModule {
  const module = createRequire(import.meta.url)("string-width") as {
    readonly default: typeof stringWidthModule;
  };
  return module.default;
}

/** Fills a text up with spaces to a width in columns; a wider text stays as it is. */
export function padToWidth(text: string, width: number, align: "left" | "right"): string {
  const padding = " ".repeat(Math.max(0, width - textWidth(text)));
  return align === "left" ? text + padding : padding + text;
}

/** Shortens a text to a width by dropping its beginning, since the end of a path tells most. */
export function fitToWidth(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const kept: string[] = [];
  let left = width - 1;
  // By whole letters: a combining mark stays with what it is on.
  const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  for (const letter of letters.toReversed()) {
    left -= textWidth(letter);
    if (left < 0) break;
    kept.unshift(letter);
  }
  return `…${kept.join("")}`;
}
