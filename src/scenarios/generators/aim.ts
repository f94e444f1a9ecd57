import type * as fc from "fast-check";

import type { Topic } from "../coverage/topic.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** What a run aims at, and what makes it happen. */
export interface Aim {
  readonly name: string;
  /** What it is about. */
  readonly topic: Topic;
  readonly arbitrary: fc.Arbitrary<Scenario>;
}
