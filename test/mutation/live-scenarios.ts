import { parentPort } from "node:worker_threads";

import { checkRun } from "../../src/scenarios/checkers/check-run.ts";
import { ignoreGoneProcesses } from "../../src/scenarios/simulation/process/ignore-gone-processes.ts";
import { runScenario } from "../../src/scenarios/simulation/run-scenario.ts";
import { switches } from "./switches.ts";
import type { LifeAnswer, LifeRequest } from "./thread-messages.ts";

/**
 * Timers fired and steps taken before a run counts as stuck. Of the default series none takes more than a
 * twentieth.
 */
const EVENT_BUDGET = 200_000;

ignoreGoneProcesses();

const fromStart = switches.activeMutant;
const loadHits = switches.hits;

async function live(request: LifeRequest): Promise<LifeAnswer> {
  switches.activeMutant = request.activeMutant ?? fromStart;
  switches.hitCount = 0;
  switches.hitCountMax = request.hitCountMax;
  const hits = loadHits && new Uint32Array(loadHits.length);
  switches.hits = hits;
  const record = await runScenario(request.scenario, { eventBudget: EVENT_BUDGET });
  switches.hits = undefined;
  // Who judges is no part of what is mutated.
  switches.activeMutant = fromStart;
  const { violations } = checkRun(record);
  const same = Map.groupBy(violations, ({ invariant }) => invariant);
  return {
    violations: [...same.values()].flatMap((each) => each.slice(0, 1)),
    traceHash: record.traceHash,
    isClean: record.driver.kind === "done",
    hits,
    loadHits,
  };
}

parentPort?.on("message", (request: LifeRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  void live(request).then((answer) => parentPort?.postMessage(answer));
});
