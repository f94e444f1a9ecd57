import type * as fc from "fast-check";

import type { Topic } from "../../coverage/topic.ts";
import type { Scenario } from "../../scenario/scenario.ts";

/** A generator whose scenarios all bring about one thing: a declared cell, or a rare situation. */
export interface DirectedGenerator {
  /** What it brings about; unique. It is the `aim` of a run in `scenarios --json`. */
  readonly name: string;
  readonly topic: Topic;
  readonly arbitrary: fc.Arbitrary<Scenario>;
}
