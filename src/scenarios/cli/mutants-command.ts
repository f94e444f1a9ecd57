import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { Command } from "commander";

import { renderTable } from "../../terminal/render-table.ts";
import { paintFor } from "../../terminal/style.ts";
import { checkApplies } from "../mutants/git-apply.ts";
import { MutantError } from "../mutants/mutant.ts";
import { readMutants } from "../mutants/read-mutants.ts";
import { trials, tryMutant, type Trial, type Tried } from "../mutants/try-mutant.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { wholeNumber } from "./whole-number.ts";
import { say, speak } from "../../command-line/process-language.ts";
import { message } from "../../messages/message.ts";
import { tell } from "./tell.ts";

const EXAMPLES = `
${say({ ja: "例:", en: "Examples:" })}
  $ azukeru-sim mutants
  $ azukeru-sim mutants --list
  $ azukeru-sim mutants --only no-retry no-sync
  $ azukeru-sim mutants --json > mutants.jsonl

${say({
  ja: `終了コード: 0 すべて検知された、1 検知されないもの、または調べられないものがある、2 そのミュータントがない、
4 パッチを当てられない、またはgitがない`,
  en: `Exit codes: 0 every mutant was noticed, 1 one was not, or could not be judged, 2 there is no such mutant,
4 the patch of a mutant no longer applies, or there is no git.`,
})}`;

interface Options {
  readonly list?: boolean;
  readonly only?: readonly string[];
  readonly runs?: number;
  readonly seed?: number;
  readonly timeLimit?: number;
  readonly json?: boolean;
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
    .option("--only <name...>", say({ ja: "これらのミュータントだけ", en: "only these mutants" }))
    .option(
      "--runs <number>",
      say({
        ja: "1つに対するシナリオの上限 (省略時: scenarios と同じ)",
        en: "scenarios at most against each; default: as many as scenarios runs",
      }),
      wholeNumber,
    )
    .option(
      "--seed <number>",
      say({
        ja: "乱数のシード (省略時: scenarios と同じ)",
        en: "what they follow from; default: as scenarios",
      }),
      wholeNumber,
    )
    .option(
      "--time-limit <seconds>",
      say({ ja: "1つに対する秒数の上限 (省略時: 制限なし)", en: "for each; default: no limit" }),
      wholeNumber,
    )
    .option(
      "--json",
      say({
        ja: "ミュータントごとに1行のJSONと、最後に合計",
        en: "a line of JSON for each mutant, and one for the sum",
      }),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options) => {
      process.exitCode = await runMutants(options);
    });
}

async function runMutants(options: Options): Promise<number> {
  const { list, only, json } = options;
  const project = fileURLToPath(new URL("../../../", import.meta.url));
  try {
    const all = trials(readMutants(join(project, "fixtures/mutants")));
    const names = new Set(all.map(({ mutant }) => mutant.name));
    const unknown = only?.find((name) => !names.has(name));
    if (unknown !== undefined) {
      const text = speak(message("harness.no-mutant", { name: unknown, names: [...names] }));
      process.stderr.write(`${text}\n`);
      return EXIT_CODES.usage;
    }
    const chosen = all.filter(({ mutant }) => only?.includes(mutant.name) ?? true);
    if (list === true) {
      process.stdout.write(json === true ? jsonList(chosen) : `${tableOf(chosen)}\n`);
      return EXIT_CODES.good;
    }
    // Before anything runs: who changed the source wants to hear of it at once.
    for (const { mutant } of chosen) checkApplies(project, mutant);
    const { runs, seed, timeLimit: timeLimitS } = options;
    const tried: Timed[] = [];
    for (const [index, trial] of chosen.entries()) {
      const startMs = performance.now();
      const result = await tryMutant(project, trial, { runs, seed, timeLimitS });
      const seconds = Math.round((performance.now() - startMs) / 100) / 10;
      const one: Timed = { ...result, seconds };
      tried.push(one);
      process.stderr.write(`${index + 1}/${chosen.length} ${progressOf(one)}\n`);
      if (json === true) process.stdout.write(`${JSON.stringify(lineOf(one))}\n`);
    }
    const bad = tried.filter(({ outcome }) => outcome !== "noticed");
    if (json === true) {
      const unjudged = bad.filter(({ outcome }) => outcome === "unjudged").length;
      const sum = { tried: tried.length, notNoticed: bad.length - unjudged, unjudged };
      process.stdout.write(`${JSON.stringify({ kind: "summary", ...sum })}\n`);
    } else {
      process.stdout.write(`${resultTable(tried)}\n`);
    }
    return bad.length === 0 ? EXIT_CODES.good : EXIT_CODES.violation;
  } catch (error) {
    if (!(error instanceof MutantError)) throw error;
    tell(error);
    return EXIT_CODES.mutantBroken;
  }
}

/** A trial, and how long it took. */
type Timed = Tried & { readonly seconds: number };

/** What is said of the outcome in a table: the laws that noticed it, else the words for none. */
function outcomeText({ outcome, reasons }: Tried): string {
  if (outcome === "not-noticed") return speak(message("harness.not-noticed"));
  if (outcome === "unjudged") return speak(message("harness.not-judged"));
  return reasons.slice(0, 3).join(", ");
}

function progressOf(one: Timed): string {
  const { trial, outcome, reasons, runCount, seconds } = one;
  const { mutant, noticer } = trial;
  const why = outcome === "unjudged" ? `: ${reasons.join(" ")}` : "";
  return `${mutant.name} (${noticer}): ${outcomeText(one)} ${runCount} (${seconds} s)${why}`;
}

function lineOf({ trial, ...rest }: Timed): object {
  return { kind: "mutant", name: trial.mutant.name, noticer: trial.noticer, ...rest };
}

function jsonList(chosen: readonly Trial[]): string {
  return chosen
    .map(({ mutant: { name, removes, position }, noticer }) =>
      JSON.stringify({ kind: "mutant", name, noticer, position, removes }),
    )
    .map((line) => `${line}\n`)
    .join("");
}

function tableOf(chosen: readonly Trial[]): string {
  return renderTable(
    LIST_COLUMNS,
    chosen.map(({ mutant, noticer }) => [mutant.name, noticer, say(mutant.removes)]),
  );
}

function resultTable(tried: readonly Timed[]): string {
  const paint = paintFor(process.stdout);
  const columns = [
    MUTANT_COLUMN,
    { title: say({ ja: "試した方法", en: "tried with" }) },
    {
      title: say({ ja: "検知したもの", en: "noticed by" }),
      style: (text: string, index: number) =>
        paint(tried[index]?.outcome === "noticed" ? "good" : "bad", text),
    },
    { title: say({ ja: "件数", en: "runs" }), align: "right" as const },
    { title: say({ ja: "秒", en: "seconds" }), align: "right" as const },
    REMOVED_COLUMN,
  ];
  const rows = tried.map((one) => {
    const { mutant, noticer } = one.trial;
    const figures = [String(one.runCount), one.seconds.toFixed(1)];
    return [mutant.name, noticer, outcomeText(one), ...figures, say(mutant.removes)];
  });
  return renderTable(columns, rows);
}

const MUTANT_COLUMN = { title: say({ ja: "ミュータント", en: "mutant" }) };
const REMOVED_COLUMN = { title: say({ ja: "取り除いたもの", en: "what is removed" }) };
const LIST_COLUMNS = [
  MUTANT_COLUMN,
  { title: say({ ja: "検知すべき方法", en: "to be noticed by" }) },
  REMOVED_COLUMN,
];
