import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { Command } from "commander";

import { paintFor } from "../../terminal/style.ts";
import { TOPICS, type Topic } from "../coverage/topic.ts";
import { INVARIANTS, judgedAs } from "../checkers/shared/violation.ts";
import type { RunOutcome } from "../runs/run-outcome.ts";
import { runSeries, type SeriesResult } from "../runs/run-series.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { renderLedger } from "./render-ledger.ts";
import { RunProgress } from "./run-progress.ts";
import { wholeNumber } from "./whole-number.ts";
import { writeCounterexample } from "./write-counterexample.ts";

/** The options as commander gives them. */
interface Options {
  readonly runs: number;
  readonly seed: number;
  readonly only?: string;
  readonly json?: boolean;
  readonly out: string;
  readonly timeLimit?: number;
  readonly workers: number;
  readonly failFast?: boolean;
  readonly shrink: boolean;
}

const DEFAULT_RUNS = 1000;
const DEFAULT_SEED = 1;
const DEFAULT_WORKERS = 2;
/** Topics as they were called before; scripts may still say so. */
const ALIASES: Readonly<Record<string, Topic>> = { time: "schedule" };

const SHRINK_TRIES_MAX = 250;

const EXAMPLES = `
Examples:
  $ azukeru-sim scenarios
  $ azukeru-sim scenarios --runs 10000 --seed 7 --time-limit 600
  $ azukeru-sim scenarios --json > runs.jsonl

Exit codes: 0 every law held and every declared cell was reached, 1 a law broke (the scenario is
written to --out at once, with the command that replays it), 2 the command was not understood or the harness
itself failed in a run, 3 a declared cell was not reached.`;

/** `azukeru-sim scenarios`. */
export function scenariosCommand(): Command {
  return new Command("scenarios")
    .description("let the agent live through generated days of a PC and judge what it says")
    .option("--runs <number>", "how many scenarios", wholeNumber, DEFAULT_RUNS)
    .option("--seed <number>", "what they follow from", wholeNumber, DEFAULT_SEED)
    .option("--only <topic>", "only scenarios about this: backup, restore, delete or schedule")
    .option("--json", "one line of JSON per run, then a summary line")
    .option("--out <folder>", "where broken scenarios are written", "out")
    .option(
      "--time-limit <seconds>",
      "begin no more random runs after so long; default: no limit, so that a seed always means the same runs",
      wholeNumber,
    )
    .option("--workers <number>", "threads", wholeNumber, DEFAULT_WORKERS)
    .option("--fail-fast", "begin no more runs once a law broke")
    .option("--no-shrink", "leave a scenario that broke a law as it is")
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options) => {
      process.exitCode = await runCommand(options);
    });
}

async function runCommand(options: Options): Promise<number> {
  const only = TOPICS.find((topic) => topic === (ALIASES[options.only ?? ""] ?? options.only));
  if (options.only !== undefined && only === undefined) {
    process.stderr.write(`--only knows ${TOPICS.join(", ")}, not ${options.only}\n`);
    return EXIT_CODES.usage;
  }
  const startMs = performance.now();
  const elapsedMs = (): number => performance.now() - startMs;
  const regressionFiles = findRegressions();
  const isJson = options.json === true;
  const total = options.runs + regressionFiles.length;
  const progress = isJson ? undefined : new RunProgress(process.stderr, total, elapsedMs);
  const result = await runSeries({
    seed: options.seed,
    runCount: options.runs,
    only,
    workerCount: Math.max(1, options.workers),
    regressionFiles,
    failsFast: options.failFast === true,
    shrinkTriesMax: options.shrink ? SHRINK_TRIES_MAX : 1,
    isTimeUp: () => elapsedMs() > (options.timeLimit ?? Infinity) * 1000,
    onOutcome: (outcome) => {
      if (isJson) process.stdout.write(`${JSON.stringify(runLine(outcome))}\n`);
      progress?.advance(outcome);
    },
    // At once: a series that is ended from outside says no more.
    onFound: ({ scenario, ...outcome }) => {
      const [violation] = outcome.violations;
      const where = `run ${outcome.index} (${outcome.generator}, seed ${outcome.seed})`;
      progress?.end();
      process.stderr.write(`${where} broke ${violation?.invariant}: ${violation?.message}\n`);
      if (scenario === undefined || outcome.index < 0) return;
      const path = writeCounterexample(options.out, { ...outcome, scenario });
      process.stderr.write(`  as it was generated: ${path}\n`);
    },
    onSlow: (request) => {
      const name = request.kind === "file" ? request.path : `run ${request.index}`;
      progress?.end();
      process.stderr.write(`${name} of seed ${options.seed} still runs after a minute\n`);
    },
  });
  progress?.end();
  const missed = result.ledger.missed();
  const judged = judgedAs(result.failed.flatMap(({ violations }) => violations));
  const verdict = judged === "good" && missed.length > 0 ? "cell-missed" : judged;
  const files = result.counterexamples.map((found) => writeCounterexample(options.out, found));
  if (isJson) {
    const cells = result.ledger.cells();
    const summary = {
      kind: "summary",
      verdict,
      seed: options.seed,
      runs: result.doneCount,
      cells: cells.length,
      missed: missed.map(({ cause, phase }) => `${cause} ${phase}`),
      files,
      seconds: Number((elapsedMs() / 1000).toFixed(1)),
      memoryPeakMb: memoryPeakMb(),
    };
    process.stdout.write(`${JSON.stringify(summary)}\n`);
  } else {
    process.stdout.write(`${renderLedger(result.ledger, process.stdout)}\n\n`);
    process.stdout.write(report(result, files, { ...options, seconds: elapsedMs() / 1000 }));
  }
  return EXIT_CODE_OF[verdict];
}

