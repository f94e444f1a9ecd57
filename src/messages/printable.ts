/**
 * A name as it may be shown to people: control characters, which could move a terminal's cursor or
 * break a mail's lines, and marks that reverse the writing direction appear as `\u{...}`.
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => {
      return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
    },
  );
}
