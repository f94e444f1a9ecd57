import type { HeldEntries, MemoryGauge } from "../ports/memory.ts";

/** What is left to the process below the limit of a container, which ends it at the limit itself. */
const SHARE_OF_LIMIT = 0.9;

/** Resident memory of this process, in which whatever its stages hold is contained. */
export class NodeMemory implements MemoryGauge {
  readonly #limitBytes: number;

  /** `limitBytes`: what the host ends the process at; 0 when it sets no limit. Default: as the host says. */
  constructor(limitBytes: number = process.constrainedMemory()) {
    this.#limitBytes = limitBytes;
  }

  usedBytes(): number {
    return process.memoryUsage.rss();
  }

  allowedBytes(): number {
    return this.#limitBytes > 0 ? this.#limitBytes * SHARE_OF_LIMIT : Number.POSITIVE_INFINITY;
  }

  take(_held: HeldEntries): void {
    // Resident memory has grown by itself.
  }

  give(_held: HeldEntries): void {
    // The collector gives it back.
  }
}
