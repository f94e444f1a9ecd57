const CR = 0x0d;
const LF = 0x0a;
const DOT = 0x2e;

/** What may still turn out to be the end of the content, or a dot that was not doubled. */
const UNDECIDED: readonly (readonly number[])[] = [[DOT], [DOT, CR]];

/**
 * Deletes the leading dots that a client has sent single before other characters. RFC 5321 section
 * 4.5.2 deletes the first dot of every line with more than it; smtp-server deletes one of two, which
 * stay as they are here, and leaves a single one where it is. Given the content of one mail in pieces, as it comes, the end of it included.
 */
export class LeadingDotFilter {
  /** The bytes of the line so far, as long as they decide; null within a line. */
  #start: number[] | null = [];
  #previous = 0;
  #isOver = false;

  /** Whether the line with nothing but a dot has come: what follows is no content. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** What to pass on for a piece: up to two bytes of it are held until the next one. */
  pass(piece: Buffer): Buffer {
    if (this.#isOver) return piece;
    const passed: number[] = [];
    for (const [index, byte] of piece.entries()) {
      if (this.#start === null) passed.push(byte);
      else this.#beginLine(byte, this.#start, passed);
      if (this.#isOver) return Buffer.concat([Buffer.from(passed), piece.subarray(index + 1)]);
      if (byte === LF && this.#previous === CR) this.#start = [];
      this.#previous = byte;
    }
    return Buffer.from(passed);
  }

  #beginLine(byte: number, start: number[], passed: number[]): void {
    start.push(byte);
    if (UNDECIDED.some((each) => each.join() === start.join())) return;
    const [first, second, third] = start;
    this.#isOver = first === DOT && second === CR && third === LF;
    const isSingle = first === DOT && second !== DOT && !this.#isOver;
    passed.push(...(isSingle ? start.slice(1) : start));
    this.#start = null;
  }
}
