import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";

/** Longest wait between two looks at the clocks: a clock that was set and a new zone are noticed by then. */
const LOOK_EVERY_MS_MAX = 10 * 60_000;

/** How soon a look that failed is tried again. */
const AFTER_FAILURE_MS = 60_000;

interface SchedulerOptions {
  readonly clock: Clock;
  readonly log: Log;
  /**
   * Deals with what is due and says when the next slot is; null when there is none to wait for. `mayHaveChanged`:
   * whether anything but the clock may be another than at the last look.
   */
  readonly look: (mayHaveChanged: boolean) => Promise<{ readonly nextAtMs: number | null }>;
}

/**
 * The daemon's alarm clock: looks when it is started, at each slot, and in between often enough to
 * notice clocks that were set, zones that changed and wake-ups. One look at a time. A look that fails
 * is logged, tried again after a minute, and does not end the looking.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  #cancelTimer: () => void = () => undefined;
  #looking: Promise<void> = Promise.resolve();
  #isStopped = false;
  #isLookWanted = false;
  #mayHaveChanged = true;
  #isLooking = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /** Resolves when the first look is over. */
  async start(): Promise<void> {
    this.lookNow();
    await this.#looking;
  }

  /** Something changed that the next look should not wait for. */
  lookNow(): void {
    this.#mayHaveChanged = true;
    this.#wantLook();
  }

  #wantLook(): void {
    if (this.#isStopped) return;
    this.#isLookWanted = true;
    this.#cancelTimer();
    if (!this.#isLooking) this.#looking = this.#lookWhileWanted();
  }

  /** Looks no more; resolves when a look under way is over. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer();
    await this.#looking;
  }

  async #lookWhileWanted(): Promise<void> {
    this.#isLooking = true;
    let nextAtMs: number | null = null;
    let didFail = false;
    while (this.#isLookWanted && !this.#isStopped) {
      this.#isLookWanted = false;
      const mayHaveChanged = this.#mayHaveChanged;
      this.#mayHaveChanged = false;
      try {
        ({ nextAtMs } = await this.#options.look(mayHaveChanged));
        didFail = false;
      } catch (error) {
        didFail = true;
        if (this.#isStopped) break;
        this.#options.log.write("error", "looking-at-the-schedule-failed", {
          error: String(error),
        });
      }
    }
    this.#isLooking = false;
    if (!this.#isStopped) this.#wait(didFail ? AFTER_FAILURE_MS : this.#untilNext(nextAtMs));
  }

  #untilNext(nextAtMs: number | null): number {
    if (nextAtMs === null) return LOOK_EVERY_MS_MAX;
    const leftMs = nextAtMs - this.#options.clock.nowMs();
    return Math.min(Math.max(leftMs, 0), LOOK_EVERY_MS_MAX);
  }

  #wait(delayMs: number): void {
    this.#cancelTimer = this.#options.clock.setTimer(delayMs, () => this.#wantLook());
  }
}
