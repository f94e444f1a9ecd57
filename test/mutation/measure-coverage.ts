import { BitSet } from "./bit-set.ts";
import type { ScenarioCoverage } from "./coverage.ts";
import type { Mutant } from "./mutant.ts";
import type { PassFolder } from "./pass-folder.ts";
import { ScenarioWorker } from "./scenario-worker.ts";
import { sideBySide } from "./side-by-side.ts";

/** How coverage is measured. */
export interface MeasureOptions {
  readonly workerCount: number;
  readonly isTimeUp: () => boolean;
  readonly onDone: (done: number, total: number) => void;
}

/**
 * Lives each scenario once in the copy with no mutant active, and keeps what it reaches; those that are kept are not
 * lived again.
 */
export async function measureCoverage(folder: PassFolder, options: MeasureOptions): Promise<void> {
  const mutants = folder.read("mutants");
  const pool = folder.read("pool");
  const countedIds = mutants.reduce((most, { id }) => Math.max(most, id), -1) + 1;
  const kept = new Set(folder.lines("reached").map(({ at }) => at));
  const left = [...pool.entries()].filter(([at]) => !kept.has(at));
  await sideBySide(left, options.workerCount, async (next) => {
    await using worker = new ScenarioWorker(folder.copy, { countedIds });
    for (const [at, { scenario }] of next) {
      if (options.isTimeUp()) return;
      const end = await worker.live({
        scenario,
        activeMutant: undefined,
        hitCountMax: Number.MAX_SAFE_INTEGER,
      });
      const { hits, loadHits } = end.kind === "lived" ? end.answer : {};
      if (loadHits !== undefined && !folder.has("at-load")) {
        folder.write("at-load", [...mutants.keys()].filter(isIn(mutants, loadHits)));
      }
      const reached = BitSet.ofSize(mutants.length);
      if (hits !== undefined) {
        for (const place of [...mutants.keys()].filter(isIn(mutants, hits))) reached.add(place);
      }
      const coverage: ScenarioCoverage = {
        at,
        cpuMs: Math.max(1, Math.round(end.cpuMs)),
        traceHash: end.kind === "lived" ? end.answer.traceHash : "",
        isGood: end.kind === "lived" && end.answer.violations.length === 0,
        reached: reached.toText(),
      };
      folder.append("reached", coverage);
      kept.add(at);
      options.onDone(kept.size, pool.length);
    }
  });
}

/** Whether the mutant in a place was reached. */
function isIn(mutants: readonly Mutant[], hits: Uint32Array): (place: number) => boolean {
  return (place) => (hits[mutants[place]?.id ?? -1] ?? 0) > 0;
}
