/** A set of small whole numbers that takes a bit for each possible one. */
export class BitSet {
  readonly #words: Uint32Array;

  private constructor(words: Uint32Array) {
    this.#words = words;
  }

  /** An empty set of numbers below `size`. */
  static ofSize(size: number): BitSet {
    return new BitSet(new Uint32Array(Math.ceil(size / 32)));
  }

  /** A set from what {@link toText} gave. */
  static fromText(text: string): BitSet {
    const bytes = Uint8Array.from(Buffer.from(text, "base64"));
    return new BitSet(new Uint32Array(bytes.buffer));
  }

  add(number: number): void {
    this.#words[number >>> 5] = (this.#words[number >>> 5] ?? 0) | (1 << (number & 31));
  }

  has(number: number): boolean {
    return (((this.#words[number >>> 5] ?? 0) >>> (number & 31)) & 1) === 1;
  }

  toText(): string {
    return Buffer.from(this.#words.buffer).toString("base64");
  }
}
