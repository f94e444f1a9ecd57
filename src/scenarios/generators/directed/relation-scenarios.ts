import { RELATION_NAMES } from "../../scenario/relation-name.ts";
import { RELATIONS } from "../../relations/relations.ts";
import { randomScenarioArbitrary } from "../random/random-scenario.ts";
import type { DirectedGenerator } from "./directed-generator.ts";

/** For each metamorphic relation days that it is about. */
export const RELATION_SCENARIOS: readonly DirectedGenerator[] = RELATION_NAMES.map((relation) => ({
  name: `relation ${relation}`,
  topic: "backup",
  arbitrary: randomScenarioArbitrary().map((scenario) => ({
    ...RELATIONS[relation].base(scenario),
    relation,
  })),
}));
