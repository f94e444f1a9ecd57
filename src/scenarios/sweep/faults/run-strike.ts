import { checkRun } from "../../checkers/check-run.ts";
import type { Violation } from "../../checkers/shared/violation.ts";
import { message } from "../../../messages/message.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { checkSweptRun } from "../check-swept-run.ts";
import { runCounting } from "./count-fault-points.ts";
import { calmScenario, struckScenario } from "./struck-scenario.ts";
import type { Strike } from "./strike.ts";

/** A scenario that was struck, and what did not hold then. */
export interface StruckRun {
  readonly scenario: Scenario;
  readonly record: RunRecord;
  readonly violations: readonly Violation[];
}

/**
 * Runs a scenario with one fault more and judges it as every other one, a crash also as a sweep of crashes does. A
 * point that is not reached, or is another one than was counted, is a failure of the simulator. `calmOf` gives what
 * the scenario leaves behind in the window of the strike without it.
 */
export async function runStrike(
  scenario: Scenario,
  strike: Strike,
  calmOf: () => Promise<RunRecord>,
): Promise<StruckRun> {
  const { point } = strike;
  const calm = calmScenario(scenario, point);
  const struck = struckScenario(calm, strike.placed);
  const { record, points } = await runCounting(struck, point);
  // The run up to the strike is the same run, so that its points are too.
  const isPart = strike.placed.layer === "storage" && strike.placed.fault.path !== undefined;
  // To find the parts of a batch it is read whole first, while its neighbours go on.
  const found = isPart ? points.find(({ what }) => what === point.what) : points[point.number - 1];
  const isSame = found?.what === point.what && found.elapsedMs === point.elapsedMs;
  if (isSame) {
    const violations = await judge(record, strike, calmOf);
    return { scenario: struck.scenario, record, violations };
  }
  const said = {
    number: point.number,
    wanted: `${point.what} ${point.elapsedMs}`,
    found: found === undefined ? message("harness.nothing") : `${found.what} ${found.elapsedMs}`,
  };
  const other: Violation = {
    invariant: "simulator",
    message: message("harness.other-point", said),
  };
  return { scenario: struck.scenario, record, violations: [other] };
}

async function judge(
  record: RunRecord,
  { point: { step, elapsedMs }, placed }: Strike,
  calmOf: () => Promise<RunRecord>,
): Promise<readonly Violation[]> {
  const crash =
    placed.layer === "process"
      ? record.crashes.find(
          (one) => one.elapsedMs === elapsedMs && one.kind === placed.fault.what.do,
        )
      : undefined;
  if (crash === undefined) return checkRun(record).violations;
  return checkSweptRun({ calm: await calmOf(), record, step, crash });
}

/** Runs a scenario with two faults more, the later of which the earlier one may keep from striking, and judges it. */
export async function runStrikes(
  scenario: Scenario,
  [one, other]: readonly [Strike, Strike],
): Promise<StruckRun> {
  // A fault of the mail server is a step more: whatever comes before it is put in place after it.
  const inOrder = [one, other].toSorted(
    (a, b) =>
      b.point.step - a.point.step ||
      Number(a.placed.layer === "mail") - Number(b.placed.layer === "mail"),
  );
  let struck = scenario;
  for (const { point, placed } of inOrder)
    struck = struckScenario(calmScenario(struck, point), placed).scenario;
  const { record } = await runCounting({ scenario: struck, step: one.point.step }, one.point);
  return { scenario: struck, record, violations: checkRun(record).violations };
}
