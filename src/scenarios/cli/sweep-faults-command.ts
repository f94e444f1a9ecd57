import { Command, Option } from "commander";
import { availableParallelism } from "node:os";
import { basename } from "node:path";

import { say, speak } from "../../command-line/process-language.ts";
import { message } from "../../messages/message.ts";
import { paintFor } from "../../terminal/style.ts";
import { judgedAs, type Violation } from "../checkers/shared/violation.ts";
import { runFaultSweep, type FaultSweepPlan, type SweptFile } from "../runs/fault-sweep.ts";
import { ScenarioFileError } from "../runs/read-scenario.ts";
import { shardOf, WHOLE } from "../runs/shard.ts";
import { SweepLog, SweepLogError, type StrikeLine } from "../runs/sweep-log.ts";
import { FAULT_LAYERS, type FaultLayer } from "../sweep/faults/strike.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { limitViolations } from "./limit-violations.ts";
import { sweptFiles } from "../runs/kept-scenario-files.ts";
import { repeatStrike } from "./repeat-strike.ts";
import { tell } from "./tell.ts";
import { failFastOption, workersOption } from "./run-options.ts";
import { wholeNumber } from "./whole-number.ts";
import { positiveNumber } from "./positive-number.ts";
import { writeStruck } from "./write-struck.ts";

const EXAMPLES = `
${say({ ja: "例:", en: "Examples:" })}
  $ azukeru-sim sweep-faults
  $ azukeru-sim sweep-faults --resume out/sweep.jsonl --time-limit 3600
  $ azukeru-sim sweep-faults --every 50 --first 7 --pairs 200 --seed 3
  $ azukeru-sim sweep-faults --layer disk fixtures/sweep/a-restore.yaml
  $ azukeru-sim sweep-faults fixtures/sweep/a-restore.yaml --strike "1/disk/12/io-error once"

${say({
  ja: `終了コード: 0 すべての決まりが守られた、1 決まりが破られた (そのシナリオを --out に書く)、2 指定の誤り、
またはハーネス自体のエラー`,
  en: `Exit codes: 0 every law held, 1 a law broke (the scenario with its fault is written to --out), 2 the
command was not understood or the harness itself failed.`,
})}`;

/** A line of progress at most every so often. */
const PROGRESS_EVERY_MS = 10_000;

interface Options {
  readonly layer?: FaultLayer;
  readonly every: number;
  readonly first: number;
  readonly pairs: number;
  readonly seed: number;
  readonly shard?: string;
  readonly strike?: string;
  readonly resume?: string;
  readonly out: string;
  readonly timeLimit?: number;
  readonly workers: number;
  readonly failFast?: boolean;
  readonly json?: boolean;
}

/** `azukeru-sim sweep-faults`. */
export function sweepFaultsCommand(): Command {
  return new Command("sweep-faults")
    .description(
      say({
        ja: "シナリオのすべての入出力の点で、起こり得るすべての障害を1つずつ起こす",
        en: "every kind of fault at every I/O point of some scenarios, one at a time",
      }),
    )
    .argument(
      "[files...]",
      say({
        ja: "シナリオ (省略時: fixtures/sweep のすべて)",
        en: "scenarios; default: all of fixtures/sweep",
      }),
    )
    .addOption(
      new Option(
        "--layer <name>",
        say({ ja: "この層の障害だけ", en: "only faults of this layer" }),
      ).choices(FAULT_LAYERS),
    )
    .option(
      "--every <number>",
      say({ ja: "この間隔の障害だけ", en: "only every so manieth fault" }),
      positiveNumber,
      1,
    )
    .option(
      "--first <number>",
      say({ ja: "その最初の障害", en: "and the first of them" }),
      positiveNumber,
      1,
    )
    .option(
      "--pairs <number>",
      say({
        ja: "2つの点の障害を組み合わせる実行の数",
        en: "pairs of faults at two points besides",
      }),
      wholeNumber,
      0,
    )
    .option(
      "--seed <number>",
      say({ ja: "組み合わせのシード", en: "what the pairs follow from" }),
      wholeNumber,
      1,
    )
    .option(
      "--shard <part>",
      say({
        ja: "全体を分けたうちの一部だけ: 2/8、auto、auto/8",
        en: "one part of it: 2/8, auto or auto/8",
      }),
    )
    .option(
      "--strike <name>",
      say({
        ja: "この障害だけをもう一度 (ファイル1つとともに)。組み合わせは ' & ' でつなぐ",
        en: "only this one again, with one file; of a pair both, joined by ' & '",
      }),
    )
    .option(
      "--resume <file>",
      say({
        ja: "済んだ実行を書き、次はその続きから始めるファイル。決まりが破られた実行はもう一度行う",
        en: "where what was run is written, to go on there the next time; what broke a law is run again",
      }),
    )
    .option(
      "--out <folder>",
      say({ ja: "決まりを破ったシナリオを書くフォルダ", en: "where broken scenarios are written" }),
      "out",
    )
    .option(
      "--time-limit <seconds>",
      say({ ja: "この秒数を過ぎたら新しい実行を始めない", en: "begin no more runs after so long" }),
      wholeNumber,
    )
    .addOption(workersOption(availableParallelism()))
    .addOption(failFastOption())
    .option(
      "--json",
      say({
        ja: "1件ごとに1行のJSON、ファイルごとに1行、最後に集計の1行を出力",
        en: "one line of JSON per run and per file, then a summary line",
      }),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (files: readonly string[], options: Options) => {
      process.exitCode = await sweepFaults(files, options).catch(usageError);
    });
}

