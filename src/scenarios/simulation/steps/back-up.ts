import type { BackupStep } from "../../scenario/step.ts";
import type { Life } from "../simulation.ts";
import type { StepFacts } from "../observe/step-facts.ts";
import type { BackupWish } from "../observe/watched-jobs.ts";
import { neighbourBacksUp } from "./neighbour-backs-up.ts";
import { during } from "./during.ts";
import { factsOfStep, faultsOfStep } from "./facts-of-step.ts";

/** Runs one backup with all that goes wrong in it, and puts down what came of it. */
export async function backUp(
  life: Life,
  step: BackupStep,
  number: number,
  phase: StepFacts["phase"],
): Promise<void> {
  const { slots, jobs, hosts } = life;
  const { faults, isOut, armable } = faultsOfStep(life, step);
  await during(life, { ...step, ...armable }, (armed, start) => {
    const crowded = step.withNeighbour === true;
    const outageBegan = (): boolean => isOut || armed.outageBegan;
    const ofSlots = { ...factsOfStep(life, number), faults, crowded, outageBegan };
    const facts = { ...ofSlots, phase };
    slots.begin(ofSlots, start);
    const runs = [jobs.backUp(hosts.pc, wishOf(life, step), facts, start)];
    if (crowded) runs.push(neighbourBacksUp(life, facts));
    return runs;
  });
}

function wishOf(life: Life, step: BackupStep): BackupWish {
  const sourceIds = sourceIdsOf(life, step);
  return {
    ...(sourceIds === undefined ? {} : { sourceIds }),
    ...(step.confirmDeletions === true ? { confirmDeletions: true } : {}),
  };
}

/** Undefined: all, also where the tool has none of those that are wished for. */
function sourceIdsOf(
  { scenario, place, hosts }: Life,
  { sources }: BackupStep,
): readonly number[] | undefined {
  if (sources === undefined) return undefined;
  const all = hosts.pc.agent.sources();
  const wanted = new Set(
    sources.map((index) => {
      const path = scenario.sources[index % scenario.sources.length] ?? "";
      return place.paths.toHost(path);
    }),
  );
  const ids = all.filter(({ path }) => wanted.has(path)).map(({ id }) => id);
  return ids.length === 0 ? undefined : ids;
}
