import type { Violation } from "../checkers/shared/violation.ts";
import { checkRelation } from "../relations/check-relation.ts";
import { runScenario } from "../simulation/run-scenario.ts";
import { checkRun } from "../checkers/check-run.ts";
import type { CheckResult } from "../checkers/shared/check-result.ts";
import type { RunRecord } from "../observation/run-record.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { scenarioOf, type PlannedRun } from "./plan.ts";
import type { RunOutcome } from "./run-outcome.ts";
import { message } from "../../messages/message.ts";

/** A scenario that ran, and what the checkers found in what it left behind. */
export interface CheckedRun extends CheckResult {
  readonly record: RunRecord;
}

/** Runs a scenario and checks what it left behind; with `isRepeated` twice, comparing the traces (I15). */
export async function runAndCheck(scenario: Scenario, isRepeated = false): Promise<CheckedRun> {
  const record = await runScenario(scenario);
  const result = await checkedWithItsRelation(record);
  if (!isRepeated) return { record, ...result };
  const again = await runScenario(scenario);
  if (again.traceHash === record.traceHash) return { record, ...result };
  const traces = { one: record.traceHash, other: again.traceHash };
  const violation: Violation = {
    invariant: "I15",
    message: message("checked-run.two-traces", traces),
  };
  return { record, violations: [...result.violations, violation], hits: [] };
}

/** Checks what a scenario left behind, and the relation that it is about, for which its other life is lived. */
export async function checkedWithItsRelation(record: RunRecord): Promise<CheckResult> {
  const result = checkRun(record);
  const { relation } = record.scenario;
  if (relation === undefined || result.violations.length > 0) return result;
  return { ...result, violations: await checkRelation(record, relation) };
}

/** Runs one of a series. */
export async function runPlanned(planned: PlannedRun): Promise<RunOutcome> {
  const { index, seed, generator, isRepeated } = planned;
  const { record, violations, hits } = await runAndCheck(scenarioOf(planned), isRepeated);
  return outcomeOf({ index, seed, generator }, record, { violations, hits });
}

/** What a run came to, from what it left behind. */
export function outcomeOf(
  about: Pick<RunOutcome, "index" | "seed" | "generator">,
  record: RunRecord,
  { violations, hits }: CheckResult,
): RunOutcome {
  const { traceHash, virtualMs, backups, scenario } = record;
  const outcome = { ...about, traceHash, violations, hits, jobCount: backups.length, virtualMs };
  return violations.length === 0 ? outcome : { ...outcome, scenario };
}
