import * as fc from "fast-check";

import type { Phase } from "../../coverage/phase.ts";
import type { RunFaults } from "../../scenario/run-faults.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { Step } from "../../scenario/step.ts";
import type { Directed } from "./directed-scenario.ts";

/** For each cause or outcome: scenarios in which it comes about in a phase, whatever surrounds it. */
export type CellGenerators<Id extends string> = Readonly<
  Record<Id, (phase: Phase) => fc.Arbitrary<Scenario>>
>;

interface Cells<Id extends string> {
  /** What makes each come about for sure, in any harmless surroundings. */
  readonly all: Readonly<Record<Id, fc.Arbitrary<Directed>>>;
  /** The same with a failure before it that is retried, for those that end well. */
  readonly afterRetry: Partial<Record<Id, fc.Arbitrary<Directed>>>;
  /** Puts it into surroundings; in the phase `after-restart` an earlier job is cut off before it. */
  readonly scenario: (directed: fc.Arbitrary<Directed>, phase: Phase) => fc.Arbitrary<Scenario>;
}

/** The generators of one kind of job. */
export function cellGenerators<Id extends string>(cells: Cells<Id>): CellGenerators<Id> {
  const { all, afterRetry, scenario } = cells;
  const ids = Object.keys(all) as Id[];
  const generators = ids.map((id) => [
    id,
    (phase: Phase) =>
      scenario((phase === "after-retry" ? afterRetry[id] : undefined) ?? all[id], phase),
  ]);
  return Object.fromEntries(generators) as CellGenerators<Id>;
}

/** A timeline that is always the same. */
export function always(...timeline: Step[]): fc.Arbitrary<Directed> {
  return fc.constant({ timeline });
}

/** A timeline that meets one of these faults. */
export function underFaults(
  timelines: fc.Arbitrary<(faults: RunFaults) => Step[]>,
  all: readonly RunFaults[],
): fc.Arbitrary<Directed> {
  return fc
    .tuple(fc.constantFrom(...all), timelines)
    .map(([faults, timeline]) => ({ timeline: timeline(faults) }));
}
