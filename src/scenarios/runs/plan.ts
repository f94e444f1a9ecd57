import type * as fc from "fast-check";

import { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import type { Topic } from "../coverage/topic.ts";
import { aims } from "../generators/aims.ts";
import type { Aim } from "../generators/aim.ts";
import { randomScenarioArbitrary } from "../generators/random-scenario.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** One run of many: what generates its scenario, and from which seed. */
export interface PlannedRun {
  readonly index: number;
  readonly seed: number;
  /** `random`, or what the generator aims at. */
  readonly aim: string;
  readonly arbitrary: fc.Arbitrary<Scenario>;
  /** Whether it is run twice, to see that both traces are the same (I15). */
  readonly isRepeated: boolean;
}

/** Once everything was aimed at, one run of so many aims again; the others search at random. */
const DIRECTED_EVERY = 3;

/** Of the runs at random, one in so many lives on a PC with a schedule. */
const TIMED_EVERY = 3;

/** One run in so many is repeated. */
const REPEATED_EVERY = 16;

const AIMS = aims();

/**
 * The run with a number, from 0, of a series. It depends on the series' seed and its number, and on the
 * one kind of job it is to be about, only.
 */
export function plannedRun(seriesSeed: number, index: number, only?: Topic): PlannedRun {
  const seed = new SeededRandom(`${seriesSeed}/${index}`).int(2 ** 31);
  const isRepeated = index % REPEATED_EVERY === 0;
  const { name, arbitrary } = aimOf(index, only) ?? randomAim(index, only);
  return { index, seed, isRepeated, aim: name, arbitrary };
}

/** Anything; every third time with a PC and a schedule. */
function randomAim(index: number, only: Topic | undefined): Pick<Aim, "name" | "arbitrary"> {
  const isTimed = only === "time" || (only === undefined && index % TIMED_EVERY === 0);
  return isTimed
    ? { name: "random time", arbitrary: randomScenarioArbitrary("time") }
    : { name: "random", arbitrary: randomScenarioArbitrary(only) };
}

/** How many runs aim at each thing once, before any others. */
export function firstPassRunCount(only?: Topic): number {
  return aimsOf(only).length;
}

function aimsOf(only: Topic | undefined): readonly Aim[] {
  return only === undefined ? AIMS : AIMS.filter(({ topic }) => topic === only);
}

/** What a run aims at: first each aim once, so that even a short series reaches everything. */
function aimOf(index: number, only: Topic | undefined): Aim | undefined {
  const all = aimsOf(only);
  if (index < all.length) return all[index];
  const later = index - all.length;
  return later % DIRECTED_EVERY === 0 ? all[(later / DIRECTED_EVERY) % all.length] : undefined;
}
