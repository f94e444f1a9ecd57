import type { Moment, TargetCall } from "../../scenario/moment.ts";
import type { Disturbance } from "../../scenario/step.ts";

/** What a moment can be reported as: everything but the passing of time. */
export type MomentEvent =
  | { readonly at: "request" | "commit" | "row" | "deletion" | "deleted" | "io" | TargetCall }
  | { readonly at: "stat" | "list" | "open" | "read"; readonly path: string };

interface DisturbanceSchedulerOptions {
  readonly disturbances: readonly Disturbance[];
  readonly setTimer: (delayMs: number, callback: () => void) => () => void;
  readonly happen: (disturbance: Disturbance) => void;
}

/** Waits for the moments of the step under way and lets happen what belongs to each, once. */
export class DisturbanceScheduler {
  readonly #counts = new Map<string, number>();
  readonly #waiting = new Set<Disturbance>();
  readonly #cancels: (() => void)[] = [];
  #options: DisturbanceSchedulerOptions | undefined;
  #isStarted = false;

  /** A step with these disturbances is under way. */
  begin(options: DisturbanceSchedulerOptions): void {
    this.end();
    this.#options = options;
    for (const one of options.disturbances) this.#waiting.add(one);
  }

  /** The step's first job row was written: time runs from now. Later calls do nothing. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    for (const one of this.#waiting) {
      if (one.when.at !== "ms" || this.#options === undefined) continue;
      this.#cancels.push(this.#options.setTimer(one.when.ms, () => this.#happen(one)));
    }
  }

  /** Counts an event; what waits for it happens now. */
  report(event: MomentEvent): void {
    if (this.#waiting.size === 0 || (!this.#isStarted && event.at !== "io")) return;
    const key = keyOf(event);
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    for (const one of this.#waiting) {
      if (one.when.at === "ms" || one.when.nth !== count || keyOf(one.when) !== key) continue;
      this.#happen(one);
    }
  }

  /** The step is over: what has not happened yet does not happen any more. */
  end(): void {
    this.#waiting.clear();
    this.#counts.clear();
    for (const cancel of this.#cancels.splice(0)) cancel();
    this.#isStarted = false;
    this.#options = undefined;
  }

  #happen(one: Disturbance): void {
    if (!this.#waiting.delete(one)) return;
    this.#options?.happen(one);
  }
}

function keyOf(moment: Exclude<Moment, { at: "ms" }> | MomentEvent): string {
  return "path" in moment ? `${moment.at} ${moment.path}` : moment.at;
}
