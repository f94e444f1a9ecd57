/*
 * Runs in a copy of the project that has bugs: searches on one thread for so much processor time and prints a line of
 * JSON for each of the first runs that fail in one way, and one with the sum.
 *
 *   node test/search/search-copy.ts <random or guided> <seed> <processor seconds> <corpus>
 */
import { keptScenarioFiles } from "../../src/scenarios/runs/kept-scenario-files.ts";
import { failureName } from "../../src/scenarios/shrinking/failure-name.ts";
import { runSearch } from "../../src/scenarios/search/run-search.ts";
import type { CopyLine } from "./copy-line.ts";

/** So many scenarios that fail in one way are told: several bugs may show in one way. */
const TOLD_COUNT_MAX = 3;

const [, , way, seed, seconds, folder = ""] = process.argv;
const told = new Map<string, number>();
const ending = new AbortController();
let startSeconds = 0;

const { runCount, changedCount, keptCount } = await runSearch({
  seed: Number(seed),
  folder,
  seedPaths: keptScenarioFiles(),
  jobCount: 1,
  isRandom: way === "random",
  shrinkTriesMax: 0,
  signal: ending.signal,
  onRun: ({ isStarted }) => {
    if (!isStarted) startSeconds = cpuSeconds();
    if (cpuSeconds() - startSeconds > Number(seconds)) ending.abort();
  },
  onFailedRun: ({ index, origin, violations: [violation], text }) => {
    const name = violation === undefined ? "" : failureName(violation);
    const count = (told.get(name) ?? 0) + 1;
    told.set(name, count);
    if (count > TOLD_COUNT_MAX) return;
    tell({ kind: "failure", index, origin, name, cpuSeconds: cpuSeconds() - startSeconds, text });
  },
  onFailure: () => undefined,
  onKnownFailure: () => undefined,
});
tell({ kind: "sum", runCount, changedCount, keptCount, cpuSeconds: cpuSeconds() - startSeconds });

function tell(line: CopyLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
