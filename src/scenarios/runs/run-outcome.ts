import type { Hit } from "../coverage/ledger.ts";
import type { Violation } from "../checkers/shared/violation.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** What one run came to: small enough to be passed between threads. */
export interface RunOutcome {
  /** Its number in the series; files and faults of the slice come before, with negative numbers. */
  readonly index: number;
  readonly seed: number;
  /** Name of its generator; of a file its name, of the slice with the fault that strikes. */
  readonly generator: string;
  readonly traceHash: string;
  readonly violations: readonly Violation[];
  readonly hits: readonly Hit[];
  readonly jobCount: number;
  readonly virtualMs: number;
  /** What was run, as it was generated; of runs with violations only. */
  readonly scenario?: Scenario;
}

/** A scenario that violates an invariant, made as small as it would get. */
export interface Counterexample {
  readonly index: number;
  readonly seed: number;
  /** Name of its generator. */
  readonly generator: string;
  readonly scenario: Scenario;
  readonly violations: readonly Violation[];
  /** Scenarios tried on the way. */
  readonly triedCount: number;
}
