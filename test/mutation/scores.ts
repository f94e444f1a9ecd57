import type { Equivalents } from "./equivalents.ts";
import type { Mutant } from "./mutant.ts";
import { folderOf } from "./mutated-files.ts";
import type { ScenarioVerdict } from "./scenario-verdict.ts";
import type { UnitVerdict } from "./unit-verdicts.ts";

/** What became of the mutants of a folder, as far as they were judged. */
export interface FolderScore {
  readonly folder: string;
  /** Mutants chosen, equivalent ones among them. */
  readonly mutantCount: number;
  readonly judgedCount: number;
  readonly equivalentCount: number;
  /** Noticed by the scenarios, be it that the run was stuck or that the harness broke. */
  readonly killedCount: number;
  readonly stuckCount: number;
  readonly brokeCount: number;
  readonly survivedCount: number;
  readonly notReachedCount: number;
  /** Noticed by scenarios, of judged ones that are not equivalent, in percent; null where there are none. */
  readonly scenarioScore: number | null;
  /** The same of unit tests alone, of those that they were tried with. */
  readonly unitScore: number | null;
  /** Noticed by at least one of the two, of those that both were tried with. */
  readonly togetherScore: number | null;
}

/** The scores of each folder, in the order of their names. */
export function scoresOf(
  mutants: readonly Mutant[],
  verdicts: ReadonlyMap<string, ScenarioVerdict>,
  unitVerdicts: ReadonlyMap<string, UnitVerdict>,
  equivalents: Equivalents,
): readonly FolderScore[] {
  const folders = Map.groupBy(mutants, ({ file }) => folderOf(file));
  const sorted = [...folders].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return sorted.map(([folder, own]) =>
    scoreOf(folder, own, { verdicts, unitVerdicts, equivalents }),
  );
}

/** What is known of mutants. */
interface Findings {
  readonly verdicts: ReadonlyMap<string, ScenarioVerdict>;
  readonly unitVerdicts: ReadonlyMap<string, UnitVerdict>;
  readonly equivalents: Equivalents;
}

function scoreOf(folder: string, mutants: readonly Mutant[], findings: Findings): FolderScore {
  const { verdicts, unitVerdicts, equivalents } = findings;
  const byScenarios = ({ key }: Mutant): boolean =>
    /^(killed|stuck|broke)$/.test(verdicts.get(key)?.kind ?? "");
  const byUnits = ({ key }: Mutant): boolean =>
    /^(killed|stuck)$/.test(unitVerdicts.get(key)?.kind ?? "");
  const isTriedByUnits = ({ key }: Mutant): boolean =>
    !/^(open|at-load)$/.test(unitVerdicts.get(key)?.kind ?? "open");
  // A mutant that is noticed is not equivalent, whatever a list says.
  const isEquivalent = (mutant: Mutant): boolean =>
    !byScenarios(mutant) && !byUnits(mutant) && equivalents.reasonOf(mutant) !== undefined;
  const judged = mutants.filter(({ key }) => verdicts.has(key));
  const open = judged.filter((mutant) => !isEquivalent(mutant));
  const tried = mutants.filter((mutant) => isTriedByUnits(mutant) && !isEquivalent(mutant));
  const byBoth = open.filter(isTriedByUnits);
  const count = (kind: ScenarioVerdict["kind"]): number =>
    open.filter(({ key }) => verdicts.get(key)?.kind === kind).length;
  return {
    folder,
    mutantCount: mutants.length,
    judgedCount: judged.length,
    equivalentCount: judged.length - open.length,
    killedCount: open.filter(byScenarios).length,
    stuckCount: count("stuck"),
    brokeCount: count("broke"),
    survivedCount: count("survived"),
    notReachedCount: count("not-reached"),
    scenarioScore: percent(open, byScenarios),
    unitScore: percent(tried, byUnits),
    togetherScore: percent(byBoth, (mutant) => byScenarios(mutant) || byUnits(mutant)),
  };
}

function percent(all: readonly Mutant[], isPart: (mutant: Mutant) => boolean): number | null {
  if (all.length === 0) return null;
  return Math.round((all.filter(isPart).length / all.length) * 1000) / 10;
}
