import { say } from "../../src/command-line/process-language.ts";
import { renderTable, type TableColumn } from "../../src/terminal/render-table.ts";
import type { Mutant } from "./mutant.ts";
import type { ScenarioVerdict } from "./scenario-verdict.ts";
import type { FolderScore } from "./scores.ts";
import type { UnitVerdict } from "./unit-verdicts.ts";

/** A table of the folders. */
export function renderScores(scores: readonly FolderScore[]): string {
  const number = (title: string): TableColumn => ({ title, align: "right" });
  const columns: TableColumn[] = [
    { title: say({ ja: "フォルダ", en: "folder" }) },
    number(say({ ja: "ミュータント", en: "mutants" })),
    number(say({ ja: "判定済み", en: "judged" })),
    number(say({ ja: "検知", en: "killed" })),
    number(say({ ja: "うち終わらない", en: "stuck" })),
    number(say({ ja: "うちハーネス", en: "broke" })),
    number(say({ ja: "未検知", en: "survived" })),
    number(say({ ja: "未到達", en: "not reached" })),
    number(say({ ja: "等価", en: "equivalent" })),
    number(say({ ja: "シナリオ", en: "scenarios" })),
    number(say({ ja: "単体テスト", en: "unit tests" })),
    number(say({ ja: "合わせて", en: "together" })),
  ];
  const rows = scores.map((one) => [
    one.folder,
    ...[
      one.mutantCount,
      one.judgedCount,
      one.killedCount,
      one.stuckCount,
      one.brokeCount,
      one.survivedCount,
      one.notReachedCount,
      one.equivalentCount,
    ].map(String),
    ...[one.scenarioScore, one.unitScore, one.togetherScore].map((score) =>
      score === null ? "-" : `${score.toFixed(1)} %`,
    ),
  ]);
  return renderTable(columns, rows);
}

/** What a person needs to judge a mutant. */
export function describeMutant(
  mutant: Mutant,
  verdict: ScenarioVerdict,
  byUnits: UnitVerdict | undefined,
): string {
  const { kind, runCount, differentCount, by, because } = verdict;
  const runs = say({
    ja: `${runCount}件中${differentCount}件でトレースが異なる`,
    en: `${differentCount} of ${runCount} runs left another trace`,
  });
  return [
    `${mutant.key} ${kind}  ${mutant.file}:${mutant.line} ${mutant.within} (${mutant.mutator})`,
    `  - ${mutant.original}`,
    `  + ${mutant.replacement}`,
    `  ${by === undefined ? runs : `${by}: ${because ?? ""}`}`,
    ...(byUnits === undefined
      ? []
      : [`  ${say({ ja: "単体テスト", en: "unit tests" })}: ${byUnits.kind} ${byUnits.by ?? ""}`]),
  ].join("\n");
}
