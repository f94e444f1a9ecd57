import type { Counterexample, RunOutcome } from "./run-outcome.ts";

/** What a thread is asked: run one of a series, make its scenario smaller, or run one of a file. */
export type WorkerRequest =
  | { readonly kind: "run"; readonly seriesSeed: number; readonly index: number }
  | {
      readonly kind: "shrink";
      readonly seriesSeed: number;
      readonly index: number;
      readonly triesMax: number;
    }
  | { readonly kind: "file"; readonly path: string; readonly index: number };

/** What it answers. */
export type WorkerAnswer =
  | { readonly kind: "outcome"; readonly outcome: RunOutcome }
  | { readonly kind: "counterexample"; readonly counterexample: Counterexample };
