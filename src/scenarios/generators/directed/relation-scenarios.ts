import * as fc from "fast-check";

import { RELATION_NAMES, type RelationName } from "../../scenario/relation-name.ts";
import { RELATIONS } from "../../relations/relations.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { randomScenarioArbitrary } from "../random/random-scenario.ts";
import { GENERATION_SITUATIONS } from "./backup/generation-situations.ts";
import type { DirectedGenerator } from "./directed-generator.ts";

const RANDOM_DAYS = randomScenarioArbitrary();

/** Days in which there is something of what a relation is about, where random ones seldom have it. */
const DAYS: Readonly<Partial<Record<RelationName, fc.Arbitrary<Scenario>>>> = {
  "another-edition": fc.oneof(
    RANDOM_DAYS,
    ...GENERATION_SITUATIONS.flatMap(({ name, arbitrary }) =>
      name.endsWith("generations") ? [arbitrary] : [],
    ),
  ),
};

/** For each metamorphic relation days that it is about. */
export const RELATION_SCENARIOS: readonly DirectedGenerator[] = RELATION_NAMES.map((relation) => ({
  name: `relation ${relation}`,
  topic: "backup",
  arbitrary: (DAYS[relation] ?? RANDOM_DAYS).map((scenario) => ({
    ...RELATIONS[relation].base(scenario),
    relation,
  })),
}));
