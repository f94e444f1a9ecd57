/** What a run cost. Equal for equal runs, so it may be traced, except `turns`. */
export interface RunCost {
  /** Timers fired. */
  readonly jumps: number;
  /** Steps the in-memory parts reported. */
  readonly steps: number;
  /** Turns of the real event loop. */
  readonly turns: number;
  /** Virtual milliseconds that passed. */
  readonly elapsedMs: number;
}

/**
 * How a driven run ended.
 * - `done`, `threw`: the task settled, or a timer's callback threw.
 * - `deadlock`: the task is not settled, nothing moves and no timer is left: it waits for ever.
 * - `liveness`: more virtual time passed than allowed.
 * - `budget`: more events happened than allowed; something spins.
 * - `abandoned`: the clock was taken away, by the next run for instance.
 */
export type Verdict<Value> =
  | { readonly kind: "done"; readonly value: Value; readonly cost: RunCost }
  | { readonly kind: "threw"; readonly error: unknown; readonly cost: RunCost }
  | {
      readonly kind: "deadlock" | "liveness" | "budget" | "abandoned";
      readonly detail: string;
      readonly cost: RunCost;
    };

/** The value of a run that is done; for every other verdict throws an error that says what happened. */
export function assertDone<Value>(verdict: Verdict<Value>): Value {
  if (verdict.kind === "done") return verdict.value;
  if (verdict.kind === "threw") throw verdict.error;
  throw new Error(`${verdict.kind}: ${verdict.detail}`);
}
