const DEFAULT_BYTES = 64 * 2 ** 20;

/** More than any budget: what the gauge shows when the memory runs out. */
const OVER_EVERY_BUDGET_BYTES = 2 ** 50;

/*
 * Fault model of the memory.
 * - What it can do to you: show, from the nth time on that an activity asks, more than any budget.
 * - What a correct client must survive: it; by ending its job and saying why.
 * - Never injected, not modelled: an allocation that fails, a process that the host ends for it.
 */

/** The gauge of what a process holds in memory. */
export class SimMemory {
  readonly #bytes: number;
  readonly #asked = new Map<string, number>();
  #fault: { readonly activity: string; readonly nth: number } | undefined;
  #hitCount = 0;

  /** Shows `bytes` while nothing is wrong; default: 64 MiB. */
  constructor(bytes: number = DEFAULT_BYTES) {
    this.#bytes = bytes;
  }

  /** How often the fault struck. */
  get hitCount(): number {
    return this.#hitCount;
  }

  /** Lets the memory run out from the nth time on, counted from now, that `activity` asks. */
  runOut(activity: string, nth: number): void {
    this.#fault = { activity, nth };
    this.#asked.clear();
    this.#hitCount = 0;
  }

  /** Ends the fault. */
  recover(): void {
    this.#fault = undefined;
  }

  /** What the process holds. */
  usedBytes(activity: string): number {
    const count = (this.#asked.get(activity) ?? 0) + 1;
    this.#asked.set(activity, count);
    if (this.#fault?.activity !== activity || count < this.#fault.nth) return this.#bytes;
    this.#hitCount += 1;
    return OVER_EVERY_BUDGET_BYTES;
  }
}
