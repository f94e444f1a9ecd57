import { ProblemError } from "../http/problem-error.ts";

/**
 * The bytes that one service holds: contents of files, unfinished uploads, bodies that are read as a
 * whole. Everything that holds some takes them before and gives them back after.
 */
export class MemoryBudget {
  readonly #bytesMax: number;
  #usedBytes = 0;

  /** `bytesMax` may be infinite. */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Bytes that are taken now. */
  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Takes so many; refuses with `insufficient-capacity`, taking none, when there are fewer left. */
  take(byteCount: number): void {
    const freeBytes = this.#bytesMax - this.#usedBytes;
    if (byteCount > freeBytes) {
      throw new ProblemError(
        "insufficient-capacity",
        `This service keeps up to ${this.#bytesMax} bytes in memory, for everybody together.`,
        { extensions: { requiredBytes: byteCount, freeBytes } },
      );
    }
    this.#usedBytes += byteCount;
  }

  /** Gives so many back. */
  give(byteCount: number): void {
    this.#usedBytes -= byteCount;
  }
}
