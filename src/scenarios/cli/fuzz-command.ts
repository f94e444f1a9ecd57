import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";

import { Command } from "commander";

import { say, speak } from "../../command-line/process-language.ts";
import { message } from "../../messages/message.ts";
import { paintFor } from "../../terminal/style.ts";
import { judgedAs, type Violation } from "../checkers/shared/violation.ts";
import { breachLineOf } from "../runs/breach-line.ts";
import { runSearch, type FoundFailure, type SearchState } from "../search/run-search.ts";
import { scenarioSize } from "../shrinking/scenario-size.ts";
import { duration, durationText } from "./duration.ts";
import { EXIT_CODE_OF } from "./exit-code.ts";
import { FuzzProgress, memoryMb } from "./fuzz-progress.ts";
import { keptScenarioFiles } from "../runs/kept-scenario-files.ts";
import { wholeNumber } from "./whole-number.ts";

/** The options as commander gives them. */
interface Options {
  readonly time: number;
  readonly cpuTime?: number;
  readonly corpus: string;
  readonly seed?: number;
  readonly jobs: number;
  readonly json?: boolean;
  readonly random?: boolean;
  readonly failFast?: boolean;
  readonly shrink: boolean;
}

const SHRINK_TRIES_MAX = 500;
const SEED_MAX = 2 ** 31;
/** Threads have read all their modules by then: what memory grows by from there on would grow for ever. */
const WARM_RUN_COUNT = 150;

const EXAMPLES = `
${say({ ja: "例:", en: "Examples:" })}
  $ azukeru-sim fuzz --time 8h
  $ azukeru-sim fuzz --time 30m --corpus nightly --seed 7 --jobs 4
  $ azukeru-sim fuzz --time 90s --json > fuzz.jsonl

${say({
  ja: `終了コード: 0 失敗なし、1 決まりが破られた (以前の失敗がまだ残っている場合も)、2 指定の誤り、またはハーネス自体の
エラーだけ。Ctrl-C や SIGTERM でも、そこまでの結果を残して同じように終わります。`,
  en: `Exit codes: 0 nothing failed, 1 a law broke (be it in a failure of an earlier search), 2 the command was not
understood, or only the harness itself failed. Ctrl-C and SIGTERM end it in the same way, with all that was found.`,
})}`;

/** `azukeru-sim fuzz`. */
export function fuzzCommand(): Command {
  return new Command("fuzz")
    .description(
      say({
        ja: "時間の限りシナリオを探し、新しいことが起きたものを残して変え、失敗を小さくして残す",
        en: "search scenarios for so long: keep what comes to something new, change it, keep each failure once, made small",
      }),
    )
    .option("--time <time>", say({ ja: "探す時間", en: "for how long" }), duration, 3600)
    .option(
      "--cpu-time <time>",
      say({
        ja: "開始の準備のあとに使うプロセッサ時間の上限 (比較のため。省略時: なし)",
        en: "processor time that it takes at most behind its start, for comparisons; default: no limit",
      }),
      duration,
    )
    .option(
      "--corpus <folder>",
      say({
        ja: "シナリオ (kept) と失敗 (failures) を残すフォルダ。次はそこから始まる",
        en: "where scenarios (kept) and failures (failures) are kept; the next search starts from them",
      }),
      "out/fuzz",
    )
    .option(
      "--seed <number>",
      say({
        ja: "乱数のシード (省略時: 毎回新しい)",
        en: "what it follows from; default: a new one",
      }),
      wholeNumber,
    )
    .option(
      "--jobs <number>",
      say({ ja: "スレッドの数 (省略時: すべてのコア)", en: "threads; default: one for each core" }),
      wholeNumber,
      availableParallelism(),
    )
    .option(
      "--json",
      say({
        ja: "失敗ごと、10秒ごと、最後に1行のJSONを出力",
        en: "a line of JSON for each failure, every 10 seconds, and at the end",
      }),
    )
    .option(
      "--random",
      say({
        ja: "シナリオを残さず変えず、毎回新しく生成する (比較のため)",
        en: "keep and change nothing, generate every scenario anew, for comparisons",
      }),
    )
    .option("--fail-fast", say({ ja: "最初の失敗で終わる", en: "end at the first failure" }))
    .option(
      "--no-shrink",
      say({ ja: "失敗を小さくしない", en: "leave failures as they are found" }),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options) => {
      process.exitCode = await fuzz(options);
    });
}

