import type { Activity } from "./activity.ts";
import { nativeLoop } from "./native-loop.ts";
import type { RunCost, Verdict } from "./verdict.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** Limits of one run. */
export interface RunLimits {
  /** Virtual milliseconds from the start of the run; beyond them the verdict is `liveness`. */
  readonly virtualLimitMs: number;
  /** Timers fired plus steps reported; beyond them the verdict is `budget`. Default: 5 million. */
  readonly eventBudget?: number;
}

const EVENT_BUDGET = 5_000_000;

/**
 * Lets a task live in virtual time: turns the real event loop until nothing moves any more, then
 * moves the clock to the next timer, and so on until the task settles. Time therefore never overtakes
 * input or output, and a task that waits for nothing is found at once instead of by a timeout.
 * While it runs, the process cannot end by itself. A loop that never leaves the microtask queue is beyond its reach, as it is for Node itself.
 */
export class Driver {
  readonly #clock: VirtualClock;
  readonly #activity: Activity;

  constructor(clock: VirtualClock, activity: Activity) {
    this.#clock = clock;
    this.#activity = activity;
  }

  /** Runs the task to its verdict. Never rejects. One run at a time. */
  run<Value>(task: () => Promise<Value>, limits: RunLimits): Promise<Verdict<Value>> {
    const clock = this.#clock;
    const activity = this.#activity;
    const { virtualLimitMs, eventBudget = EVENT_BUDGET } = limits;
    const startMs = clock.elapsedMs();
    const startSteps = activity.steps;
    let seenSteps = startSteps;
    let jumps = 0;
    let turns = 0;
    let settled: { readonly value: Value } | { readonly error: unknown } | undefined;

    const cost = (): RunCost => ({
      jumps,
      turns,
      steps: activity.steps - startSteps,
      elapsedMs: clock.elapsedMs() - startMs,
    });

    /** One turn: the verdict when there is one. */
    const turn = (): Verdict<Value> | undefined => {
      turns += 1;
      if (settled !== undefined) {
        if ("error" in settled) return { kind: "threw", error: settled.error, cost: cost() };
        return { kind: "done", value: settled.value, cost: cost() };
      }
      if (!clock.isInstalled) {
        return { kind: "abandoned", detail: "its clock was taken away", cost: cost() };
      }
      const steps = activity.steps;
      const moved = steps !== seenSteps;
      seenSteps = steps;
      if (jumps + steps - startSteps > eventBudget) {
        return { kind: "budget", detail: `more than ${eventBudget} events`, cost: cost() };
      }
      if (moved || activity.held > 0 || nativeLoop.isBusy()) return undefined;
      if (clock.elapsedMs() - startMs > virtualLimitMs) {
        return { kind: "liveness", detail: `not done after ${virtualLimitMs} ms`, cost: cost() };
      }
      try {
        if (!clock.fireNext()) {
          return { kind: "deadlock", detail: "nothing moves and no timer is left", cost: cost() };
        }
      } catch (error) {
        return { kind: "threw", error, cost: cost() };
      }
      jumps += 1;
      return undefined;
    };

    return new Promise((resolve) => {
      const next = (): void => {
        const verdict = turn();
        if (verdict === undefined) nativeLoop.soon(next);
        else resolve(verdict);
      };
      const begin = async (): Promise<void> => {
        try {
          settled = { value: await task() };
        } catch (error) {
          settled = { error };
        }
      };
      void begin();
      nativeLoop.soon(next);
    });
  }
}
