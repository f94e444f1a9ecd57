import type { Timers } from "../kernel/timers.ts";

/** What the timers of a PC need to know of it. */
export interface TimersHost {
  readonly power: "on" | "asleep" | "hibernating" | "off";
  /** How often it was started: what was set before a start is of another life. */
  readonly startCount: number;
}

interface HeldTimer {
  cancel: () => void;
  readonly fire: () => void;
}

/**
 * Timers of the processes on a PC. One that falls due while the PC sleeps is held back and fires late,
 * on waking, in the order in which they fell due; the sleep counts for it. One that was set before
 * the PC went off never fires.
 */
export class PcTimers implements Timers {
  readonly #clock: Timers & { nowMs(): number };
  readonly #host: TimersHost;
  readonly #held = new Set<HeldTimer>();

  constructor(clock: Timers & { nowMs(): number }, host: TimersHost) {
    this.#clock = clock;
    this.#host = host;
  }

  /** The PC's wall clock. */
  nowMs(): number {
    return this.#clock.nowMs();
  }

  elapsedMs(): number {
    return this.#clock.elapsedMs();
  }

  setTimer(delayMs: number, callback: () => void): () => void {
    const startCount = this.#host.startCount;
    const timer: HeldTimer = {
      cancel: () => undefined,
      fire: () => {
        this.#held.delete(timer);
        const { power, startCount: count } = this.#host;
        if (count !== startCount || power === "off") return;
        if (power === "on") callback();
        else this.#held.add(timer);
      },
    };
    timer.cancel = this.#clock.setTimer(delayMs, timer.fire);
    return () => {
      timer.cancel();
      this.#held.delete(timer);
    };
  }

  /** The PC woke up: what was held back fires, each as a step of its own. */
  release(): void {
    for (const timer of this.#held) timer.cancel = this.#clock.setTimer(0, timer.fire);
  }

  /** The PC went off: nobody is left to call back. */
  drop(): void {
    this.#held.clear();
  }
}
