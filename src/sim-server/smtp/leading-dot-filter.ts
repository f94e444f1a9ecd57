const CR = 0x0d;
const LF = 0x0a;
const DOT = 0x2e;
const EMPTY = Buffer.alloc(0);

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
    const passed: Buffer[] = [];
    for (let at = 0; at < piece.length;) {
      const byte = piece[at] ?? 0;
      if (this.#start?.length === 0 && byte !== DOT) this.#start = null;
      if (this.#start === null) {
        const end = this.#endOfLine(piece, at);
        passed.push(piece.subarray(at, end));
        this.#previous = piece[end - 1] ?? 0;
        at = end;
        continue;
      }
      at += 1;
      this.#beginLine(byte, this.#start, passed);
      if (this.#isOver) {
        passed.push(piece.subarray(at));
        break;
      }
      if (byte === LF && this.#previous === CR) this.#start = [];
      this.#previous = byte;
    }
    const [only = EMPTY] = passed;
    return passed.length <= 1 ? only : Buffer.concat(passed);
  }

  /** Where the next line begins, whose beginning is noted; the end of the piece where none does. */
  #endOfLine(piece: Buffer, from: number): number {
    for (let at = piece.indexOf(LF, from); at !== -1; at = piece.indexOf(LF, at + 1)) {
      const before = at === 0 ? this.#previous : piece[at - 1];
      if (before !== CR) continue;
      this.#start = [];
      return at + 1;
    }
    return piece.length;
  }

  #beginLine(byte: number, start: number[], passed: Buffer[]): void {
    start.push(byte);
    if (UNDECIDED.some((each) => each.join() === start.join())) return;
    const [first, second, third] = start;
    this.#isOver = first === DOT && second === CR && third === LF;
    const isSingle = first === DOT && second !== DOT && !this.#isOver;
    passed.push(Buffer.from(isSingle ? start.slice(1) : start));
    this.#start = null;
  }
}
