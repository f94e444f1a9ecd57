import * as fc from "fast-check";

import { FORBIDDEN_CHARACTERS } from "../../protocol/forbidden-name.ts";

const PLAIN = ["report", "2026", "a", "B", "data.bin", "README.md", "x y", "-n", "%41", "~", "CON"];

const JAPANESE = [
  "報告書",
  "見積り",
  "写真",
  "ガイド.txt",
  "①㈱",
  "表示能力",
  "𠮷野家",
  "請求書　控",
  "👨‍👩‍👧",
];

/** Names that differ only in Unicode normalisation: two files (D12). */
export const NORMALISATION_PAIRS: readonly (readonly [string, string])[] = [
  "ガ.txt",
  "パ",
  "é.doc",
].map((name) => [name.normalize("NFC"), name.normalize("NFD")] as const);

/**
 * Names whose order, or of which one begins like another, is easy to get wrong: as UTF-16 the emoji come before the
 * full-width letters, as bytes behind them; `/` sorts between `.` and `0`.
 */
export const SIBLING_NAMES = [
  "a",
  "a b",
  "a-b",
  "a.b",
  "a0",
  "ab",
  "Ａ",
  "ﾃｽﾄ",
  "👨‍👩‍👧",
  "𠮷",
  "仕事",
  "仕事2",
] as const;

/** Another spelling of a name, in letter case or else in normalisation; of one without either, itself. */
export function respelled(name: string): string {
  const upper = name.toUpperCase();
  if (name !== upper) return upper;
  const lower = name.toLowerCase();
  if (name !== lower) return lower;
  const nfd = name.normalize("NFD");
  return name === nfd ? name.normalize("NFC") : nfd;
}

/** Ordinary names, western and Japanese. They may meet; the tree keeps one of them then. */
export const plainNameArbitrary: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...PLAIN, ...JAPANESE), fc.integer({ min: 0, max: 9 }))
  .map(([name, number]) => (number === 0 ? name : `${name}${number}`));

/** Names of exactly 255 bytes of UTF-8: the longest a disk takes. */
export const longNameArbitrary: fc.Arbitrary<string> = fc
  .constantFrom("あ", "n", "é")
  .map((unit) => {
    const width = Buffer.byteLength(unit);
    const count = Math.floor(255 / width);
    return unit.repeat(count) + "z".repeat(255 - count * width);
  });

/** A file's name with one character that the service does not take. No disk holds `/` in a name. */
export const forbiddenFileNameArbitrary: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...FORBIDDEN_CHARACTERS), plainNameArbitrary, fc.boolean())
  .map(([{ character }, name, first]) => {
    const used = character === "/" ? ":" : character;
    return first ? used + name : name + used;
  });

/** A folder's name that the service does not take. */
export const forbiddenFolderNameArbitrary: fc.Arbitrary<string> = fc.oneof(
  forbiddenFileNameArbitrary,
  plainNameArbitrary.map((name) => `.${name}`),
);

/** Bytes, in base64, that are no UTF-8. */
export const undecodableNameArbitrary: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("\u0095\u005c\u008e\u00a6", "\u00ff", "abc\u0083", "\u00c3\u0028"),
    fc.integer({ min: 0, max: 9 }),
  )
  .map(([bytes, number]) => Buffer.from(`${bytes}${number}`, "latin1").toString("base64"));
