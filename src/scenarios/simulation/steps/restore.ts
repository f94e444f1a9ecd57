import type { RestoreStep } from "../../scenario/step.ts";
import type { RestoreRun } from "../../observation/restore-run.ts";
import type { Simulation } from "../simulation.ts";
import { neighbourBacksUp } from "./neighbour-backs-up.ts";
import { during } from "./during.ts";
import { factsOfStep } from "./facts-of-step.ts";
import { canBeDoneAgain } from "./can-be-done-again.ts";
import { planRestore, type RestorePlan } from "./plan-restore.ts";

/**
 * Runs one restore with all that goes wrong in it, and puts down what came of it. Gives `false` when the source
 * has no place on the service from which anything could be restored.
 */
export async function restore(
  simulation: Simulation,
  step: RestoreStep,
  number: number,
): Promise<boolean> {
  const { actors, jobs, device } = simulation;
  if (step.makeTarget !== false) actors.makeTarget(step.to);
  const plan = planRestore(simulation, step, number);
  if (plan === undefined) return false;
  const last = step.again === true ? incompleteRestore(simulation, plan) : undefined;
  await during(simulation, { ...step, number }, (armed, start) => {
    const outageBegan = (): boolean => armed.outageBegan;
    const facts = { ...plan.facts, ...last, outageBegan };
    const runs = [jobs.restore(device, plan.request, facts, start, last?.job.id)];
    if (step.withNeighbour === true) {
      const theirs = { ...factsOfStep(simulation, number), faults: {}, crowded: true, outageBegan };
      runs.push(neighbourBacksUp(simulation, theirs));
    }
    return runs;
  });
  return true;
}

/** The last restore of the same to the same folder, where a person can do it again. */
function incompleteRestore(
  { recorders }: Simulation,
  { facts }: RestorePlan,
): Pick<RestoreRun, "job" | "entryKind" | "generation" | "onConflict" | "asked"> | undefined {
  const last = recorders.restores.runs.findLast(
    (run) => run.to === facts.to && run.path === facts.path && run.sourcePath === facts.sourcePath,
  );
  if (last === undefined || !canBeDoneAgain(last.job)) return undefined;
  const { job, entryKind, generation } = last;
  // Who answered then is asked nothing now: what stands there is left alone.
  const onConflict = last.asked === undefined ? last.onConflict : "skip";
  return { job, entryKind, generation, onConflict, asked: undefined };
}
