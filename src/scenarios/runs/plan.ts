import * as fc from "fast-check";

import { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import type { Topic } from "../coverage/topic.ts";
import { directedGenerators } from "../generators/directed/directed-generators.ts";
import type { DirectedGenerator } from "../generators/directed/directed-generator.ts";
import { randomScenarioArbitrary } from "../generators/random/random-scenario.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** One run of many: what generates its scenario, and from which seed. */
export interface PlannedRun {
  readonly index: number;
  readonly seed: number;
  /** Name of its generator: `random`, `random-time`, or that of a directed one; a code, the same in every language. */
  readonly generator: string;
  readonly arbitrary: fc.Arbitrary<Scenario>;
  /** Whether it is run twice, to see that both traces are the same (I15). */
  readonly isRepeated: boolean;
}

/**
 * Behind the first pass one run of so many searches at random; the others are directed again. Of the mistakes that
 * nobody had worked on, directed runs noticed five times as many as those at random.
 */
const RANDOM_EVERY = 3;

/** Of the runs at random, one in so many lives on a PC with a schedule. */
const SCHEDULED_EVERY = 3;

/** One run in so many is repeated. */
const REPEATED_EVERY = 16;

const DIRECTED = directedGenerators();

/**
 * The run with a number, from 0, of a series. It depends on the series' seed and its number, and on the
 * one kind of job it is to be about, only.
 */
export function plannedRun(seriesSeed: number, index: number, only?: Topic): PlannedRun {
  const seed = new SeededRandom(`${seriesSeed}/${index}`).int(2 ** 31);
  const isRepeated = isRepeatedRun(index);
  const { name, arbitrary } = directedFor(index, only) ?? randomFor(index, only);
  return { index, seed, isRepeated, generator: codeOf(name), arbitrary };
}

/** Whether the run with a number is run twice (I15). */
export function isRepeatedRun(index: number): boolean {
  return index % REPEATED_EVERY === 0;
}

/** A name that is a phrase as one word. */
function codeOf(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]+/gu, "-");
}

/** The scenario of a run, as it is generated. */
export function scenarioOf({ index, seed, arbitrary }: PlannedRun): Scenario {
  const [scenario] = fc.sample(arbitrary, { seed, numRuns: 1 });
  if (scenario === undefined) throw new Error(`run ${index} has no scenario`);
  return scenario;
}

/** Anything; every third time with a PC and a schedule. */
function randomFor(
  index: number,
  only: Topic | undefined,
): Pick<DirectedGenerator, "name" | "arbitrary"> {
  const turn = Math.floor(index / RANDOM_EVERY);
  const isScheduled = only === "schedule" || (only === undefined && turn % SCHEDULED_EVERY === 0);
  return isScheduled
    ? { name: "random time", arbitrary: randomScenarioArbitrary("schedule") }
    : { name: "random", arbitrary: randomScenarioArbitrary(only) };
}

/** How many runs the first pass has: one of each directed generator. */
export function firstPassRunCount(only?: Topic): number {
  return directedOf(only).length;
}

function directedOf(only: Topic | undefined): readonly DirectedGenerator[] {
  return only === undefined ? DIRECTED : DIRECTED.filter(({ topic }) => topic === only);
}

/** First each directed generator once, so that even a short series reaches everything. */
function directedFor(index: number, only: Topic | undefined): DirectedGenerator | undefined {
  const all = directedOf(only);
  if (index < all.length) return all[index];
  const later = index - all.length;
  if (later % RANDOM_EVERY === 0) return undefined;
  const earlierRandomCount = Math.floor(later / RANDOM_EVERY) + 1;
  return all[(later - earlierRandomCount) % all.length];
}
