import { hash as hashOnce } from "node:crypto";

/** What a trace is told when it is made. */
export interface TraceOptions {
  /** Virtual wall-clock milliseconds since 1970; stamped on each line. */
  readonly nowMs: () => number;
  /** Texts that must never stand in a line: passwords, tokens, keys (I10). Empty ones are ignored. */
  readonly secrets?: Iterable<string>;
  /** Lines kept for reading: all of them (default), or the newest so many. The hash covers all. */
  readonly keepLines?: number;
}

/**
 * The canonical record of a run: one line per event,
 * `virtualTimeMs seq actor event digest`, and a hash over all of them. Equal scenarios give equal
 * traces byte for byte (I15), so nothing of the machine belongs in it: no real time, process id, host
 * path or order of a hash table. The caller sees to that; the trace itself refuses secrets.
 */
export class Trace {
  readonly #options: TraceOptions;
  readonly #secrets: string[] = [];
  readonly #lines: string[] = [];
  /** Lines not yet in the hash: many small updates of a digest cost more than one large one. */
  #unhashed = "";
  #hash = "";
  #sequence = 0;

  constructor(options: TraceOptions) {
    this.#options = options;
    for (const secret of options.secrets ?? []) this.addSecret(secret);
  }

  /** From now on a line that contains `secret` is refused. Tokens come into being during a run. */
  addSecret(secret: string): void {
    if (secret !== "") this.#secrets.push(secret);
  }

  /**
   * Adds a line. `actor` and `event` are single words, `detail` is free text, shortened nowhere;
   * control characters and lone surrogates in it, as names of files can have, become `\u{...}`.
   * Throws when the line holds a secret.
   */
  add(actor: string, event: string, detail = ""): void {
    this.#sequence += 1;
    const text = PLAIN.test(detail) ? detail : detail.replace(/\p{Cc}|\p{Cs}/gu, escapeCharacter);
    const line = `${this.#options.nowMs()} ${this.#sequence} ${actor} ${event} ${text}`;
    for (const secret of this.#secrets) {
      // The line itself stays out of the message: it would carry the secret on.
      if (line.includes(secret)) throw new Error(`secret in a trace line of ${actor} ${event}`);
    }
    this.#lines.push(line);
    const { keepLines } = this.#options;
    if (keepLines !== undefined && this.#lines.length > 2 * keepLines) {
      this.#lines.splice(0, this.#lines.length - keepLines);
    }
    this.#unhashed += `${line}\n`;
    if (this.#unhashed.length > HASH_BLOCK_CHARS) this.#flush();
  }

  /** Lines added so far. */
  get length(): number {
    return this.#sequence;
  }

  /** The kept lines, oldest first. */
  lines(): readonly string[] {
    const { keepLines } = this.#options;
    return keepLines === undefined ? [...this.#lines] : this.#lines.slice(-keepLines);
  }

  /** SHA-256 over every line so far, as hex. Asking does not change later answers. */
  traceHash(): string {
    return hashOnce("sha256", this.#hash + this.#unhashed);
  }

  // Blocks end where the text does, never where somebody asked, so that asking changes nothing.
  #flush(): void {
    this.#hash = hashOnce("sha256", this.#hash + this.#unhashed);
    this.#unhashed = "";
  }
}

/** Most lines: nothing in them can be a control character or half of a pair. */
const PLAIN = /^[ -~]*$/;

const HASH_BLOCK_CHARS = 16_384;

function escapeCharacter(character: string): string {
  return `\\u{${character.charCodeAt(0).toString(16)}}`;
}
