import { parseCommandLine, type BenchOptions, type MeasurementName } from "./command-line.ts";
import { measureBackups } from "./measure/backups.ts";
import { measureHistory } from "./measure/history.ts";
import { measureMemory } from "./measure/memory.ts";
import { measureRequests } from "./measure/requests.ts";
import { measureScenarios } from "./measure/scenarios.ts";
import { measureShares } from "./measure/shares.ts";
import { measureYear } from "./measure/year.ts";
import { say } from "./support/figure.ts";

const MEBIBYTE = 2 ** 20;

const MEASURE: Record<MeasurementName, (options: BenchOptions) => Promise<void>> = {
  scenarios: ({ runCount, isQuick }) => measureScenarios(isQuick ? 50 : 500, runCount),
  shares: ({ runCount, isQuick }) => measureShares(isQuick ? 30 : 300, runCount),
  requests: ({ runCount, isQuick }) => measureRequests(isQuick ? 2_000 : 20_000, runCount),
  async backups({ runCount, isQuick }) {
    const fileCount = isQuick ? 1_000 : 10_000;
    await measureBackups(
      { name: "small-files", tree: { fileCount, fileBytes: 4096, filesPerFolder: 100 } },
      runCount,
    );
    const fileBytes = (isQuick ? 100 : 1024) * MEBIBYTE;
    await measureBackups(
      { name: "large-file", tree: { fileCount: 1, fileBytes, filesPerFolder: null } },
      runCount,
    );
  },
  memory: ({ runCount, isQuick }) =>
    measureMemory(
      isQuick ? { few: 1_000, many: 10_000 } : { few: 10_000, many: 100_000 },
      runCount,
    ),
  history: ({ runCount, isQuick }) =>
    measureHistory(
      isQuick
        ? { rowCount: 100_000, jobCount: 10_000 }
        : { rowCount: 1_000_000, jobCount: 100_000 },
      runCount,
    ),
  year: ({ runCount, isQuick }) =>
    measureYear({ dayCount: isQuick ? 36 : 365, fileCount: 200 }, runCount),
};

const options = parseOrExit();
// Folders and processes are cleared away when the process exits, which a bare signal would prevent.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
for (const name of options.names) {
  try {
    await MEASURE[name](options);
  } catch (error) {
    // The other measurements are worth having all the same.
    say(`${name} failed: ${error instanceof Error ? error.stack : String(error)}`);
    process.exitCode = 1;
  }
}

function parseOrExit(): BenchOptions {
  try {
    const parsed = parseCommandLine(process.argv.slice(2));
    if (!("help" in parsed)) return parsed;
    process.stdout.write(parsed.help);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}; see --help\n`);
    process.exit(2);
  }
}