const EXIT_CODE_OF = {
  good: EXIT_CODES.good,
  "law-broken": EXIT_CODES.violation,
  "harness-failed": EXIT_CODES.usage,
  "cell-missed": EXIT_CODES.cellMissed,
} as const;

/** Most of the machine's memory that this process held at once, in MB. */
function memoryPeakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

function runLine(outcome: RunOutcome): object {
  const { index, seed, generator, traceHash, violations, hits, jobCount, virtualMs } = outcome;
  return {
    kind: "run",
    run: index,
    seed,
    verdict: judgedAs(violations),
    traceHash,
    aim: generator,
    laws: [...new Set(violations.map(({ invariant }) => invariant))],
    cells: [...new Set(hits.map(({ cause, phase }) => `${cause} ${phase}`))],
    jobs: jobCount,
    virtualMs,
  };
}

function report(
  result: SeriesResult,
  files: readonly string[],
  { seed, seconds }: { readonly seed: number; readonly seconds: number },
): string {
  const paint = paintFor(process.stdout);
  const lines: string[] = [];
  for (const [at, found] of result.counterexamples.entries()) {
    const [violation] = found.violations;
    if (violation === undefined) continue;
    lines.push(
      paint(
        "bad",
        `${violation.invariant} broke in run ${found.index} (${found.generator}): ${INVARIANTS[violation.invariant]}`,
      ),
      `  ${violation.message}`,
      `  replay: node bin/azukeru-sim.js replay ${files[at] ?? ""} --trace`,
      "",
    );
  }
  for (const outcome of result.failed.filter(({ index }) => index < 0)) {
    const [violation] = outcome.violations;
    lines.push(
      paint(
        "bad",
        `the regression ${outcome.generator} broke ${violation?.invariant}: ${violation?.message}`,
      ),
      `  replay: node bin/azukeru-sim.js replay fixtures/regressions/${outcome.generator} --trace`,
      "",
    );
  }
  const cells = result.ledger.cells();
  const missed = result.ledger.missed();
  for (const { cause, phase } of missed) lines.push(paint("bad", `not reached: ${cause} ${phase}`));
  if (result.wasCutShort)
    lines.push("Not all runs were begun: the time limit or --fail-fast ended it.");
  const speed = (result.doneCount / seconds).toFixed(1);
  const cost = `in ${seconds.toFixed(1)} s, ${speed} per second, at most ${memoryPeakMb()} MB`;
  const sum = `${result.doneCount} scenarios (seed ${seed}) ${cost}: `;
  const isGood = result.failed.length === 0 && missed.length === 0;
  const laws =
    result.failed.length === 0 ? "every law held" : `${result.failed.length} broke a law`;
  const reached = `${cells.length - missed.length} of ${cells.length} cells reached`;
  lines.push(paint(isGood ? "good" : "bad", `${sum}${laws}, ${reached}.`), "");
  return lines.join("\n");
}

function findRegressions(): readonly string[] {
  const folder = fileURLToPath(new URL("../../../fixtures/regressions/", import.meta.url));
  try {
    const names = readdirSync(folder).filter((name) => /\.(ya?ml|json)$/.test(name));
    return names.toSorted().map((name) => join(folder, name));
  } catch {
    return [];
  }
}
