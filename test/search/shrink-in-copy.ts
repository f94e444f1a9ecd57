/*
 * Runs in a copy of the project that has one bug: prints as one line of JSON the first generated scenario of a series
 * that fails, how large it is, and how large it is once it is made small.
 *
 *   node test/search/shrink-in-copy.ts <seed> <topic, or all>
 */
import { TOPICS } from "../../src/scenarios/coverage/topic.ts";
import { plannedRun, scenarioOf } from "../../src/scenarios/runs/plan.ts";
import { runAndCheck } from "../../src/scenarios/runs/run-one.ts";
import { isLike } from "../../src/scenarios/shrinking/failure-name.ts";
import { scenarioSize } from "../../src/scenarios/shrinking/scenario-size.ts";
import { scenarioText } from "../../src/scenarios/shrinking/scenario-text.ts";
import { shrinkScenario } from "../../src/scenarios/shrinking/shrink-scenario.ts";
import { ignoreGoneProcesses } from "../../src/scenarios/simulation/process/ignore-gone-processes.ts";
import type { ShrinkLine } from "./shrink-line.ts";

const RUN_COUNT_MAX = 1000;
const TRIES_MAX = 500;

const [, , seed, topic] = process.argv;
const only = TOPICS.find((each) => each === topic);

ignoreGoneProcesses();
for (let index = 0; index < RUN_COUNT_MAX; index += 1) {
  const scenario = scenarioOf(plannedRun(Number(seed), index, only));
  const { violations } = await runAndCheck(scenario);
  const [first] = violations;
  if (first === undefined) continue;
  const shrunk = await shrinkScenario(scenario, {
    triesMax: TRIES_MAX,
    breaks: async (smaller) =>
      (await runAndCheck(smaller)).violations.some((violation) => isLike(violation, first)),
  });
  const line: ShrinkLine = {
    index,
    law: first.invariant,
    found: scenarioSize(scenario),
    shrunk: scenarioSize(shrunk.scenario),
    triedCount: shrunk.triedCount,
    text: scenarioText(shrunk.scenario),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  break;
}
