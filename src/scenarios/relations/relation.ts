import type { Words } from "../../terminal/language.ts";
import type { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import type { RunRecord } from "../observation/run-record.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { LifeOutcome } from "./life-outcome.ts";

/**
 * A metamorphic relation: two scenarios that differ in what may not matter, and so come to the same. It needs no idea
 * of what they come to. Each relation says what of the outcome may differ all the same.
 */
export interface Relation {
  /** What stays the same although something else does not. */
  readonly text: Words;
  /** The scenario that it is about, made of any: without what would make a difference of its own. */
  readonly base: (scenario: Scenario) => Scenario;
  /** The other life. Chance comes from `random` alone. */
  readonly vary: (scenario: Scenario, random: SeededRandom) => Scenario;
  /** Whether the relation says anything about a life that went like this. Default: about every one. */
  readonly holdsFor?: (record: RunRecord) => boolean;
  /** What is compared of a life. Default: all that it came to. */
  readonly outcomeOf?: (record: RunRecord) => LifeOutcome;
  /** An outcome without what may differ. Default: nothing may. */
  readonly reduce?: (outcome: LifeOutcome) => LifeOutcome;
}
