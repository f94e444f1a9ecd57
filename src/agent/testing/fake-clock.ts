import type { Clock } from "../ports/clock.ts";

interface FakeTimer {
  readonly atMs: number;
  readonly callback: () => void;
}

/** Where the fake clock starts: long after the times of the files in `TestDisk`. */
const START_MS = Date.UTC(2026, 10, 21, 3);

/** A job that has not ended after so much fake time never will. */
const PATIENCE_MS = 7 * 24 * 3_600_000;

/** Lets everything run that waits for no timer. */
export function idle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Time that stands still until a test moves it. */
export class FakeClock implements Clock {
  #elapsedMs = 0;
  #wallOffsetMs = START_MS;
  readonly #timers = new Set<FakeTimer>();

  nowMs(): number {
    return this.#wallOffsetMs + this.#elapsedMs;
  }

  elapsedMs(): number {
    return this.#elapsedMs;
  }

  setTimer(delayMs: number, callback: () => void): () => void {
    const timer = { atMs: this.#elapsedMs + delayMs, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Timers that are still to fire. */
  get timerCount(): number {
    return this.#timers.size;
  }

  /** A person sets the wall clock; elapsed time goes on as it was. */
  setWallClock(nowMs: number): void {
    this.#wallOffsetMs = nowMs - this.#elapsedMs;
  }

  /** Moves time on by `delayMs`, firing what is due on the way. */
  async advance(delayMs: number): Promise<void> {
    const untilMs = this.#elapsedMs + delayMs;
    await idle();
    for (let next = this.#next(); next !== undefined && next.atMs <= untilMs; next = this.#next()) {
      await this.#fire(next);
    }
    this.#elapsedMs = untilMs;
  }

  /**
   * Resolves as `promise` does, jumping to the next timer whenever nothing else moves. Rejects when
   * nothing is left that could move, or time runs away.
   */
  async settle<Result>(promise: Promise<Result>): Promise<Result> {
    let isSettled = false;
    const noteSettled = (): void => void (isSettled = true);
    promise.then(noteSettled, noteSettled);
    const startedAtMs = this.#elapsedMs;
    for (;;) {
      await idle();
      if (isSettled) return promise;
      const next = this.#next();
      if (next === undefined) throw new Error("stuck: no timer is left and nothing moves");
      if (next.atMs - startedAtMs > PATIENCE_MS) throw new Error("endless: a week has passed");
      await this.#fire(next);
    }
  }

  async #fire(timer: FakeTimer): Promise<void> {
    this.#timers.delete(timer);
    this.#elapsedMs = timer.atMs;
    timer.callback();
    await idle();
  }

  #next(): FakeTimer | undefined {
    return [...this.#timers].toSorted((left, right) => left.atMs - right.atMs)[0];
  }
}
