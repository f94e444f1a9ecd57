import type { Counterexample, RunOutcome } from "./run-outcome.ts";

/** What a thread is asked: run one of a series, or make its scenario smaller. */
export interface WorkerRequest {
  readonly kind: "run" | "shrink";
  readonly seriesSeed: number;
  readonly index: number;
}

/** What it answers. */
export type WorkerAnswer =
  | { readonly kind: "outcome"; readonly outcome: RunOutcome }
  | { readonly kind: "counterexample"; readonly counterexample: Counterexample };
