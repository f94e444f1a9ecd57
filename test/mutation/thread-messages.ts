import type { Violation } from "../../src/scenarios/checkers/shared/violation.ts";
import type { Scenario } from "../../src/scenarios/scenario/scenario.ts";

/** What a thread is given when it starts. */
export interface ThreadData {
  readonly compileCacheFolder: string;
  /** Active while modules are read; undefined: none. */
  readonly activeMutant: number | undefined;
  /** Where reached mutants are counted: how many ids there are; undefined: they are not. */
  readonly countedIds: number | undefined;
}

/** What a thread is asked: to live a scenario. */
export interface LifeRequest {
  readonly scenario: Scenario;
  /** Active while it is lived, in place of what is active since the thread began; undefined: that one. */
  readonly activeMutant: number | undefined;
  /** How often the active mutant may be reached before it throws. */
  readonly hitCountMax: number;
}

/** What came of it. */
export interface LifeAnswer {
  /** The first violation of each invariant. */
  readonly violations: readonly Violation[];
  readonly traceHash: string;
  /** Whether the thread is as good as new: nothing hangs in it. */
  readonly isClean: boolean;
  /** By id, how often each mutant was reached; undefined where that is not counted. */
  readonly hits: Uint32Array | undefined;
  /** The same while modules were read. */
  readonly loadHits: Uint32Array | undefined;
}
