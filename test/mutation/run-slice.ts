import { Coverage } from "./coverage.ts";
import { isInSample, type Mutant } from "./mutant.ts";
import { orderScenarios } from "./order-scenarios.ts";
import type { PassFolder } from "./pass-folder.ts";
import { judgeByScenarios, type ScenarioVerdict } from "./scenario-verdict.ts";
import { ScenarioWorker } from "./scenario-worker.ts";
import { sideBySide } from "./side-by-side.ts";

/** How far a slice goes. */
export interface SliceOptions {
  readonly workerCount: number;
  /** Scenarios at most for each mutant. */
  readonly runCountMax: number;
  /** Which mutants are of interest. */
  readonly isChosen: (mutant: Mutant) => boolean;
  readonly oneIn: number;
  /** Whether to judge again what has a verdict. */
  readonly again: boolean;
  /** Asked before each mutant. */
  readonly isTimeUp: () => boolean;
  readonly onVerdict: (
    mutant: Mutant,
    verdict: ScenarioVerdict,
    done: number,
    total: number,
  ) => void;
}

/** Judges mutants that have no verdict yet, in the order of their keys, until all are done or time is up. */
export async function runSlice(folder: PassFolder, options: SliceOptions): Promise<void> {
  const mutants = folder.read("mutants");
  const pool = folder.read("pool");
  const coverage = new Coverage(folder.lines("reached"), folder.read("at-load"));
  const judged = new Set(folder.lines("by-scenarios").map(({ key }) => key));
  const chosen = [...mutants.entries()]
    .filter(([, mutant]) => isInSample(mutant, options.oneIn) && options.isChosen(mutant))
    .toSorted(([, one], [, other]) => (one.key < other.key ? -1 : 1));
  const left = chosen.filter(([, { key }]) => options.again || !judged.has(key));
  const choose = scenarioChooser(mutants, coverage, options.runCountMax);
  let doneCount = chosen.length - left.length;
  await sideBySide(left, options.workerCount, async (next) => {
    await using shared = new ScenarioWorker(folder.copy);
    for (const [place, mutant] of next) {
      if (options.isTimeUp()) return;
      await using own = coverage.isAtLoad(place)
        ? new ScenarioWorker(folder.copy, { activeMutant: mutant.id })
        : undefined;
      const trial = { mutant, scenarios: choose(place) };
      const verdict = await judgeByScenarios(trial, pool, coverage, own ?? shared);
      folder.append("by-scenarios", verdict);
      doneCount += 1;
      options.onVerdict(mutant, verdict, doneCount, chosen.length);
    }
  });
}

/** Of all mutants, one in so many stands for what happens elsewhere. */
const WIDE_ONE_IN = 50;

/** Which scenarios a mutant is tried with. Mutants of one function mostly share them, so they are chosen once. */
function scenarioChooser(
  mutants: readonly Mutant[],
  coverage: Coverage,
  countMax: number,
): (place: number) => readonly number[] {
  const ofFile = Map.groupBy(mutants.keys(), (at) => mutants[at]?.file ?? "");
  const wide = [...mutants.keys()].filter((at) => at % WIDE_ONE_IN === 0);
  const chosen = new Map<string, readonly number[]>();
  return (place) => {
    const file = mutants[place]?.file ?? "";
    const near = ofFile.get(file) ?? [];
    const reaching = coverage.reaching(place);
    // What a module makes as it is read may be used by anybody who reaches its file, or by anybody at all.
    const candidates =
      reaching.length === 0 && coverage.isAtLoad(place) ? nearOrAll(coverage, near) : reaching;
    const key = `${file} ${candidates.join(" ")}`;
    const known = chosen.get(key);
    if (known !== undefined) return known;
    const order = orderScenarios(coverage, candidates, { near, wide }, countMax);
    chosen.set(key, order);
    return order;
  };
}

function nearOrAll(coverage: Coverage, near: readonly number[]): readonly number[] {
  const found = coverage.good().filter((at) => near.some((one) => coverage.doesReach(at, one)));
  return found.length > 0 ? found : coverage.good();
}