/** What is the person's to put right is said in a line. */
function usageError(error: unknown): number {
  if (!(error instanceof ScenarioFileError || error instanceof SweepLogError)) throw error;
  tell(error);
  return EXIT_CODES.usage;
}

/** What a sweep of one file came to so far. */
interface FileSum {
  readonly file: SweptFile;
  readonly plannedCount: number;
  runCount: number;
  /** Of them, those that an earlier sweep did. */
  earlierCount: number;
  brokenCount: number;
  /** Of all threads together. */
  tookMs: number;
}

async function sweepFaults(given: readonly string[], options: Options): Promise<number> {
  const files = given.length > 0 ? given : sweptFiles();
  if (options.strike !== undefined) return repeatStrike(files, options.strike, options.out);
  const shard = options.shard === undefined ? WHOLE : shardOf(options.shard, process.env);
  if (shard === undefined) {
    const reason = message("harness.unknown-shard", { given: options.shard ?? "" });
    process.stderr.write(`${speak(reason)}\n`);
    return EXIT_CODES.usage;
  }
  const { layer, every, first, pairs: pairCount, seed } = options;
  const plan: FaultSweepPlan = { files, layer, every, first, shard, pairCount, seed };
  const log = new SweepLog(options.resume);
  const startMs = performance.now();
  const limitMs = (options.timeLimit ?? Infinity) * 1000;
  const sums = new Map<string, FileSum>();
  const pairSum = { runCount: 0, earlierCount: 0, brokenCount: 0, tookMs: 0 };
  const found: Violation[] = [];
  let shownAtMs = startMs;
  const note = (path: string, isPair: boolean, line: StrikeLine, isEarlier: boolean): void => {
    const sum = isPair ? pairSum : sums.get(path);
    if (sum === undefined) return;
    sum.runCount += 1;
    if (isEarlier) sum.earlierCount += 1;
    if (line.verdict !== "good") sum.brokenCount += 1;
    sum.tookMs += line.tookMs;
    const nowMs = performance.now();
    if (options.json === true || nowMs - shownAtMs < PROGRESS_EVERY_MS) return;
    shownAtMs = nowMs;
    const total = isPair ? pairCount : (sums.get(path)?.plannedCount ?? 0);
    const name = isPair ? message("harness.pairs") : basename(path);
    const said = message("harness.sweep-progress", { name, done: sum.runCount, total });
    process.stderr.write(`${speak(said)}\n`);
  };
  const isComplete = await runFaultSweep({
    plan,
    workerCount: Math.max(1, options.workers),
    isOver: () =>
      performance.now() - startMs > limitMs || (options.failFast === true && found.length > 0),
    isDone: (item) => {
      const line = log.doneBefore(item);
      if (line !== undefined) note(item.path, item.strikes.length > 1, line, true);
      return line !== undefined;
    },
    onFile: (file, plannedCount) => {
      sums.set(file.path, {
        file,
        plannedCount,
        runCount: 0,
        earlierCount: 0,
        brokenCount: 0,
        tookMs: 0,
      });
      found.push(...file.violations);
      reportCalm(file);
    },
    onOutcome: (item, outcome) => {
      const line = log.add(item, outcome);
      if (options.json === true) process.stdout.write(`${JSON.stringify(line)}\n`);
      found.push(...outcome.violations);
      note(item.path, item.strikes.length > 1, line, false);
      if (outcome.violations.length === 0) return;
      const { scenario, violations } = outcome;
      const written =
        scenario === undefined
          ? undefined
          : writeStruck(options.out, item, { scenario, violations });
      if (options.json !== true) reportBroken(item.path, item.id, item.what, violations, written);
    },
  });
  const seconds = Number(((performance.now() - startMs) / 1000).toFixed(1));
  summarize([...sums.values()], pairSum, { isComplete, seconds }, options);
  const judged = judgedAs(found);
  if (judged === "harness-failed") return EXIT_CODES.usage;
  return judged === "good" ? EXIT_CODES.good : EXIT_CODES.violation;
}

