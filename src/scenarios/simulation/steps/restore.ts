import type { RestoreStep } from "../../scenario/step.ts";
import type { Life } from "../simulation.ts";
import { neighbourBacksUp } from "./neighbour-backs-up.ts";
import { during } from "./during.ts";
import { factsOfStep } from "./facts-of-step.ts";
import { planRestore } from "./plan-restore.ts";

/** Runs one restore with all that goes wrong in it, and puts down what came of it. */
export async function restore(life: Life, step: RestoreStep, number: number): Promise<void> {
  const { people, jobs, hosts } = life;
  if (step.makeTarget !== false) people.makeTarget(step.to);
  const plan = planRestore(life, step, number);
  if (plan === undefined) return;
  await during(life, step, (armed, start) => {
    const outageBegan = (): boolean => armed.outageBegan;
    const runs = [jobs.restore(hosts.pc, plan.request, { ...plan.facts, outageBegan }, start)];
    if (step.withNeighbour === true) {
      const facts = { ...factsOfStep(life, number), faults: {}, crowded: true, outageBegan };
      runs.push(neighbourBacksUp(life, facts));
    }
    return runs;
  });
}
