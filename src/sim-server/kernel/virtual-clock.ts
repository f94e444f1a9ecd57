import { install } from "@sinonjs/fake-timers";
import type { Timers } from "./timers.ts";

/*
 * Fault model of the clock.
 * - What it can do to you: a person sets the wall clock back or forward (`setWallClock`); the machine
 *   sleeps, and on waking finds timers overdue (`jump`) or as far away as before (`pause`); a day has
 *   23 or 25 hours where the zone says so.
 * - What a correct client must survive: all of it. Durations come from `elapsedMs`, slots from the
 *   wall clock.
 * - Never injected: a timer that fires early, two timers of one instant out of order, an elapsed time
 *   that goes back.
 * - Not modelled: a clock that runs fast or slow, leap seconds, timers late by load. One process has
 *   one clock; worlds side by side need processes of their own. AbortSignal.timeout, the Date header
 *   that node:http writes and the timers of node:net stay on real time, so the simulation uses none.
 */

/**
 * Timers that pass by Node's own queues stay native: faking them stops streams, and with those HTTP. So does `Intl`, of
 * which nothing is asked but what an instant that is given is called: formatters are kept by zone, and each would keep
 * the clock of the world in which it was made.
 */
const NATIVE = ["nextTick", "queueMicrotask", "setImmediate", "clearImmediate", "Intl"] as const;

let installed: VirtualClock | undefined;

/**
 * Virtual time for the whole process: while installed, the global `Date`, timers, `performance` and
 * `process.hrtime` follow it, so libraries' own timeouts are virtual too. Time stands still until
 * someone (the driver) moves it.
 */
export class VirtualClock implements Timers, Disposable {
  readonly #fake: ReturnType<typeof install>;
  /** Wall clock minus elapsed time. Differs from the start once the wall clock is set. */
  #wallOffsetMs: number;
  #installed = true;

  private constructor(startMs: number) {
    this.#fake = install({ now: startMs, toNotFake: [...NATIVE] });
    this.#wallOffsetMs = startMs;
  }

  /**
   * Puts virtual time in place, starting at `startMs` (milliseconds since 1970). A clock that an
   * abandoned run left behind is taken away first, and that run's driver stops.
   */
  static install(startMs: number): VirtualClock {
    installed?.uninstall();
    installed = new VirtualClock(startMs);
    return installed;
  }

  /** Whether this clock rules the process; false after `uninstall` or another `install`. */
  get isInstalled(): boolean {
    return this.#installed;
  }

  /** Wall-clock milliseconds since 1970, UTC. */
  nowMs(): number {
    return this.#fake.now;
  }

  /** Milliseconds since the start. Setting the wall clock does not change it; it never goes back. */
  elapsedMs(): number {
    return this.#fake.now - this.#wallOffsetMs;
  }

  /** Timers waiting to fire. */
  get timerCount(): number {
    return this.#fake.countTimers();
  }

  /** Calls back once after `delayMs` of virtual time; the returned function cancels. */
  setTimer(delayMs: number, callback: () => void): () => void {
    const handle = this.#fake.setTimeout(callback, delayMs);
    return () => this.#fake.clearTimeout(handle);
  }

  /** Resolves after `delayMs` of virtual time. */
  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.setTimer(delayMs, resolve);
    });
  }

  /** Moves time to the next timer and fires that one. False when there is none. */
  fireNext(): boolean {
    if (this.#fake.countTimers() === 0) return false;
    this.#fake.next();
    return true;
  }

  /** A person sets the clock to `wallMs`, back or forward. Timers fire after the same delay as before. */
  setWallClock(wallMs: number): void {
    this.#wallOffsetMs += wallMs - this.#fake.now;
    this.#fake.setSystemTime(wallMs);
  }

  /**
   * The machine sleeps for `durationMs` and its timers go on meanwhile, as on Windows: on waking,
   * each timer that fell due fires once, an interval too.
   */
  jump(durationMs: number): void {
    this.#fake.jump(durationMs);
  }

  /**
   * The machine sleeps for `durationMs` and its timers stand still meanwhile, as on Linux: on
   * waking, each has as long to go as before. Elapsed time stands still as well.
   */
  pause(durationMs: number): void {
    this.setWallClock(this.#fake.now + durationMs);
  }

  /** Gives the process its real time back. Doing it twice does nothing more. */
  uninstall(): void {
    if (!this.#installed) return;
    this.#installed = false;
    if (installed === this) installed = undefined;
    this.#fake.uninstall();
  }

  [Symbol.dispose](): void {
    this.uninstall();
  }
}
