import type { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import { RELATIONS } from "../relations/relations.ts";
import { scenarioSchema, type Scenario } from "../scenario/scenario.ts";
import { canBeDone } from "./can-be-done.ts";
import { FAULT_MUTATORS } from "./fault-mutators.ts";
import { pickOne, type Mutator } from "./mutator.ts";
import { NUMBER_MUTATORS } from "./number-mutators.ts";
import { SURROUNDINGS_MUTATORS } from "./surroundings-mutators.ts";
import { TIMELINE_MUTATORS } from "./timeline-mutators.ts";

/** Each kind is drawn as often as another, however many it has. */
const KINDS: readonly (readonly Mutator[])[] = [
  TIMELINE_MUTATORS,
  TIMELINE_MUTATORS,
  FAULT_MUTATORS,
  FAULT_MUTATORS,
  NUMBER_MUTATORS,
  SURROUNDINGS_MUTATORS,
];

const CHANGE_COUNT_MAX = 4;

/**
 * A scenario with one to four changes, some of them with parts of `donor`; undefined where they made of it what is no
 * scenario, cannot be done, or is what it was. Neither of the two is changed.
 */
export function mutateScenario(
  scenario: Scenario,
  donor: Scenario,
  random: SeededRandom,
): Scenario | undefined {
  const { title: _, ...draft } = structuredClone(scenario);
  const before = JSON.stringify(draft);
  const count = 1 + random.int(CHANGE_COUNT_MAX);
  for (let done = 0; done < count; done += 1) {
    const mutator = pickOne(random, pickOne(random, KINDS) ?? []);
    mutator?.(draft, donor, random);
  }
  const { success, data } = scenarioSchema.safeParse(draft);
  if (!success) return undefined;
  // What a relation is about has no moments, and no more of them after a change.
  const changed = data.relation === undefined ? data : RELATIONS[data.relation].base(data);
  return canBeDone(changed) && JSON.stringify(changed) !== before ? changed : undefined;
}
