/**
 * A name as it may be shown on a terminal: control characters, which could move the cursor or
 * rewrite the screen, and marks that reverse the writing direction appear as `\u{...}`.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