function reportCalm({ path, violations: [violation] }: SweptFile): void {
  if (violation === undefined) return;
  const { invariant: law, message: what } = violation;
  process.stderr.write(
    `${basename(path)}: ${speak(message("harness.violates-calmly", { law, what }))}\n`,
  );
}

function reportBroken(
  path: string,
  id: string,
  what: string,
  violations: readonly Violation[],
  written: string | undefined,
): void {
  const paint = paintFor(process.stdout);
  const lines = limitViolations(violations).flatMap(({ invariant, text, shown }) => [
    `  ${paint("bad", `${invariant}: ${say(text)}`)}`,
    ...shown.slice(0, 2).map((one) => `  ${speak(one.message)}`),
  ]);
  const command =
    written === undefined
      ? `node bin/azukeru-sim.js sweep-faults ${path} --strike ${JSON.stringify(id)}`
      : `node bin/azukeru-sim.js replay ${written} --trace`;
  const again = speak(message("harness.again", { command }));
  process.stdout.write(`${basename(path)} ${id} (${what})\n${lines.join("\n")}\n  ${again}\n`);
}

function summarize(
  sums: readonly FileSum[],
  pairSum: Omit<FileSum, "file" | "plannedCount">,
  { isComplete, seconds }: { readonly isComplete: boolean; readonly seconds: number },
  { json }: Options,
): void {
  const add = (of: (sum: FileSum) => number): number =>
    sums.reduce((total, sum) => total + of(sum), 0);
  const total = {
    files: sums.length,
    points: add(({ file }) => file.pointCount),
    faults: add(({ file }) => file.strikes.length),
    runs: add(({ runCount }) => runCount) + pairSum.runCount,
    earlier: add(({ earlierCount }) => earlierCount) + pairSum.earlierCount,
    pairs: pairSum.runCount,
    broken: add(({ brokenCount }) => brokenCount) + pairSum.brokenCount,
  };
  if (json === true) {
    for (const { file, runCount, earlierCount, brokenCount, tookMs } of sums) {
      const { pointCount, strikes } = file;
      process.stdout.write(
        `${JSON.stringify({
          kind: "file",
          file: basename(file.path),
          points: pointCount,
          faults: strikes.length,
          runs: runCount,
          earlier: earlierCount,
          broken: brokenCount,
          threadSeconds: inSeconds(tookMs),
        })}\n`,
      );
    }
    process.stdout.write(`${JSON.stringify({ kind: "summary", ...total, isComplete, seconds })}\n`);
    return;
  }
  for (const { file, runCount, brokenCount, tookMs } of sums) {
    const said = message("harness.fault-sum", {
      name: basename(file.path),
      points: file.pointCount,
      faults: file.strikes.length,
      runs: runCount,
      broken: brokenCount,
      seconds: inSeconds(tookMs),
    });
    process.stdout.write(`${speak(said)}\n`);
  }
  const paint = paintFor(process.stdout);
  const verdict =
    total.broken === 0
      ? paint("good", speak(message("harness.every-law-held")))
      : paint("bad", speak(message("harness.laws-broke-at", { count: total.broken })));
  const head = speak(message("harness.fault-total", { ...total, seconds }));
  const cut = isComplete ? "" : `${speak(message("harness.cut-short"))}\n`;
  process.stdout.write(`${cut}${head}${verdict}\n`);
}

function inSeconds(ms: number): number {
  return Number((ms / 1000).toFixed(1));
}
