import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import { runStrike } from "../sweep/faults/run-strike.ts";
import { countFaultPoints } from "../sweep/faults/count-fault-points.ts";
import { strikesAt } from "../sweep/faults/faults-at.ts";
import { runFaultSweep, type FaultSweepPlan } from "./fault-sweep.ts";
import { readScenario } from "./read-scenario.ts";
import { runSliceStrike } from "./run-strikes.ts";
import { WHOLE } from "./shard.ts";

const FOLDER = new URL("../../../fixtures/sweep/", import.meta.url);
const FILE = fileURLToPath(new URL("a-service-behind-tls.yaml", FOLDER));

async function sweep(plan: Partial<FaultSweepPlan>, done: ReadonlySet<string> = new Set()) {
  const ids: string[] = [];
  let broken = 0;
  const isComplete = await runFaultSweep({
    plan: { files: [FILE], every: 250, first: 7, shard: WHOLE, pairCount: 2, seed: 5, ...plan },
    workerCount: 1,
    isDone: ({ id }) => done.has(id),
    isOver: () => false,
    onFile: () => undefined,
    onOutcome: ({ id }, { violations }) => {
      ids.push(id);
      broken += violations.length;
    },
  });
  return { ids, broken, isComplete };
}

test("every so manieth fault strikes once, then pairs; its parts are the whole, and what is done is left out", async () => {
  const whole = await sweep({});
  expect(whole.isComplete).toBe(true);
  expect(whole.broken).toBe(0);
  expect(new Set(whole.ids).size).toBe(whole.ids.length);
  expect(whole.ids.filter((id) => id.includes(" & "))).toHaveLength(2);
  const parts = [await sweep({ shard: { index: 1, count: 2 } })];
  parts.push(await sweep({ shard: { index: 2, count: 2 } }));
  expect(parts.flatMap(({ ids }) => ids).toSorted()).toEqual(whole.ids.toSorted());
  expect((await sweep({}, new Set(whole.ids.slice(1)))).ids).toEqual(whole.ids.slice(0, 1));
});

test("each layer has its points, and its kinds of faults", async () => {
  const scenario = readScenario(FILE);
  const layers = ["disk", "storage", "network", "memory", "process"] as const;
  for (const layer of layers) {
    const { points } = await countFaultPoints(scenario, { step: 0, layer });
    const counts = points.map((point) => strikesAt(point).length);
    expect(counts).not.toEqual([]);
    expect(counts).not.toContain(0);
  }
});

test("a point that is another one than was counted is the simulator's failure", async () => {
  const scenario = readScenario(FILE);
  const { points, record } = await countFaultPoints(scenario, { step: 0, layer: "storage" });
  const [point] = points;
  if (point === undefined) throw new Error("nothing is asked of the service");
  const [strike] = strikesAt({ ...point, what: "getFile #1" });
  if (strike === undefined) throw new Error("nothing can strike");
  const { violations } = await runStrike(scenario, strike, () => Promise.resolve(record));
  expect(violations.map(({ invariant }) => invariant)).toEqual(["simulator"]);
});

test("which fault a series lets strike follows from its seed and the number of the run", async () => {
  const of = async (seriesSeed: number, number: number) => {
    const { generator, traceHash } = await runSliceStrike(-1, { path: FILE, seriesSeed, number });
    return `${generator} ${traceHash}`;
  };
  const first = await of(1, 0);
  expect(await of(1, 0)).toBe(first);
  expect(new Set([first, await of(1, 1), await of(2, 0)]).size).toBe(3);
});
