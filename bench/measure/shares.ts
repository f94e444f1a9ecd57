import { Session } from "node:inspector/promises";

import type { Topic } from "../../src/scenarios/coverage/topic.ts";
import { plannedRun } from "../../src/scenarios/runs/plan.ts";
import { runPlanned } from "../../src/scenarios/runs/run-one.ts";
import { ignoreGoneProcesses } from "../../src/scenarios/simulation/process/ignore-gone-processes.ts";
import { ownTool, printFigure, say } from "../support/figure.ts";
import { LAYERS, layerShares, type Layer } from "../support/layer-shares.ts";

const SEED = 1;
const ROOT = new URL("../../", import.meta.url).href;

/** Compiled by then, and no more at half its speed. */
const WARM_UP_COUNT = 40;

/**
 * Which layer takes how much of the processor time of a scenario: a sample is lived under V8's profiler, in this
 * process. Twice: scenarios of all kinds, and those about schedules, in which days pass. The profiler makes all of it
 * slower; shares are to be read, the time beside them only against one another.
 */
export async function measureShares(scenarioCount: number, runCount: number): Promise<void> {
  using _ = ignoreGoneProcesses();
  await measureSample("scenario", undefined, scenarioCount, runCount);
  await measureSample("schedule-scenario", "schedule", scenarioCount, runCount);
}

async function measureSample(
  name: string,
  only: Topic | undefined,
  scenarioCount: number,
  runCount: number,
): Promise<void> {
  const shares = new Map<Layer, number[]>(LAYERS.map((layer) => [layer, []]));
  const milliseconds: number[] = [];
  await live(only, Math.min(WARM_UP_COUNT, scenarioCount));
  for (let run = 0; run < runCount; run += 1) {
    say(`shares: ${scenarioCount} of ${name}, run ${run + 1} of ${runCount}`);
    const session = new Session();
    session.connect();
    await session.post("Profiler.enable");
    await session.post("Profiler.start");
    const before = process.threadCpuUsage();
    await live(only, scenarioCount);
    const { user, system } = process.threadCpuUsage(before);
    const { profile } = await session.post("Profiler.stop");
    session.disconnect();
    milliseconds.push((user + system) / 1000 / scenarioCount);
    for (const [layer, share] of layerShares(profile, ROOT)) shares.get(layer)?.push(share * 100);
  }
  const figure = { tool: ownTool("azukeru-sim"), details: { scenarioCount } };
  for (const [layer, values] of shares) {
    printFigure({ ...figure, name: `${name}-share-${layer}`, unit: "%", values });
  }
  printFigure({ ...figure, name: `${name}-processor-time`, unit: "ms", values: milliseconds });
}

async function live(only: Topic | undefined, scenarioCount: number): Promise<void> {
  for (let index = 0; index < scenarioCount; index += 1) {
    const { violations } = await runPlanned(plannedRun(SEED, index, only));
    if (violations.length > 0) throw new Error(`run ${index} of seed ${SEED} broke a law`);
  }
}
