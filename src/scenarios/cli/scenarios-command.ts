import { Command } from "commander";

import { paintFor } from "../../terminal/style.ts";
import { TOPICS, type Topic } from "../coverage/topic.ts";
import { INVARIANTS, judgedAs } from "../checkers/shared/violation.ts";
import { cellName } from "../coverage/ledger.ts";
import { runLineOf } from "../runs/run-line.ts";
import { runSeries, type SeriesResult } from "../runs/run-series.ts";
import type { SeriesLine } from "../runs/series-line.ts";
import { NO_SLICE, seriesItemCount, sliceCount, type SeriesPlan } from "../runs/series-plan.ts";
import { shardOf, WHOLE } from "../runs/shard.ts";
import { EXIT_CODE_OF, EXIT_CODES } from "./exit-code.ts";
import { keptScenarioFiles, sweptFiles } from "../runs/kept-scenario-files.ts";
import { renderLedger } from "./render-ledger.ts";
import { renderSum } from "./render-sum.ts";
import { RunProgress } from "./run-progress.ts";
import { failFastOption, workersOption } from "./run-options.ts";
import { wholeNumber } from "./whole-number.ts";
import { writeCounterexample } from "./write-counterexample.ts";
import { say, speak } from "../../command-line/process-language.ts";
import { message } from "../../messages/message.ts";

/** The options as commander gives them. */
interface Options {
  readonly runs: number;
  readonly strikes: number;
  readonly seed: number;
  readonly only?: string;
  readonly json?: boolean;
  readonly out: string;
  readonly timeLimit?: number;
  readonly workers: number;
  readonly shard?: string;
  readonly failFast?: boolean;
  readonly shrink: boolean;
}

const DEFAULT_RUNS = 2000;
const DEFAULT_STRIKES = 100;
const DEFAULT_SEED = 1;
const DEFAULT_WORKERS = 2;
/** Topics as they were called before; scripts may still say so. */
const ALIASES: Readonly<Record<string, Topic>> = { time: "schedule" };

const SHRINK_TRIES_MAX = 250;

const EXAMPLES = `
${say({ ja: "例:", en: "Examples:" })}
  $ azukeru-sim scenarios
  $ azukeru-sim scenarios --runs 10000 --seed 7 --time-limit 600
  $ azukeru-sim scenarios --json > runs.jsonl
  $ azukeru-sim scenarios --shard 2/8 --json > part-2.jsonl

${say({
  ja: `終了コード: 0 すべての決まりが守られ、すべての組み合わせに到達、1 決まりが破られた (シナリオを --out に
書き、再生するコマンドを表示)、2 指定の誤り、またはハーネス自体のエラー、3 到達しない組み合わせがある`,
  en: `Exit codes: 0 every law held and every declared cell was reached, 1 a law broke (the scenario is
written to --out at once, with the command that replays it), 2 the command was not understood or the harness
itself failed in a run, 3 a declared cell was not reached.`,
})}`;

/** `azukeru-sim scenarios`. */
export function scenariosCommand(): Command {
  return new Command("scenarios")
    .description(
      say({
        ja: "生成したPCの日々を専用ツールに過ごさせ、その報告を検証する",
        en: "let the agent live through generated days of a PC and judge what it says",
      }),
    )
    .option(
      "--runs <number>",
      say({ ja: "シナリオの数", en: "how many scenarios" }),
      wholeNumber,
      DEFAULT_RUNS,
    )
    .option(
      "--seed <number>",
      say({ ja: "乱数のシード", en: "what they follow from" }),
      wholeNumber,
      DEFAULT_SEED,
    )
    .option(
      "--strikes <number>",
      say({
        ja: "fixtures/sweep のシナリオに起こす障害の数 (sweep-faults の一部。--only では0)",
        en: "faults that strike in scenarios of fixtures/sweep, a slice of sweep-faults; none with --only",
      }),
      wholeNumber,
      DEFAULT_STRIKES,
    )
    .option(
      "--only <topic>",
      say({
        ja: "この主題のシナリオだけ: backup、restore、delete、schedule",
        en: "only scenarios about this: backup, restore, delete or schedule",
      }),
    )
    .option(
      "--json",
      say({
        ja: "1件ごとに1行のJSONと、最後に集計の1行を出力",
        en: "one line of JSON per run, then a summary line",
      }),
    )
    .option(
      "--out <folder>",
      say({ ja: "決まりを破ったシナリオを書くフォルダ", en: "where broken scenarios are written" }),
      "out",
    )
    .option(
      "--time-limit <seconds>",
      say({
        ja: "この秒数を過ぎたら新しい実行を始めない (省略時: 制限なし。同じシードはいつも同じ実行になります)",
        en: "begin no more random runs after so long; default: no limit, so that a seed always means the same runs",
      }),
      wholeNumber,
    )
    .addOption(workersOption(DEFAULT_WORKERS))
    .option(
      "--shard <part>",
      say({
        ja: "全体を分けたうちの一部だけ: 2/8、auto (CI_NODE_INDEX と CI_NODE_TOTAL)、auto/8 (JOB_COMPLETION_INDEX)",
        en: "one part of the series: 2/8, auto (by CI_NODE_INDEX and CI_NODE_TOTAL) or auto/8 (by JOB_COMPLETION_INDEX)",
      }),
    )
    .addOption(failFastOption())
    .option(
      "--no-shrink",
      say({
        ja: "決まりを破ったシナリオを小さくしない",
        en: "leave a scenario that broke a law as it is",
      }),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options) => {
      process.exitCode = await runCommand(options);
    });
}

