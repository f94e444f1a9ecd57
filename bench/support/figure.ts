import { availableParallelism, loadavg, totalmem } from "node:os";

import packageJson from "../../package.json" with { type: "json" };

/** What a measurement found, before it is printed. */
export interface Figure {
  /** What was measured, in kebab-case; together with `tool` it is unique within a run. */
  readonly name: string;
  /** The program that was measured, with its version. */
  readonly tool: string;
  readonly unit: string;
  /** One value a run, in order. Empty when it could not be measured: then `note` says why. */
  readonly values: readonly number[];
  /** Anything worth knowing beside it. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
  readonly note?: string;
}

/** The name and version of the line format; another version may lack or rename members. */
const BENCH_SCHEMA = "azukeru-bench/1";

/** Work the machine had when the measuring began, as a mean over a minute; much spoils the figures. */
const LOAD_AT_START = loadavg()[0] ?? null;

/** Prints one line of JSON. `value` is the median of the runs; null when there was none. */
export function printFigure({ name, tool, unit, values, details, note }: Figure): void {
  const sorted = values.toSorted((left, right) => left - right);
  const line = {
    schema: BENCH_SCHEMA,
    name,
    tool,
    value: rounded(median(sorted)),
    unit,
    runs: values.length,
    min: rounded(sorted[0] ?? null),
    median: rounded(median(sorted)),
    max: rounded(sorted.at(-1) ?? null),
    details: details ?? {},
    note: note ?? null,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    loadAtStart: LOAD_AT_START,
    platform: `${process.platform}-${process.arch}`,
    node: process.version,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Says on stderr how far the measuring is. */
export function say(text: string): void {
  process.stderr.write(`bench: ${text}\n`);
}

/** Name and version of this project's own commands. */
export function ownTool(name: "azukeru-agent" | "azukeru-sim"): string {
  return `${name} ${packageJson.version}`;
}

/** The middle of values in order; the mean of the two in the middle when there is none. */
export function median(sorted: readonly number[]): number | null {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/** Four significant digits: more would claim a precision that runs on a shared machine lack. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}
