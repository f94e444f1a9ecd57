import type { PcLogEvent } from "./sim-host.ts";

/** The PC's own log of power and sign-ins, by its wall clock as it was at each moment. */
export class PcLog {
  /** Whether anything can be read from it. What happens meanwhile is written all the same. */
  isReadable = true;
  readonly #events: PcLogEvent[] = [];
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  write(kind: PcLogEvent["kind"]): void {
    this.#events.push({ atMs: this.#nowMs(), kind });
  }

  /** All of it in the order in which it was written; nothing where nothing can be read. */
  all(): readonly PcLogEvent[] {
    return this.isReadable ? this.#events : [];
  }

  /** Both moments included, oldest first; and the last of power and the last of sign-in before. */
  between(fromMs: number, toMs: number): readonly PcLogEvent[] {
    if (!this.isReadable) return [];
    const sorted = this.#events.toSorted((a, b) => a.atMs - b.atMs);
    const before = sorted.filter(({ atMs }) => atMs < fromMs);
    const last = [false, true].map((ofSignIn) =>
      before.findLast(({ kind }) => kind.startsWith("sign-") === ofSignIn),
    );
    return sorted.filter(
      (event) => last.includes(event) || (event.atMs >= fromMs && event.atMs <= toMs),
    );
  }
}