async function fuzz(options: Options): Promise<number> {
  const { time, cpuTime = Infinity, corpus: folder, failFast, shrink } = options;
  const { seed = randomInt(SEED_MAX) } = options;
  const jobCount = Math.max(1, options.jobs);
  const startMs = performance.now();
  const seconds = (): number => (performance.now() - startMs) / 1000;
  const cpuSeconds = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const ending = new AbortController();
  const end = (): void => ending.abort();
  const timer = setTimeout(end, Math.min(time * 1000, 2 ** 31 - 1));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, end);
  const progress = new FuzzProgress({ isJson: options.json === true, seconds, cpuSeconds });
  const begins = { seed, jobs: jobCount, time: durationText(time), folder };
  if (options.json !== true) process.stderr.write(`${speak(message("fuzz.begins", begins))}\n`);
  const broken: Violation[] = [];
  let memoryStart = 0;
  let startCpuSeconds = 0;
  const state = await runSearch({
    seed,
    folder,
    jobCount,
    seedPaths: keptScenarioFiles(),
    isRandom: options.random === true,
    shrinkTriesMax: shrink ? SHRINK_TRIES_MAX : 0,
    signal: ending.signal,
    onRun: (now) => {
      if (memoryStart === 0 && now.runCount >= WARM_RUN_COUNT * jobCount) memoryStart = memoryMb();
      progress.show(now);
      if (!now.isStarted) startCpuSeconds = cpuSeconds();
      if (cpuSeconds() - startCpuSeconds >= cpuTime) end();
    },
    onFailure: (failure) => {
      broken.push(...failure.violations);
      progress.clear();
      tellFailure(failure, options.json === true);
      if (failFast === true && (failure.isShrunk || !shrink)) end();
    },
    onKnownFailure: (violations) => broken.push(...violations),
    onSlow: (index) => {
      progress.clear();
      process.stderr.write(`${speak(message("fuzz.still-runs", { index }))}\n`);
    },
  }).finally(() => clearTimeout(timer));
  progress.clear();
  const sum = {
    seed,
    startCpuSeconds,
    seconds: seconds(),
    cpuSeconds: cpuSeconds() - startCpuSeconds,
    memoryStart,
    ...state,
  };
  tellSum(sum, options.json === true);
  return EXIT_CODE_OF[judgedAs(broken)];
}

function tellFailure(
  { index, violations, path, isShrunk, scenario }: FoundFailure,
  isJson: boolean,
): void {
  const [violation] = violations;
  if (violation === undefined) return;
  const size = scenarioSize(scenario);
  if (isJson) {
    const breaches = violations.slice(0, 20).map(breachLineOf);
    const line = { kind: "failure", run: index, isShrunk, path, ...size, breaches };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    return;
  }
  const law = violation.invariant;
  const lines = isShrunk
    ? [message("fuzz.shrunk", { law, path, ...size })]
    : [
        message("fuzz.found", { index, law, what: violation.message }),
        message("fuzz.as-found", { path }),
      ];
  process.stdout.write(lines.map((line) => `${speak(line)}\n`).join(""));
}

interface Sum extends SearchState {
  readonly seed: number;
  readonly seconds: number;
  /** Processor time up to the end of the files that it started from, and behind it. */
  readonly startCpuSeconds: number;
  readonly cpuSeconds: number;
  /** Of a search that ended before all threads were warm: 0. */
  readonly memoryStart: number;
}

function tellSum(sum: Sum, isJson: boolean): void {
  const memoryEnd = memoryMb();
  const memoryStart = sum.memoryStart === 0 ? memoryEnd : sum.memoryStart;
  if (isJson) {
    const { memoryStart: _, ...rest } = sum;
    const line = { kind: "summary", ...rest, memoryStartMb: memoryStart, memoryEndMb: memoryEnd };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    return;
  }
  const text = message("fuzz.sum", {
    count: sum.runCount,
    changed: sum.changedCount,
    seed: sum.seed,
    time: durationText(sum.seconds),
    fresh: sum.newFeatureCount,
    kept: sum.keptCount,
    thrown: sum.thrownAwayCount,
    failures: sum.failureCount,
    failed: sum.failedRunCount,
    memoryStart,
    memoryEnd,
  });
  const paint = paintFor(process.stdout);
  process.stdout.write(`${paint(sum.failureCount === 0 ? "good" : "bad", speak(text))}\n`);
}