async function runCommand(options: Options): Promise<number> {
  const only = TOPICS.find((topic) => topic === (ALIASES[options.only ?? ""] ?? options.only));
  if (options.only !== undefined && only === undefined) {
    const reason = message("harness.unknown-topic", { topics: TOPICS, given: options.only });
    process.stderr.write(`${speak(reason)}\n`);
    return EXIT_CODES.usage;
  }
  const shard = options.shard === undefined ? WHOLE : shardOf(options.shard, process.env);
  if (shard === undefined) {
    const reason = message("harness.unknown-shard", { given: options.shard ?? "" });
    process.stderr.write(`${speak(reason)}\n`);
    return EXIT_CODES.usage;
  }
  const startMs = performance.now();
  const elapsedMs = (): number => performance.now() - startMs;
  const isJson = options.json === true;
  const plan: SeriesPlan = {
    seed: options.seed,
    runCount: options.runs,
    only,
    files: keptScenarioFiles(),
    // A series about one kind of job has none: the files of the sweep are about all kinds.
    slice: only === undefined ? { files: sweptFiles(), count: options.strikes } : NO_SLICE,
    shard,
  };
  const total = seriesItemCount(plan);
  const progress = isJson ? undefined : new RunProgress(process.stderr, total, elapsedMs);
  const result = await runSeries({
    plan,
    workerCount: Math.max(1, options.workers),
    failsFast: options.failFast === true,
    shrinkTriesMax: options.shrink ? SHRINK_TRIES_MAX : 1,
    isTimeUp: () => elapsedMs() > (options.timeLimit ?? Infinity) * 1000,
    onOutcome: (outcome) => {
      if (isJson) process.stdout.write(`${JSON.stringify(runLineOf(outcome))}\n`);
      progress?.advance(outcome);
    },
    // At once: a series that is ended from outside says no more.
    onFound: ({ scenario, ...outcome }) => {
      const [violation] = outcome.violations;
      const { index, generator: aim, seed } = outcome;
      const where = message("harness.run", { index, aim, seed });
      const broke = { where, law: violation?.invariant ?? "", what: violation?.message ?? "" };
      progress?.end();
      process.stderr.write(`${speak(message("harness.broke", broke))}\n`);
      if (scenario === undefined || outcome.index < -sliceCount(plan)) return;
      const path = writeCounterexample(options.out, { ...outcome, scenario });
      process.stderr.write(`  ${speak(message("harness.as-generated", { path }))}\n`);
    },
    onSlow: (request) => {
      const name =
        !("index" in request) || request.kind === "file"
          ? request.path
          : message("harness.run-name", { index: request.index });
      progress?.end();
      const said = message("harness.still-runs", { name, seed: options.seed });
      process.stderr.write(`${speak(said)}\n`);
    },
  });
  progress?.end();
  const isWhole = shard.count === 1;
  const missed = isWhole ? result.ledger.missed() : [];
  const judged = judgedAs(result.failed.flatMap(({ violations }) => violations));
  const verdict = judged === "good" && missed.length > 0 ? "cell-missed" : judged;
  const files = result.counterexamples.map((found) => writeCounterexample(options.out, found));
  const seconds = elapsedMs() / 1000;
  if (isJson) {
    const summary: SeriesLine = {
      kind: "summary",
      verdict,
      seed: options.seed,
      only: only ?? null,
      planned: { generated: plan.runCount, files: plan.files.length, slice: sliceCount(plan) },
      shard,
      runs: result.doneCount,
      isCutShort: result.wasCutShort,
      hash: result.hash,
      cells: result.ledger.cells().length,
      missed: isWhole ? missed.map(cellName) : null,
      files,
      seconds: Number(seconds.toFixed(1)),
      memoryPeakMb: memoryPeakMb(),
    };
    process.stdout.write(`${JSON.stringify(summary)}\n`);
  } else {
    if (isWhole) process.stdout.write(`${renderLedger(result.ledger, process.stdout)}\n\n`);
    const { doneCount, hash, ledger, failed } = result;
    const sum = { seed: options.seed, doneCount, hash, seconds, memoryPeakMb: memoryPeakMb() };
    process.stdout.write(
      [
        ...brokenLines(result, plan, files),
        ...(result.wasCutShort ? [speak(message("harness.cut-short"))] : []),
        ...renderSum({ ...sum, failedCount: failed.length, ...(isWhole ? { ledger } : { shard }) }),
        "",
      ].join("\n"),
    );
  }
  return EXIT_CODE_OF[verdict];
}

/** Most of the machine's memory that this process held at once, in MB. */
function memoryPeakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

/** What broke, with the command that replays it. */
function brokenLines(
  result: SeriesResult,
  plan: SeriesPlan,
  files: readonly string[],
): readonly string[] {
  const paint = paintFor(process.stdout);
  const lines: string[] = [];
  for (const [at, found] of result.counterexamples.entries()) {
    const [violation] = found.violations;
    if (violation === undefined) continue;
    lines.push(
      paint(
        "bad",
        speak(
          message("harness.law-broke", {
            law: violation.invariant,
            index: found.index,
            aim: found.generator,
            text: say(INVARIANTS[violation.invariant]),
          }),
        ),
      ),
      `  ${speak(violation.message)}`,
      replayHint(files[at] ?? ""),
      "",
    );
  }
  for (const outcome of result.failed.filter(({ index }) => index < -sliceCount(plan))) {
    const [violation] = outcome.violations;
    lines.push(
      paint(
        "bad",
        speak(
          message("harness.regression-broke", {
            name: outcome.generator,
            law: violation?.invariant ?? "",
            what: violation?.message ?? "",
          }),
        ),
      ),
      replayHint(plan.files.at(outcome.index + sliceCount(plan)) ?? ""),
      "",
    );
  }
  return lines;
}

function replayHint(path: string): string {
  const command = `node bin/azukeru-sim.js replay ${path} --trace`;
  return `  ${speak(message("harness.replay-with", { command }))}`;
}
