import * as fc from "fast-check";

import type { RestoreStep } from "../../../scenario/step.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import { directedScenario, surroundingsArbitrary, type Directed } from "../directed-scenario.ts";

/** Where directed restores go. */
export const RESTORED_TO = "/restored/here";

/** A file that is always there, by its path below the destination. */
export const TARGET_NAME = "target file";

/** Another one. */
export const SECOND_NAME = "second file";

/** A folder that is always there, with a file in it. */
export const INNER_NAME = "inner";

type RestoreOptions = Omit<Partial<RestoreStep>, "do">;

/** A restore of everything, unless said otherwise. */
export function restoring(options: RestoreOptions = {}): RestoreStep {
  return { do: "restore", from: { source: 0 }, to: RESTORED_TO, ...options };
}

/** What is to be done where something stands in the way. */
export const onConflict: fc.Arbitrary<NonNullable<RestoreStep["onConflict"]>> = fc.constantFrom(
  "overwrite",
  "keep-both",
  "skip",
);

/** What a person says who is asked about each: one answer after another, some of which are for all that follow. */
export const answers: fc.Arbitrary<NonNullable<RestoreStep["answers"]>> = fc.array(
  fc.record({ choice: onConflict, forAll: fc.constantFrom(false, false, false, true) }),
  { minLength: 2, maxLength: 6 },
);

/** A backup in harmless surroundings, and what is directed behind it. */
export function restoreScenario(all: fc.Arbitrary<Directed>): fc.Arbitrary<Scenario> {
  return fc
    .tuple(surroundingsArbitrary(false), all)
    .map(([around, { timeline, ...rest }]) =>
      directedScenario(around, { ...rest, timeline: [{ do: "backup" }, ...timeline] }),
    );
}
