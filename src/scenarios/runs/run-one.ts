import * as fc from "fast-check";

import type { Breach } from "../checkers/shared/breach.ts";
import { runScenario } from "../simulation/run-scenario.ts";
import { judge, type Judgement } from "../checkers/judge.ts";
import type { RunRecord } from "../observation/run-record.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { PlannedRun } from "./plan.ts";
import type { Counterexample, RunOutcome } from "./run-outcome.ts";

/** A scenario lived through and judged. */
export interface Judged extends Judgement {
  readonly record: RunRecord;
}

/** Lives a scenario through and judges it; with `isRepeated` twice, comparing the traces (I15). */
export async function runAndJudge(scenario: Scenario, isRepeated = false): Promise<Judged> {
  const record = await runScenario(scenario);
  const judgement = judge(record);
  if (!isRepeated) return { record, ...judgement };
  const again = await runScenario(scenario);
  if (again.traceHash === record.traceHash) return { record, ...judgement };
  const message = `two runs gave the traces ${record.traceHash} and ${again.traceHash}`;
  const breach: Breach = { law: "I15", message };
  return { record, breaches: [...judgement.breaches, breach], hits: [] };
}

/** Runs one of a series. */
export async function runPlanned(planned: PlannedRun): Promise<RunOutcome> {
  const { index, seed, aim, arbitrary, isRepeated } = planned;
  const [scenario] = fc.sample(arbitrary, { seed, numRuns: 1 });
  if (scenario === undefined) throw new Error(`run ${index} has no scenario`);
  const { record, breaches, hits } = await runAndJudge(scenario, isRepeated);
  return outcomeOf({ index, seed, aim }, record, { breaches, hits });
}

/** What a run came to, from what it left behind. */
export function outcomeOf(
  about: Pick<RunOutcome, "index" | "seed" | "aim">,
  record: RunRecord,
  { breaches, hits }: Judgement,
): RunOutcome {
  const { traceHash, virtualMs, jobs } = record;
  return { ...about, traceHash, breaches, hits, jobCount: jobs.length, virtualMs };
}

/**
 * Makes the scenario of a run that broke a law smaller, as long as it breaks the same law. `triesMax`
 * scenarios are tried: counted, not timed, so that the result is always the same.
 */
export async function shrinkPlanned(
  planned: PlannedRun,
  triesMax: number,
): Promise<Counterexample> {
  const { index, seed, aim, arbitrary, isRepeated } = planned;
  let law: string | undefined;
  let triedCount = 0;
  let smallest: { readonly scenario: Scenario; readonly breaches: readonly Breach[] } | undefined;
  const breaks = async (scenario: Scenario): Promise<boolean> => {
    if (triedCount >= triesMax) return false;
    triedCount += 1;
    const { breaches } = await runAndJudge(scenario, isRepeated);
    law ??= breaches[0]?.law;
    const same = breaches.filter((breach) => breach.law === law);
    if (same.length === 0) return false;
    smallest = { scenario, breaches };
    return true;
  };
  const property = fc.asyncProperty(arbitrary, async (scenario) => !(await breaks(scenario)));
  await fc.check(property, { seed, numRuns: 1 });
  if (smallest === undefined)
    throw new Error(`run ${index} of seed ${seed} broke no law when repeated`);
  return { index, seed, aim, triedCount, ...smallest };
}
