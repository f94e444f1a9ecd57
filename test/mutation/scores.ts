import type { Equivalents } from "./equivalents.ts";
import type { Mutant } from "./mutant.ts";
import { folderOf } from "./mutated-files.ts";
import type { ScenarioVerdict } from "./scenario-verdict.ts";

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
  /** Killed of judged ones that are not equivalent, in percent; null where there are none. */
  readonly scenarioScore: number | null;
}

/** The scores of each folder, in the order of their names. */
export function scoresOf(
  mutants: readonly Mutant[],
  verdicts: ReadonlyMap<string, ScenarioVerdict>,
  equivalents: Equivalents,
): readonly FolderScore[] {
  const folders = Map.groupBy(mutants, ({ file }) => folderOf(file));
  const sorted = [...folders].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return sorted.map(([folder, own]) => scoreOf(folder, own, verdicts, equivalents));
}

function scoreOf(
  folder: string,
  mutants: readonly Mutant[],
  verdicts: ReadonlyMap<string, ScenarioVerdict>,
  equivalents: Equivalents,
): FolderScore {
  const isNoticed = ({ key }: Mutant): boolean =>
    /^(killed|stuck|broke)$/.test(verdicts.get(key)?.kind ?? "");
  const judged = mutants.filter(({ key }) => verdicts.has(key));
  // A mutant that is noticed is not equivalent, whatever a list says.
  const equivalent = judged.filter(
    (mutant) => !isNoticed(mutant) && equivalents.reasonOf(mutant) !== undefined,
  );
  const open = judged.filter((mutant) => !equivalent.includes(mutant));
  const count = (kind: ScenarioVerdict["kind"]): number =>
    open.filter(({ key }) => verdicts.get(key)?.kind === kind).length;
  const killedCount = open.filter(isNoticed).length;
  return {
    folder,
    mutantCount: mutants.length,
    judgedCount: judged.length,
    equivalentCount: equivalent.length,
    killedCount,
    stuckCount: count("stuck"),
    brokeCount: count("broke"),
    survivedCount: count("survived"),
    notReachedCount: count("not-reached"),
    scenarioScore: open.length === 0 ? null : percent(killedCount, open.length),
  };
}

function percent(part: number, whole: number): number {
  return Math.round((part / whole) * 1000) / 10;
}
