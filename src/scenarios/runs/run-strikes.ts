import { basename } from "node:path";

import { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import { checkRun } from "../checkers/check-run.ts";
import type { RunRecord } from "../observation/run-record.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { countFaultPoints, type CountedWindow } from "../sweep/faults/count-fault-points.ts";
import { strikesAt } from "../sweep/faults/faults-at.ts";
import { runStrike, runStrikes, type StruckRun } from "../sweep/faults/run-strike.ts";
import { strikeId, type FaultWindow, type Strike } from "../sweep/faults/strike.ts";
import { faultWindows } from "../sweep/faults/struck-scenario.ts";
import { readScenario } from "./read-scenario.ts";
import { outcomeOf } from "./run-one.ts";
import type { RunOutcome } from "./run-outcome.ts";
import type { SliceStrike } from "./slice-strike.ts";
import type { StrikeAnswer } from "./strike-outcome.ts";
import type { WorkerAnswer } from "./worker-messages.ts";

/** What a file's scenario leaves behind in a window in which nothing strikes, so that it is run once for all crashes of it. */
let lastCalm: { readonly key: string; readonly record: Promise<RunRecord> } | undefined;

function calmRecord(path: string, scenario: Scenario, window: FaultWindow): Promise<RunRecord> {
  const key = JSON.stringify([path, window.step, window.layer]);
  if (lastCalm?.key === key) return lastCalm.record;
  const record = countFaultPoints(scenario, window).then(({ record: calm }) => calm);
  lastCalm = { key, record };
  return record;
}

/** Finds whatever can strike in a window of a file. */
export async function pointsOf(
  path: string,
  window: FaultWindow,
): Promise<Extract<WorkerAnswer, { kind: "points" }>> {
  const { points, record } = await countFaultPoints(readScenario(path), window);
  const { violations } = checkRun(record);
  const strikes = points.flatMap(strikesAt);
  return { kind: "points", pointCount: points.length, strikes, violations };
}

/** Runs a file's scenario with one fault more, or with two. */
export async function runStruck(path: string, strikes: readonly Strike[]): Promise<StrikeAnswer> {
  const { scenario, record, violations } = await struckRun(path, strikes);
  const { traceHash } = record;
  return { violations, traceHash, ...(violations.length > 0 ? { scenario } : {}) };
}

function struckRun(path: string, [one, other]: readonly Strike[]): Promise<StruckRun> {
  if (one === undefined) throw new Error("no fault is to strike");
  const scenario = readScenario(path);
  if (other !== undefined) return runStrikes(scenario, [one, other]);
  return runStrike(scenario, one, () => calmRecord(path, scenario, one.point));
}

/** Runs one fault that a series lets strike in a file. */
export async function runSliceStrike(index: number, slice: SliceStrike): Promise<RunOutcome> {
  const { path, seriesSeed, number } = slice;
  const scenario = readScenario(path);
  const random = new SeededRandom(`strike/${seriesSeed}/${number}`);
  const { strike, counted } = await chosenStrike(scenario, random);
  const {
    scenario: struck,
    record,
    violations,
  } = await runStrike(scenario, strike, () => Promise.resolve(counted.record));
  const generator = `${basename(path)}:${strikeId(strike)}`;
  const about = { index, seed: scenario.seed, generator };
  // What is violated is told with the scenario that was struck, which no file has.
  return outcomeOf(about, { ...record, scenario: struck }, { violations, hits: [] });
}

/** A window, then a point in it, then a fault: layers with few points have their turn as often as others. */
async function chosenStrike(
  scenario: Scenario,
  random: SeededRandom,
): Promise<{ readonly strike: Strike; readonly counted: CountedWindow }> {
  const windows = [...faultWindows(scenario)];
  while (windows.length > 0) {
    const [window] = windows.splice(random.int(windows.length), 1);
    if (window === undefined) break;
    const counted = await countFaultPoints(scenario, window);
    const point = counted.points[random.int(Math.max(1, counted.points.length))];
    const strikes = point === undefined ? [] : strikesAt(point);
    const strike = strikes[random.int(Math.max(1, strikes.length))];
    if (strike !== undefined) return { strike, counted };
  }
  throw new Error("nothing can strike anywhere in the scenario");
}
