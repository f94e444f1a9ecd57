import type { Violation } from "../checkers/shared/violation.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** What a thread says of a scenario that was struck by one fault, or by two. */
export interface StrikeAnswer {
  readonly violations: readonly Violation[];
  readonly traceHash: string;
  /** What was run; where something was violated only. */
  readonly scenario?: Scenario;
}

/** What such a scenario came to. */
export interface StrikeOutcome extends StrikeAnswer {
  /** Real milliseconds. */
  readonly tookMs: number;
}
