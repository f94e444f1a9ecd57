import { globSync } from "node:fs";
import { basename, join } from "node:path";

import { plannedRun, scenarioOf } from "../../src/scenarios/runs/plan.ts";
import { readScenario } from "../../src/scenarios/runs/read-scenario.ts";
import type { Scenario } from "../../src/scenarios/scenario/scenario.ts";

/** A scenario that a mutant may have to live through. */
export interface PooledScenario {
  /** What it is called: its file, or its number in the series and what generates it. */
  readonly name: string;
  readonly scenario: Scenario;
}

/**
 * What `azukeru-sim scenarios` runs: the regressions, then the runs of a series. They are made by the project itself,
 * not by the copy, so that no mutant changes what is lived.
 */
export function scenarioPool(project: string, seed: number, runCount: number): PooledScenario[] {
  const files = globSync("fixtures/{regressions,scenarios}/*", { cwd: project }).toSorted();
  const fromFiles = files.map((file) => ({
    name: basename(file),
    scenario: readScenario(join(project, file)),
  }));
  const series = Array.from({ length: runCount }, (_, index) => {
    const planned = plannedRun(seed, index);
    return { name: `${index} ${planned.generator}`, scenario: scenarioOf(planned) };
  });
  return [...fromFiles, ...series];
}
