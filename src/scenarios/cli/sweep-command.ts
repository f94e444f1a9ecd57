import { Argument, Command, Option } from "commander";
import { basename } from "node:path";

import { paintFor } from "../../terminal/style.ts";
import { judgedAs } from "../checkers/shared/violation.ts";
import { IO_KINDS } from "../observation/io-point.ts";
import { readScenario, ScenarioFileError } from "../runs/read-scenario.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { ignoreGoneProcesses } from "../simulation/process/ignore-gone-processes.ts";
import { DAY_NAMES, readNight, type DayName } from "./night.ts";
import {
  countPoints,
  crashAt,
  runSweep,
  SweepError,
  WAYS_TO_END,
  type SweptCrash,
  type WayToEnd,
} from "../sweep/run-sweep.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { limitViolations } from "./limit-violations.ts";
import { say, speak } from "../../command-line/process-language.ts";
import { message } from "../../messages/message.ts";
import { positiveNumber } from "./positive-number.ts";
import { tell } from "./tell.ts";
import { breachLineOf } from "../runs/breach-line.ts";

const EXAMPLES = `
${say({
  ja: "点は、disturbances の並び (空でもよい) がある手順で数えます。どこにもなければ、置けるすべての手順で数えます。",
  en: "Points count in the steps of a scenario that have a list of disturbances, be it an empty one; where none has, in every step that can have one.",
})}

${say({ ja: "例:", en: "Examples:" })}
  $ azukeru-sim sweep
  $ azukeru-sim sweep --every 10 --first 3
  $ azukeru-sim sweep --day restore-and-delete --point 211 --power
  $ azukeru-sim sweep fixtures/scenarios/power-lost-during-a-large-upload.yaml

${say({
  ja: `終了コード: 0 すべての決まりが守られた、1 決まりが破られた、2 その点がない、またはsweep自体のエラー`,
  en: `Exit codes: 0 every law held, 1 a law broke, 2 there is no such point, or the sweep itself is broken.`,
})}`;

/** A line of progress every so many crashes. */
const PROGRESS_EVERY = 100;

interface Options {
  readonly day?: DayName;
  readonly kill?: boolean;
  readonly power?: boolean;
  readonly point?: number;
  readonly every: number;
  readonly first: number;
  readonly failFast?: boolean;
  readonly json?: boolean;
}

/** What is swept, by the name that its crashes have. */
interface Swept {
  readonly name: string;
  readonly scenario: Scenario;
  /** How the command names it. */
  readonly argument: string;
}

/** `azukeru-sim sweep`. */
export function sweepCommand(): Command {
  return new Command("sweep")
    .description(
      say({
        ja: "シナリオのすべての入出力の点で、プロセスの強制終了と停電を起こす",
        en: "end the process, and lose the power, at every single I/O point of a scenario",
      }),
    )
    .addArgument(
      new Argument(
        "[file]",
        say({
          ja: "シナリオ (省略時: 同梱の2つの夜)",
          en: "a scenario; default: the two nights that are shipped",
        }),
      ),
    )
    .addOption(
      new Option(
        "--day <name>",
        say({ ja: "同梱のこの夜だけ", en: "only this shipped night" }),
      ).choices(DAY_NAMES),
    )
    .option("--kill", say({ ja: "プロセスの強制終了だけ", en: "only processes that are killed" }))
    .option("--power", say({ ja: "停電だけ", en: "only PCs that lose their power" }))
    .option(
      "--point <number>",
      say({
        ja: "この点だけ (--day かファイルとともに)",
        en: "only this point; with --day or a file",
      }),
      positiveNumber,
    )
    .option(
      "--every <number>",
      say({ ja: "この間隔の点だけ", en: "only every so manieth point" }),
      positiveNumber,
      1,
    )
    .option(
      "--first <number>",
      say({ ja: "その最初の点", en: "and the first of them" }),
      positiveNumber,
      1,
    )
    .option("--fail-fast", say({ ja: "決まりが破られたら終える", en: "stop once a law broke" }))
    .option(
      "--json",
      say({
        ja: "停止ごとに1行のJSONと集計を出力",
        en: "one JSON line for each crash, and a summary",
      }),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (file: string | undefined, options: Options) => {
      process.exitCode = await sweep(file, options);
    });
}

/** Ends a sweep early. */
class EnoughError extends Error {}

async function sweep(file: string | undefined, options: Options): Promise<number> {
  ignoreGoneProcesses();
  const ways = WAYS_TO_END.filter((way) => options.kill === options.power || options[way]);
  const crashes: SweptCrash[] = [];
  const startMs = performance.now();
  try {
    for (const swept of chosen(file, options)) await sweepOne(swept, ways, crashes, options);
  } catch (error) {
    if (error instanceof SweepError || error instanceof ScenarioFileError) {
      tell(error);
      return EXIT_CODES.usage;
    }
    if (!(error instanceof EnoughError)) throw error;
  }
  return summary(crashes, performance.now() - startMs, options);
}

