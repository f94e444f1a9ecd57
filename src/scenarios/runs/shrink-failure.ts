import type { Violation } from "../checkers/shared/violation.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { isLike } from "../shrinking/failure-name.ts";
import { shrinkScenario } from "../shrinking/shrink-scenario.ts";
import { untilAborted } from "./until-aborted.ts";
import type { WorkerPool } from "./worker-pool.ts";

/** A scenario that violates something, first of all the first of its violations. */
interface Failure {
  readonly index: number;
  readonly scenario: Scenario;
  readonly violations: readonly Violation[];
  /** Whether it is run twice each time (I15). */
  readonly isRepeated: boolean;
}

/** The same, made smaller. */
interface ShrunkFailure extends Pick<Failure, "scenario" | "violations"> {
  /** Scenarios that were run on the way. */
  readonly triedCount: number;
}

/**
 * Makes the scenario of a failure smaller, as long as what broke first breaks in the same way. `triesMax` scenarios are
 * run at most: counted, not timed, so that the result is always the same. Ends early once `signal` is aborted.
 */
export async function shrinkFailure(
  pool: WorkerPool,
  { index, scenario, violations, isRepeated }: Failure,
  triesMax: number,
  signal?: AbortSignal,
): Promise<ShrunkFailure> {
  const [first] = violations;
  let found = violations;
  const shrunk = await shrinkScenario(scenario, {
    triesMax,
    signal,
    breaks: async (smaller) => {
      const asked = pool.ask({ kind: "try", index, scenario: smaller, isRepeated });
      const answer = await untilAborted(asked, signal);
      if (answer?.kind !== "tried" || first === undefined) return false;
      const same = answer.violations.filter((violation) => isLike(violation, first));
      if (same.length === 0) return false;
      found = [...same, ...answer.violations.filter((violation) => !same.includes(violation))];
      return true;
    },
  });
  return { ...shrunk, violations: found };
}
