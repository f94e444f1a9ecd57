import * as fc from "fast-check";

import type { Moment } from "../../scenario/moment.ts";
import type { RestoreStep, Step } from "../../scenario/step.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { directedScenario, surroundingsArbitrary, type Directed } from "../surroundings.ts";

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

/** Any moment of a restore. */
export const restoreMoment: fc.Arbitrary<Moment> = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map((nth): Moment => ({ at: "request", nth })),
  fc.integer({ min: 1, max: 8 }).map((nth): Moment => ({ at: "row", nth })),
  fc
    .tuple(
      fc.constantFrom(
        "make-folder",
        "create",
        "write",
        "set-times",
        "sync",
        "put-in-place",
        "remove",
      ),
      fc.integer({ min: 1, max: 10 }),
    )
    .map(([at, nth]): Moment => ({ at, nth })),
);

/** What a directed restore adds to the tree and takes in the timeline behind the backup. */
export type Making = Pick<Directed, "tree" | "secure"> & { readonly steps: readonly Step[] };

/** Makes what a scenario about restores is made of. */
export type Maker = fc.Arbitrary<Making>;

/** A backup in harmless surroundings, and what is made behind it. */
export function restoreScenario(maker: Maker): fc.Arbitrary<Scenario> {
  return fc
    .tuple(surroundingsArbitrary(false), maker)
    .map(([around, { steps, ...rest }]) =>
      directedScenario(around, { ...rest, timeline: [{ do: "backup" }, ...steps] }),
    );
}
