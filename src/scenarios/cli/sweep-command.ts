import { Command, InvalidArgumentError, Option } from "commander";

import { paintFor } from "../../agent/cli/render/style.ts";
import { ProcessGoneError } from "../simulation/process/process-boundary.ts";
import { SWEEP_LAWS } from "../sweep/judge-day.ts";
import { countPoints, crashAt, runSweep, SweepError, type SweptCrash } from "../sweep/run-sweep.ts";
import { DAY_NAMES, type DayName } from "../sweep/sweep-day.ts";
import { CRASH_KINDS, type CrashKind } from "../sweep/sweep-pc.ts";
import { IO_KINDS } from "../sweep/io-points.ts";
import { EXIT_CODES } from "./exit-code.ts";

const EXAMPLES = `
Examples:
  $ azukeru-sim sweep
  $ azukeru-sim sweep --every 10 --first 3
  $ azukeru-sim sweep --day restore-and-delete --point 211 --power

Exit codes: 0 every law held, 1 a law broke, 2 there is no such point, or the sweep itself is broken.`;

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

/** `azukeru-sim sweep`. */
export function sweepCommand(): Command {
  return new Command("sweep")
    .description("end the process, and lose the power, at every single I/O point of one day")
    .addOption(new Option("--day <name>", "only this day").choices(DAY_NAMES))
    .option("--kill", "only processes that are killed")
    .option("--power", "only PCs that lose their power")
    .option("--point <number>", "only this point; with --day", count)
    .option("--every <number>", "only every so manieth point", count, 1)
    .option("--first <number>", "and the first of them", count, 1)
    .option("--fail-fast", "stop once a law broke")
    .option("--json", "one JSON line for each crash, and a summary")
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options) => {
      process.exitCode = await sweep(options);
    });
}

/** Ends a sweep early. */
class EnoughError extends Error {}

async function sweep(options: Options): Promise<number> {
  // What a killed process of the agent still throws into the void is nobody's concern.
  process.on("unhandledRejection", (error) => {
    if (!(error instanceof ProcessGoneError)) throw error;
  });
  const days = options.day === undefined ? DAY_NAMES : [options.day];
  const kinds = CRASH_KINDS.filter((kind) => options.kill === options.power || options[kind]);
  const crashes: SweptCrash[] = [];
  const startMs = performance.now();
  try {
    for (const day of days) {
      if (options.point !== undefined) await onePoint(day, options.point, kinds, crashes, options);
      else await allPoints(day, kinds, crashes, options);
    }
  } catch (error) {
    if (error instanceof SweepError) {
      process.stderr.write(`${error.message}\n`);
      return EXIT_CODES.usage;
    }
    if (!(error instanceof EnoughError)) throw error;
  }
  return summary(crashes, performance.now() - startMs, options);
}

async function allPoints(
  day: DayName,
  kinds: readonly CrashKind[],
  crashes: SweptCrash[],
  options: Options,
): Promise<void> {
  const { every, first } = options;
  const { points } = await runSweep({
    day,
    kinds,
    every,
    first,
    onCrash: (crash, total) => {
      tell(crash, crashes, options);
      const done = crashes.filter((one) => one.day === day).length;
      if (done % PROGRESS_EVERY === 0) process.stderr.write(`${day}: ${done} of ${total}\n`);
    },
  });
  if (options.json === true) return;
  const byKind = IO_KINDS.map(
    (kind) => `${points.filter((point) => point.kind === kind).length} ${kind}`,
  );
  process.stdout.write(`${day}: ${points.length} points (${byKind.join(", ")})\n`);
}

async function onePoint(
  day: DayName,
  number: number,
  kinds: readonly CrashKind[],
  crashes: SweptCrash[],
  options: Options,
): Promise<void> {
  const points = await countPoints(day);
  const point = points[number - 1];
  if (point === undefined)
    throw new SweepError(`${day} has ${points.length} points, not ${number}`);
  for (const kind of kinds) {
    const crash = await crashAt(day, point, kind);
    tell(crash, crashes, options);
    if (options.json !== true) process.stdout.write(`${nameOf(crash)}: ${verdictOf(crash)}\n`);
  }
}

function tell(crash: SweptCrash, crashes: SweptCrash[], { json, failFast }: Options): void {
  crashes.push(crash);
  const { day, kind, point, breaches } = crash;
  if (json === true) {
    const laws = breaches.map(({ law }) => law);
    process.stdout.write(
      `${JSON.stringify({ kind: "crash", day, crash: kind, point, laws, breaches })}\n`,
    );
  } else {
    const paint = paintFor(process.stdout);
    for (const { law, message } of breaches) {
      process.stdout.write(
        `${nameOf(crash)}\n  ${paint("bad", `${law}: ${SWEEP_LAWS[law]}`)}\n  ${message}\n` +
          `  again: azukeru-sim sweep --day ${day} --point ${point.number} --${kind}\n`,
      );
    }
  }
  if (failFast === true && breaches.length > 0) throw new EnoughError();
}

function nameOf({ day, kind, point }: SweptCrash): string {
  return `${day}, ${kind} at point ${point.number} (${point.kind}: ${point.detail})`;
}

function verdictOf({ breaches }: SweptCrash): string {
  return breaches.length === 0 ? "every law held" : "a law broke";
}

function summary(crashes: readonly SweptCrash[], tookMs: number, { json }: Options): number {
  const broken = crashes.filter(({ breaches }) => breaches.length > 0).length;
  if (json === true) {
    process.stdout.write(
      `${JSON.stringify({ kind: "summary", crashCount: crashes.length, brokenCount: broken })}\n`,
    );
  } else {
    const paint = paintFor(process.stdout);
    const verdict =
      broken === 0 ? paint("good", "every law held") : paint("bad", `laws broke at ${broken}`);
    process.stdout.write(
      `${crashes.length} crashes in ${(tookMs / 1000).toFixed(1)} s: ${verdict}\n`,
    );
  }
  return broken === 0 ? EXIT_CODES.good : EXIT_CODES.violation;
}

function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("give a whole number from 1");
  return Number(text);
}
