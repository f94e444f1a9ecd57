import type { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import type { Scenario } from "../scenario/scenario.ts";

/**
 * Changes a scenario in its place, with parts of another one where it needs any. May leave it as it is, and may make
 * something of it that is no scenario: both are seen afterwards.
 */
export type Mutator = (draft: Scenario, donor: Scenario, random: SeededRandom) => void;

/** One of some; undefined of none. */
export function pickOne<Item>(random: SeededRandom, items: readonly Item[]): Item | undefined {
  return items.length === 0 ? undefined : items[random.int(items.length)];
}
