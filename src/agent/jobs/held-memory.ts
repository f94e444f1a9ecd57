import type { HeldEntries, MemoryGauge } from "../ports/memory.ts";

/** What one stage holds of a job's files: told to the gauge as it comes and goes (I12). */
export class HeldMemory {
  readonly #memory: Pick<MemoryGauge, "take" | "give">;
  readonly #onTaken: () => void;
  #entryCount = 0;
  #pathBytes = 0;

  /** `onTaken` is called whenever the stage has taken more. */
  constructor(memory: Pick<MemoryGauge, "take" | "give">, onTaken: () => void = () => undefined) {
    this.#memory = memory;
    this.#onTaken = onTaken;
  }

  /** The stage holds these too. */
  take(more: HeldEntries): void {
    this.#entryCount += more.entryCount;
    this.#pathBytes += more.pathBytes;
    this.#memory.take(more);
    this.#onTaken();
  }

  /** The stage holds these no more. */
  give(some: HeldEntries): void {
    this.#entryCount -= some.entryCount;
    this.#pathBytes -= some.pathBytes;
    this.#memory.give(some);
  }

  /** The stage holds nothing more. */
  giveAll(): void {
    this.give({ entryCount: this.#entryCount, pathBytes: this.#pathBytes });
  }
}
