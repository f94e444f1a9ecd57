import type { Coverage } from "./coverage.ts";

/**
 * Orders the scenarios that a mutant is tried with, so that few of them show much: the next is always the one that
 * reaches most around the mutant that none before it reached, for its processor time. Once everything
 * is reached, it begins anew with those that are left. `around` are the mutants that count, as a rule those of the file.
 */
export function orderScenarios(
  coverage: Coverage,
  candidates: readonly number[],
  around: readonly number[],
  countMax: number,
): readonly number[] {
  const left = new Set(candidates);
  const reachedBy = new Map(
    candidates.map((at) => [at, around.filter((mutant) => coverage.doesReach(at, mutant))]),
  );
  const order: number[] = [];
  let reached = new Set<number>();
  while (left.size > 0 && order.length < countMax) {
    let best: number | undefined;
    let bestWorth = 0;
    for (const at of left) {
      const news = (reachedBy.get(at) ?? []).filter((mutant) => !reached.has(mutant)).length;
      const worth = news / coverage.scenario(at).cpuMs;
      if (worth > bestWorth) [best, bestWorth] = [at, worth];
    }
    if (best === undefined) {
      if (reached.size === 0) break;
      reached = new Set();
      continue;
    }
    order.push(best);
    left.delete(best);
    for (const mutant of reachedBy.get(best) ?? []) reached.add(mutant);
  }
  return [...order, ...left].slice(0, countMax);
}
