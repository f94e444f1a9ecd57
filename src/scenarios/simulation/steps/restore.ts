import type { RestoreStep } from "../../scenario/step.ts";
import type { Simulation } from "../simulation.ts";
import { neighbourBacksUp } from "./neighbour-backs-up.ts";
import { during } from "./during.ts";
import { factsOfStep } from "./facts-of-step.ts";
import { planRestore } from "./plan-restore.ts";

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
  await during(simulation, { ...step, number }, (armed, start) => {
    const outageBegan = (): boolean => armed.outageBegan;
    const runs = [jobs.restore(device, plan.request, { ...plan.facts, outageBegan }, start)];
    if (step.withNeighbour === true) {
      const facts = { ...factsOfStep(simulation, number), faults: {}, crowded: true, outageBegan };
      runs.push(neighbourBacksUp(simulation, facts));
    }
    return runs;
  });
  return true;
}
