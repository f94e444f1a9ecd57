import type { Coverage } from "./coverage.ts";

/** Mutants that count when scenarios are ordered, by their places in the list of all. */
interface Surroundings {
  /** As a rule those of the file. */
  readonly near: readonly number[];
  /** Some of everywhere: where they lead to differs in what happens before and after. */
  readonly wide: readonly number[];
}

/**
 * Orders the scenarios that a mutant is tried with, so that few of them show much: the next is always the one that
 * reaches most of what counts that none before it reached, for its processor time. First what is near counts; once
 * all of it is reached, what is anywhere, time and again.
 */
export function orderScenarios(
  coverage: Coverage,
  candidates: readonly number[],
  { near, wide }: Surroundings,
  countMax: number,
): readonly number[] {
  const left = new Set(candidates);
  const order: number[] = [];
  const round = (around: readonly number[]): boolean => {
    const open = new Set(around);
    const before = order.length;
    while (left.size > 0 && order.length < countMax) {
      const best = bestOf(coverage, left, open);
      if (best === undefined) break;
      order.push(best);
      left.delete(best);
      for (const mutant of open) if (coverage.doesReach(best, mutant)) open.delete(mutant);
    }
    return order.length > before;
  };
  round(near);
  while (round(wide));
  return [...order, ...left].slice(0, countMax);
}

function bestOf(
  coverage: Coverage,
  scenarios: ReadonlySet<number>,
  open: ReadonlySet<number>,
): number | undefined {
  let best: number | undefined;
  let bestWorth = 0;
  for (const at of scenarios) {
    let news = 0;
    for (const mutant of open) if (coverage.doesReach(at, mutant)) news += 1;
    const worth = news / coverage.scenario(at).cpuMs;
    if (worth > bestWorth) [best, bestWorth] = [at, worth];
  }
  return best;
}
