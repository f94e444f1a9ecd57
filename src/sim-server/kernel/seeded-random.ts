/**
 * The one source of chance in a world: the same seed gives the same numbers on every machine.
 * `fork` gives independent streams by label, so that drawing more in one place changes nothing in
 * another. Small Fast Counter (sfc32, 128 bits of state); not for secrets.
 */
export class SeededRandom {
  readonly #seed: string;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** Any text or number is a seed; equal texts are equal seeds. */
  constructor(seed: string | number) {
    this.#seed = String(seed);
    [this.#a, this.#b, this.#c] = hash96(this.#seed);
    // The first outputs of a counter-based generator still resemble its seed.
    for (let round = 0; round < 12; round += 1) this.#next();
  }

  /** A number in [0, 1) with 53 random bits. */
  random(): number {
    const high = this.#next() >>> 5;
    const low = this.#next() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** A whole number from 0 to `limit` - 1; `limit` is 1 to 2^53. */
  int(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  /** `count` random bytes. */
  bytes(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let at = 0; at < count; at += 4) {
      const word = this.#next();
      for (let byte = 0; byte < 4 && at + byte < count; byte += 1) {
        bytes[at + byte] = (word >>> (8 * byte)) & 0xff;
      }
    }
    return bytes;
  }

  /** `byteCount` random bytes as lower-case hex: identifiers, tokens. */
  hex(byteCount: number): string {
    return Buffer.from(this.bytes(byteCount)).toString("hex");
  }

  /** An independent stream; depends on the seed and the label, not on what was drawn before. */
  fork(label: string): SeededRandom {
    return new SeededRandom(`${this.#seed}/${label}`);
  }

  #next(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result >>> 0;
  }
}

/** Three 32-bit words out of a text: FNV-1a with three starting points, then a finishing mix. */
function hash96(text: string): [number, number, number] {
  return [word(0x811c9dc5), word(0x9e3779b9), word(0x85ebca6b)];

  function word(start: number): number {
    let hash = start;
    for (let at = 0; at < text.length; at += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  }
}
