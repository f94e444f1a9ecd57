import { message } from "../../../messages/message.ts";
import { ProblemError } from "../http/problem-error.ts";

/**
 * The bytes that one service holds: contents of files, unfinished uploads, bodies that are read as a
 * whole. Everything that holds some takes them before and gives them back after.
 */
export class MemoryBudget {
  readonly #bytesMax: number;
  readonly #reclaim: () => void;
  #usedBytes = 0;

  /**
   * `bytesMax` may be infinite. `reclaim` is called when there is not enough left, to give back what
   * nobody may use any more; by default there is nothing of the kind.
   */
  constructor(bytesMax: number, reclaim: () => void = () => undefined) {
    this.#bytesMax = bytesMax;
    this.#reclaim = reclaim;
  }

  /** Bytes that are taken now. */
  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Takes so many; refuses with `insufficient-capacity`, taking none, when there are fewer left. */
  take(byteCount: number): void {
    if (byteCount > this.#bytesMax - this.#usedBytes) this.#reclaim();
    const freeBytes = this.#bytesMax - this.#usedBytes;
    if (byteCount > freeBytes) {
      throw new ProblemError(
        "insufficient-capacity",
        message("storage.memory", { bytesMax: this.#bytesMax }),
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
