import { basename } from "node:path";

import * as fc from "fast-check";

import { ignoreGoneProcesses } from "../../src/scenarios/simulation/process/ignore-gone-processes.ts";
import type { RunRecord } from "../../src/scenarios/observation/run-record.ts";
import { plannedRun } from "../../src/scenarios/runs/plan.ts";
import { readScenario } from "../../src/scenarios/runs/read-scenario.ts";
import { runAndCheck, type CheckedRun } from "../../src/scenarios/runs/run-one.ts";

ignoreGoneProcesses();

/** One JSON line for each run of a series: verdict, cells, trace, and all rows of all its jobs. */
export async function* recordSeries(seed: number, runCount: number): AsyncGenerator<string> {
  for (let index = 0; index < runCount; index += 1) {
    const planned = plannedRun(seed, index);
    const [scenario] = fc.sample(planned.arbitrary, { seed: planned.seed, numRuns: 1 });
    if (scenario === undefined) throw new Error(`run ${index} has no scenario`);
    yield JSON.stringify({
      run: index,
      aim: planned.generator,
      ...facts(await runAndCheck(scenario)),
    });
  }
}

/** One JSON line for each scenario file, as {@link recordSeries} has it for each run. */
export async function* recordFiles(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    const checked = await runAndCheck(readScenario(path));
    yield JSON.stringify({ file: basename(path), ...facts(checked) });
  }
}

function facts({ record, violations, hits }: CheckedRun): object {
  return {
    traceHash: record.traceHash,
    driver: record.driver.kind,
    virtualMs: record.virtualMs,
    breaches: violations.map(({ invariant, message }) => ({ law: invariant, message })),
    cells: hits.map(({ cause, phase }) => `${cause} ${phase}`).toSorted(),
    history: record.history,
    jobs: jobsOf(record),
    refusals: record.refusals,
  };
}

function jobsOf({ backups, deletions, restores }: RunRecord): readonly object[] {
  return [...backups, ...deletions, ...restores].map(({ step, job, rows }) => ({
    step,
    job,
    rows,
  }));
}