function chosen(file: string | undefined, { day }: Options): readonly Swept[] {
  if (file !== undefined) {
    return [{ name: basename(file), scenario: readScenario(file), argument: file }];
  }
  return (day === undefined ? DAY_NAMES : [day]).map((name) => ({
    name,
    scenario: readNight(name),
    argument: `--day ${name}`,
  }));
}

async function sweepOne(
  swept: Swept,
  ways: readonly WayToEnd[],
  crashes: SweptCrash[],
  options: Options,
): Promise<void> {
  const { name } = swept;
  const counted = await countPoints(swept.scenario);
  const { points } = counted;
  if (options.point !== undefined) {
    const point = points[options.point - 1];
    if (point === undefined) {
      throw new SweepError(
        message("harness.no-point", { name, count: points.length, given: options.point }),
      );
    }
    for (const way of ways) {
      const crash = await crashAt(counted, point, way);
      if (crash === undefined) {
        throw new SweepError(message("harness.no-crash", { number: point.number }));
      }
      report(swept, crash, options);
      crashes.push(crash);
      if (options.json !== true) {
        process.stdout.write(`${nameOf(name, crash)}: ${verdictOf(crash)}\n`);
      }
    }
    return;
  }
  let doneCount = 0;
  await runSweep(counted, {
    ways,
    every: options.every,
    first: options.first,
    onCrash: (crash, total) => {
      crashes.push(crash);
      doneCount += 1;
      report(swept, crash, options);
      if (doneCount % PROGRESS_EVERY === 0) {
        const said = message("harness.sweep-progress", { name, done: doneCount, total });
        process.stderr.write(`${speak(said)}\n`);
      }
      if (options.failFast === true && crash.violations.length > 0) throw new EnoughError();
    },
  });
  if (options.json === true) return;
  const byKind = IO_KINDS.map(
    (kind) => `${points.filter((point) => point.kind === kind).length} ${kind}`,
  );
  const said = message("harness.points", { name, count: points.length, kinds: byKind });
  process.stdout.write(`${speak(said)}\n`);
}

/** Says what came of a crash: every one as JSON, else those that violate something. */
function report({ name, argument }: Swept, crash: SweptCrash, { json }: Options): void {
  const { way, point, violations } = crash;
  if (json === true) {
    const { number, kind, detail } = point;
    const laws = violations.map(({ invariant }) => invariant);
    const breaches = violations.map(breachLineOf);
    process.stdout.write(
      `${JSON.stringify({ kind: "crash", day: name, crash: way, point: { number, kind, detail }, laws, breaches })}\n`,
    );
    return;
  }
  const paint = paintFor(process.stdout);
  for (const { invariant, text, shown, furtherCount } of limitViolations(violations)) {
    const messages = shown.map((one) => `  ${speak(one.message)}\n`).join("");
    const rest = message("harness.further", { count: furtherCount, law: invariant });
    const further = furtherCount > 0 ? `  ${speak(rest)}\n` : "";
    const command = `azukeru-sim sweep ${argument} --point ${point.number} --${way}`;
    process.stdout.write(
      `${nameOf(name, crash)}\n  ${paint("bad", `${invariant}: ${say(text)}`)}\n${messages}${further}` +
        `  ${speak(message("harness.again", { command }))}\n`,
    );
  }
}

function nameOf(name: string, { way, point }: SweptCrash): string {
  const { number, kind, detail } = point;
  return speak(
    message("harness.crash", { name, way: message(`harness.${way}`), number, kind, detail }),
  );
}

function verdictOf({ violations }: SweptCrash): string {
  return speak(message(violations.length === 0 ? "harness.every-law-held" : "harness.a-law-broke"));
}

function summary(crashes: readonly SweptCrash[], tookMs: number, { json }: Options): number {
  const broken = crashes.filter(({ violations }) => violations.length > 0).length;
  if (json === true) {
    process.stdout.write(
      `${JSON.stringify({ kind: "summary", crashCount: crashes.length, brokenCount: broken })}\n`,
    );
  } else {
    const paint = paintFor(process.stdout);
    const verdict =
      broken === 0
        ? paint("good", speak(message("harness.every-law-held")))
        : paint("bad", speak(message("harness.laws-broke-at", { count: broken })));
    const seconds = (tookMs / 1000).toFixed(1);
    const head = speak(message("harness.crash-sum", { count: crashes.length, seconds }));
    process.stdout.write(`${head}${verdict}\n`);
  }
  const judged = judgedAs(crashes.flatMap(({ violations }) => violations));
  if (judged === "harness-failed") return EXIT_CODES.usage;
  return broken === 0 ? EXIT_CODES.good : EXIT_CODES.violation;
}
