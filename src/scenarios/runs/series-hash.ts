import { createHash } from "node:crypto";

/**
 * The hash of a series: the same where the same runs left the same traces, on whatever machine and in however many
 * parts. Runs are added in the order of their numbers.
 */
export class SeriesHash {
  readonly #hash = createHash("sha256");

  add(run: number, traceHash: string): void {
    this.#hash.update(`${run} ${traceHash}\n`);
  }

  /** The hash of what was added so far, 16 hexadecimal digits. */
  digest(): string {
    return this.#hash.copy().digest("hex").slice(0, 16);
  }
}
