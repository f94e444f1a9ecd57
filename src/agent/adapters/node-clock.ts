import type { Clock } from "../ports/clock.ts";

/** The machine's clock. Globals are looked up at each call, so that virtual time works too. */
export class NodeClock implements Clock {
  nowMs(): number {
    return Date.now();
  }

  elapsedMs(): number {
    return performance.now();
  }

  setTimer(delayMs: number, callback: () => void): () => void {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  }
}
