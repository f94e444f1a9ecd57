import { EDITION_RULES, EDITIONS, PLANS } from "../../protocol/edition.ts";
import type { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { Step } from "../scenario/step.ts";
import { calm } from "./calm.ts";
import type { LifeOutcome } from "./life-outcome.ts";

/** Generations that every plan of every edition keeps. */
const KEPT_BY_ALL_COUNT = 3;

/**
 * Days in which a numbered generation is restored only as long as no plan can have dropped one: each backup adds one at
 * most.
 */
export function daysOfAnyEdition(scenario: Scenario): Scenario {
  const { timeline, ...rest } = calm(scenario);
  const backups = timeline.flatMap((step, at) => (step.do === "backup" ? [at] : []));
  const keptUntil = backups[KEPT_BY_ALL_COUNT] ?? timeline.length;
  const isAsked = (step: Step, at: number): boolean =>
    step.do !== "restore" || step.generation === undefined || at < keptUntil;
  return { ...rest, timeline: timeline.filter(isAsked) };
}

/** The same days under a plan of the other edition. */
export function underAnotherEdition(scenario: Scenario, random: SeededRandom): Scenario {
  const edition = EDITIONS.find((name) => name !== scenario.edition) ?? scenario.edition;
  const plans = PLANS.filter((name) => EDITION_RULES[edition].plans[name] !== undefined);
  return { ...scenario, edition, plan: plans[random.int(plans.length)] ?? scenario.plan };
}

/** An outcome without the generations that only some plans keep. */
export function keptByAll(outcome: LifeOutcome): LifeOutcome {
  const files = [...outcome.files].map(([path, generations]): [string, readonly string[]] => [
    path,
    generations.slice(0, KEPT_BY_ALL_COUNT),
  ]);
  return { ...outcome, files: new Map(files) };
}
