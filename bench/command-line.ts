import { parseArgs } from "node:util";

/** What can be measured; `--only` names one of them. */
const MEASUREMENTS = [
  "scenarios",
  "shares",
  "requests",
  "backups",
  "memory",
  "history",
  "year",
] as const;
/** One of {@link MEASUREMENTS}. */
export type MeasurementName = (typeof MEASUREMENTS)[number];

/** What to measure and how often. */
export interface BenchOptions {
  readonly names: readonly MeasurementName[];
  readonly runCount: number;
  /** A tenth of the work, once: to see that everything runs, not for figures. */
  readonly isQuick: boolean;
}

const HELP = `Usage: node bench/bench.ts [options]

Measures this project on this machine and prints one line of JSON a figure (schema azukeru-bench/1,
see docs/performance.md). Progress goes to stderr. restic and rclone are measured beside the agent
where they are installed.

Options:
  --only <NAME>  one of: ${MEASUREMENTS.join(", ")}; may be repeated (default: all)
  --runs <N>     runs of each measurement; the figure is their median (default: 3)
  --quick        a tenth of the work, once: shows that all of it runs
  --help         this text

Examples:
  make bench > bench.jsonl
  node bench/bench.ts --only memory
  node bench/bench.ts --only shares --runs 1 | jq -r '[.name, .value, .unit] | @tsv'
  node bench/bench.ts --only backups --runs 5 | jq -r '[.name, .tool, .value, .unit] | @tsv'
`;

/** Reads the arguments; `help` when they ask for it. Throws `TypeError` on what it does not know. */
export function parseCommandLine(
  args: readonly string[],
): BenchOptions | { readonly help: string } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", multiple: true },
      runs: { type: "string" },
      quick: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return { help: HELP };
  const runCount = Number(values.runs ?? (values.quick ? 1 : 3));
  if (!Number.isInteger(runCount) || runCount < 1) {
    throw new TypeError(`--runs takes a whole number from 1, not ${values.runs}`);
  }
  return {
    names: (values.only ?? MEASUREMENTS).map(measurementName),
    runCount,
    isQuick: values.quick,
  };
}

function measurementName(text: string): MeasurementName {
  const name = MEASUREMENTS.find((one) => one === text);
  if (name !== undefined) return name;
  throw new TypeError(`--only takes one of ${MEASUREMENTS.join(", ")}, not ${text}`);
}
