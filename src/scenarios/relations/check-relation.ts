import { checkRun } from "../checkers/check-run.ts";
import type { Violation } from "../checkers/shared/violation.ts";
import { message } from "../../messages/message.ts";
import type { RunRecord } from "../observation/run-record.ts";
import type { RelationName } from "../scenario/relation-name.ts";
import { runScenario } from "../simulation/run-scenario.ts";
import { compareOutcomes } from "./compare-outcomes.ts";
import type { LifeOutcome } from "./life-outcome.ts";
import { lifeOutcomeOf } from "./life-outcome-of.ts";
import { otherLife, RELATIONS } from "./relations.ts";

/**
 * Runs the other life of a scenario that ran, checks it like any, and holds what both came to against each other. A
 * life that came to no end says nothing about another.
 */
export async function checkRelation(record: RunRecord, name: RelationName): Promise<Violation[]> {
  const {
    holdsFor = () => true,
    outcomeOf = lifeOutcomeOf,
    reduce = (outcome: LifeOutcome) => outcome,
  } = RELATIONS[name];
  if (record.driver.kind !== "done" || !holdsFor(record)) return [];
  const other = await runScenario(otherLife(record.scenario, name));
  const { violations } = checkRun(other);
  if (violations.length > 0) return [...violations];
  const differences = compareOutcomes(reduce(outcomeOf(record)), reduce(outcomeOf(other)));
  return differences.map((what) => ({
    invariant: "relation",
    message: message("checked-run.otherwise-alike", { relation: name, what }),
  }));
}
