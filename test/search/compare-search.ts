/*
 * Whether a guided search finds more bugs than fresh random scenarios do, at equal processor time. All sown bugs are
 * put into one copy of the project, both ways search it, for each seed, on one thread; then each scenario that failed
 * is run on copies with a single bug, which says whose it is. Prints a line of JSON for each search, for each bug when
 * it was found first, and the bugs found over seconds of processor time.
 *
 *   node test/search/compare-search.ts --bugs a,b,c --seeds 1,2 --cpu-seconds 120 --start out/fuzz
 *
 * Bugs are names of patches in fixtures/blind-mutants or fixtures/mutants: take such as are found seldom, since one that
 * breaks every other run hides the others. `--start` is the corpus of an earlier search, which a guided one begins with.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { MutantError } from "../../src/scenarios/mutants/mutant.ts";
import { BuggyCopy } from "./buggy-copy.ts";
import { curve, type Found } from "./curve.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const WAYS = ["random", "guided"] as const;

const { values } = parseArgs({
  options: {
    bugs: { type: "string", default: "" },
    seeds: { type: "string", default: "1,2" },
    "cpu-seconds": { type: "string", default: "120" },
    start: { type: "string" },
    jobs: { type: "string", default: "2" },
  },
});

const seconds = Number(values["cpu-seconds"]);
const paths = values.bugs.split(",").map((name) => {
  const folders = ["fixtures/blind-mutants", "fixtures/mutants"];
  const path = folders
    .map((folder) => join(PROJECT, folder, `${name}.patch`))
    .find((each) => existsSync(each));
  if (path === undefined) throw new Error(`there is no bug ${name}`);
  return { name, path };
});

using all = new BuggyCopy(PROJECT);
const sown = paths.filter(({ name, path }) => {
  try {
    all.sow(path);
    return true;
  } catch (error) {
    if (!(error instanceof MutantError)) throw error;
    process.stderr.write(`${name}: not beside the others\n`);
    return false;
  }
});
process.stdout.write(`${sown.length} bugs: ${sown.map(({ name }) => name).join(" ")}\n`);

const seeds = values.seeds.split(",").map(Number);
// Side by side: processor time is what counts, and each counts its own.
const searches = await Promise.all(
  seeds.flatMap((seed) =>
    WAYS.map(async (way) => {
      const { sum, failed } = await all.search({ way, seed, seconds, start: values.start });
      process.stdout.write(
        `${JSON.stringify({ way, seed, failedCount: failed.length, ...sum })}\n`,
      );
      return failed.map((failure) => ({ ...failure, way, seed }));
    }),
  ),
);
// What fails without any of the bugs too is none of theirs.
const ofTheProject = await breaksIn(undefined, searches.flat());
const failures = searches.flat().filter((_, at) => ofTheProject[at] !== true);
process.stdout.write(`${searches.flat().length - failures.length} fail without a bug too\n`);

/** Which of some scenarios fail with one bug alone, or with none. */
async function breaksIn(
  path: string | undefined,
  some: readonly { readonly text: string }[],
): Promise<readonly boolean[]> {
  using copy = new BuggyCopy(PROJECT);
  if (path !== undefined) copy.sow(path);
  return await copy.breaks(some.map(({ text }) => text));
}

const found: Found[] = [];
const waiting = [...sown];
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { name, path } = next;
      const breaks = await breaksIn(path, failures);
      const own = failures.filter((_, at) => breaks[at] === true);
      for (const { way, seed } of WAYS.flatMap((each) =>
        seeds.map((number) => ({ way: each, seed: number })),
      )) {
        const [first] = own
          .filter((failure) => failure.way === way && failure.seed === seed)
          .toSorted((one, other) => one.cpuSeconds - other.cpuSeconds);
        if (first === undefined) continue;
        const { index, origin, cpuSeconds } = first;
        found.push({ bug: name, way, seed, cpuSeconds });
        process.stdout.write(
          `${JSON.stringify({ bug: name, way, seed, index, origin, cpuSeconds })}\n`,
        );
      }
    }
  }),
);
for (const { at, counts } of curve(found, seconds)) {
  const shown = WAYS.map((way) => `${way} ${(counts[way] / seeds.length).toFixed(1)}`).join("  ");
  process.stdout.write(`${String(at).padStart(5)} s  ${shown} of ${sown.length} bugs\n`);
}
