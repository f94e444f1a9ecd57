import type * as fc from "fast-check";

import { SeededRandom } from "../../sim-server/entropy/seeded-random.ts";
import { aims } from "../arbitraries/aims.ts";
import { randomScenarioArbitrary } from "../arbitraries/random-scenario.ts";
import type { Scenario } from "../scenario.ts";

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

/** Of so many runs one aims at something; the others search at random. */
const DIRECTED_EVERY = 3;

/** One run in so many is repeated. */
const REPEATED_EVERY = 16;

const AIMS = aims();

/** Runs after which everything was aimed at `times` times. */
export function runsToAimAtAll(times: number): number {
  return AIMS.length * DIRECTED_EVERY * times;
}

/** The run with a number, from 0, of a series. It depends on the series' seed and its number only. */
export function plannedRun(seriesSeed: number, index: number): PlannedRun {
  const seed = new SeededRandom(`${seriesSeed}/${index}`).int(2 ** 31);
  const isRepeated = index % REPEATED_EVERY === 0;
  const aim =
    index % DIRECTED_EVERY === 0 ? AIMS[(index / DIRECTED_EVERY) % AIMS.length] : undefined;
  const { name, arbitrary } = aim ?? { name: "random", arbitrary: randomScenarioArbitrary };
  return { index, seed, isRepeated, aim: name, arbitrary };
}
