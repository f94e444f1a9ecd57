/** Three words of small letters in a row: names, codes and options have no such thing. */
const ENGLISH = /[A-Za-z][a-z']* (?:[a-z][a-z']+ )+[a-z][a-z']+/g;

/** A command line to copy, up to what no command line has. */
const COMMAND_LINE = /azukeru-(?:agent|sim)(?:\.js)? [\x20-\x7e]*/g;

/** The English sentences in what a command printed in Japanese. */
export function englishIn(output: string): readonly string[] {
  return [...output.replaceAll(COMMAND_LINE, "").matchAll(ENGLISH)].map(([found]) => found);
}
