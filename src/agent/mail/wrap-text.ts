// Closing brackets, full stops and small kana, which do not begin a line in Japanese.
const NEVER_FIRST =
  /^[、。，．・：；？！）」』】〉》〕ーぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)\]}]/u;
const NEVER_LAST = /[（「『【〈《〔([{]$/u;

/** Pieces that stay whole: a word of narrow characters with what follows it, or one wide character. */
const PIECE = /[^\s\u1100-\u{10ffff}]+|\s+|./gsu;

/** Columns of a text: characters from U+1100 on count two. */
function columnCount(text: string): number {
  let count = 0;
  for (const character of text) count += (character.codePointAt(0) ?? 0) >= 0x11_00 ? 2 : 1;
  return count;
}

/**
 * Breaks prose into lines of about `columnCountMax` columns: at spaces, and between wide characters
 * where Japanese allows it. A word that is longer stays whole. Line ends in the text count as spaces.
 */
export function wrapText(text: string, columnCountMax: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of text.match(PIECE) ?? []) {
    const isSpace = /^\s/u.test(piece);
    if (isSpace) {
      if (line !== "") line += " ";
      continue;
    }
    const isFull = columnCount(line) + columnCount(piece) > columnCountMax;
    if (isFull && line !== "" && !NEVER_FIRST.test(piece) && !NEVER_LAST.test(line)) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  if (line.trimEnd() !== "") lines.push(line.trimEnd());
  return lines;
}
