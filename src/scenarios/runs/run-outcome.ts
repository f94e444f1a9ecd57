import type { Hit } from "../coverage/ledger.ts";
import type { Breach } from "../checkers/shared/breach.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** What one run came to: small enough to be passed between threads. */
export interface RunOutcome {
  /** Its number in the series; regressions come before, with negative numbers. */
  readonly index: number;
  readonly seed: number;
  readonly aim: string;
  readonly traceHash: string;
  readonly breaches: readonly Breach[];
  readonly hits: readonly Hit[];
  readonly jobCount: number;
  readonly virtualMs: number;
}

/** A scenario that breaks a law, made as small as it would get. */
export interface Counterexample {
  readonly index: number;
  readonly seed: number;
  readonly aim: string;
  readonly scenario: Scenario;
  readonly breaches: readonly Breach[];
  /** Scenarios tried on the way. */
  readonly triedCount: number;
}
