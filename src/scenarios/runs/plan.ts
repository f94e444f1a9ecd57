import type fc from "fast-check";

import { SeededRandom } from "../../sim-server/entropy/seeded-random.ts";
import { directedCells } from "../arbitraries/directed-cells.ts";
import { randomScenarioArbitrary } from "../arbitraries/random-scenario.ts";
import type { Scenario } from "../scenario.ts";

/** One run of many: what generates its scenario, and from which seed. */
export interface PlannedRun {
  readonly index: number;
  readonly seed: number;
  /** `random`, or the cell that the generator aims at. */
  readonly aim: string;
  readonly arbitrary: fc.Arbitrary<Scenario>;
  /** Whether it is run twice, to see that both traces are the same (I15). */
  readonly isRepeated: boolean;
}

/** Of so many runs one aims at a declared cell; the others search at random. */
const DIRECTED_EVERY = 3;

/** One run in so many is repeated. */
const REPEATED_EVERY = 16;

const CELLS = directedCells();

/** Runs after which every declared cell was aimed at `times` times. */
export function runsToAimAtAll(times: number): number {
  return CELLS.length * DIRECTED_EVERY * times;
}

/** The run with a number, from 0, of a series. It depends on the series' seed and its number only. */
export function plannedRun(seriesSeed: number, index: number): PlannedRun {
  const seed = new SeededRandom(`${seriesSeed}/${index}`).int(2 ** 31);
  const isRepeated = index % REPEATED_EVERY === 0;
  const cell =
    index % DIRECTED_EVERY === 0 ? CELLS[(index / DIRECTED_EVERY) % CELLS.length] : undefined;
  if (cell === undefined) {
    return { index, seed, isRepeated, aim: "random", arbitrary: randomScenarioArbitrary };
  }
  const aim = `${cell.cause} ${cell.phase}`;
  return { index, seed, isRepeated, aim, arbitrary: cell.arbitrary };
}
