import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { Command } from "commander";

import { renderTable } from "../../terminal/render-table.ts";
import { paintFor } from "../../terminal/style.ts";
import { applyMutant } from "../mutants/apply-mutant.ts";
import { checkApplies } from "../mutants/git-apply.ts";
import { MutantError, NOTICERS, type Mutant, type Noticer } from "../mutants/mutant.ts";
import { readMutants } from "../mutants/read-mutants.ts";
import { runMutant, type MutantResult, type MutantRunOptions } from "../mutants/run-mutant.ts";
import { sweepFaultsMutant } from "../mutants/sweep-faults-mutant.ts";
import { sweepMutant } from "../mutants/sweep-mutant.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { wholeNumber } from "./whole-number.ts";
import { say, speak } from "../../command-line/process-language.ts";
import { message } from "../../messages/message.ts";
import { tell } from "./tell.ts";

const EXAMPLES = `
${say({ ja: "例:", en: "Examples:" })}
  $ azukeru-sim mutants
  $ azukeru-sim mutants --list
  $ azukeru-sim mutants --only no-retry --runs 2000

${say({
  ja: `終了コード: 0 すべて検知された、1 検知されないものがある、2 そのミュータントがない、4 パッチを当てられない、
またはgitがない`,
  en: `Exit codes: 0 every mutant was noticed, 1 one was not, 2 there is no such mutant, 4 the patch of a mutant
no longer applies, or there is no git.`,
})}`;

interface Options {
  readonly list?: boolean;
  readonly only?: string;
  readonly runs: number;
  readonly seed: number;
  readonly timeLimit: number;
}

/** `azukeru-sim mutants`. */
export function mutantsCommand(): Command {
  return new Command("mutants")
    .description(
      say({
        ja: "ソースの写しに各ミュータントを当て、シナリオまたはsweepが検知することを確かめる",
        en: "apply each mutant to a copy of the source and see that the scenarios, or the sweep, notice it",
      }),
    )
    .option(
      "--list",
      say({
        ja: "ミュータントの一覧を表示し、何も実行しない",
        en: "show the mutants, and run nothing",
      }),
    )
    .option("--only <name>", say({ ja: "このミュータントだけ", en: "only this mutant" }))
    .option(
      "--runs <number>",
      say({ ja: "1つに対するシナリオの上限", en: "scenarios at most against each" }),
      wholeNumber,
      1200,
    )
    .option(
      "--seed <number>",
      say({ ja: "乱数のシード", en: "what they follow from" }),
      wholeNumber,
      1,
    )
    .option(
      "--time-limit <seconds>",
      say({ ja: "1つに対する秒数の上限", en: "for each" }),
      wholeNumber,
      300,
    )
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options) => {
      process.exitCode = await runMutants(options);
    });
}

async function runMutants({ list, only, runs, seed, timeLimit }: Options): Promise<number> {
  const project = fileURLToPath(new URL("../../../", import.meta.url));
  const paint = paintFor(process.stdout);
  const notNoticed = speak(message("harness.not-noticed"));
  const rows: string[][] = [];
  let unnoticedCount = 0;
  try {
    const all = trials(readMutants(join(project, "fixtures/mutants")));
    const chosen = all.filter(({ mutant }) => only === undefined || mutant.name === only);
    if (chosen.length === 0) {
      const names = [...new Set(all.map(({ mutant }) => mutant.name))];
      process.stderr.write(`${speak(message("harness.no-mutant", { name: only ?? "", names }))}\n`);
      return EXIT_CODES.usage;
    }
    if (list === true) {
      process.stdout.write(`${renderTable(LIST_COLUMNS, chosen.map(listed))}\n`);
      return EXIT_CODES.good;
    }
    // Before anything runs: who changed the source wants to hear of it at once.
    for (const { mutant } of chosen) checkApplies(project, mutant);
    for (const { mutant, noticer } of chosen) {
      process.stderr.write(`${mutant.name} (${noticer}) ...\n`);
      const startMs = performance.now();
      using copy = applyMutant(project, mutant);
      const found = await RUNNERS[noticer](copy.folder, { runs, seed, timeLimitS: timeLimit });
      const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
      if (found.exitCode === 0) unnoticedCount += 1;
      const noticedBy = found.exitCode === 0 ? notNoticed : found.noticedBy.slice(0, 3).join(", ");
      const { name, removes } = mutant;
      rows.push([name, noticer, noticedBy, String(found.runCount), seconds, say(removes)]);
    }
  } catch (error) {
    if (!(error instanceof MutantError)) throw error;
    tell(error);
    return EXIT_CODES.mutantBroken;
  }
  const columns = [
    MUTANT_COLUMN,
    { title: say({ ja: "試した方法", en: "tried with" }) },
    {
      title: say({ ja: "検知したもの", en: "noticed by" }),
      style: (text: string) => paint(text.startsWith(notNoticed) ? "bad" : "good", text),
    },
    { title: say({ ja: "件数", en: "runs" }), align: "right" as const },
    { title: say({ ja: "秒", en: "seconds" }), align: "right" as const },
    REMOVED_COLUMN,
  ];
  process.stdout.write(`${renderTable(columns, rows)}\n`);
  return unnoticedCount === 0 ? EXIT_CODES.good : EXIT_CODES.violation;
}

const MUTANT_COLUMN = { title: say({ ja: "ミュータント", en: "mutant" }) };
const REMOVED_COLUMN = { title: say({ ja: "取り除いたもの", en: "what is removed" }) };
const LIST_COLUMNS = [
  MUTANT_COLUMN,
  { title: say({ ja: "検知すべき方法", en: "to be noticed by" }) },
  REMOVED_COLUMN,
];

function listed({ mutant, noticer }: Trial): readonly string[] {
  return [mutant.name, noticer, say(mutant.removes)];
}

const RUNNERS: Readonly<
  Record<Noticer, (folder: string, options: MutantRunOptions) => Promise<MutantResult>>
> = { scenarios: runMutant, sweep: sweepMutant, "fault-sweep": sweepFaultsMutant };

/** A mutant and what has to notice it. */
interface Trial {
  readonly mutant: Mutant;
  readonly noticer: Noticer;
}

/** All for the scenarios, then all for each sweep; a mutant that several have to notice comes as often. */
function trials(mutants: readonly Mutant[]): readonly Trial[] {
  return NOTICERS.flatMap((noticer) =>
    mutants
      .filter(({ noticedBy }) => noticedBy.includes(noticer))
      .map((mutant): Trial => ({ mutant, noticer })),
  );
}
