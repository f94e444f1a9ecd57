import type { BackupStep } from "../../scenario/step.ts";
import type { Simulation } from "../simulation.ts";
import type { StepFacts } from "../observe/step-facts.ts";
import type { BackupChoice } from "../observe/observed-jobs.ts";
import { neighbourBacksUp } from "./neighbour-backs-up.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import { canBeDoneAgain } from "./can-be-done-again.ts";
import { during } from "./during.ts";
import { factsOfStep, faultsOfStep } from "./facts-of-step.ts";

/** Runs one backup with all that goes wrong in it, and puts down what came of it. */
export async function backUp(
  simulation: Simulation,
  step: BackupStep,
  number: number,
  phase: StepFacts["phase"],
): Promise<void> {
  const { slots, jobs, device } = simulation;
  const { faults, isOut, armable } = faultsOfStep(simulation, step);
  await during(simulation, { ...step, ...armable, number }, (armed, start) => {
    const crowded = step.withNeighbour === true;
    const outageBegan = (): boolean => isOut || armed.outageBegan;
    const ofSlots = { ...factsOfStep(simulation, number), faults, crowded, outageBegan };
    const facts = { ...ofSlots, phase };
    slots.begin(ofSlots, start);
    const last = step.again === true ? incompleteBackup(simulation, step) : undefined;
    if (last !== undefined) return [jobs.backUpAgain(device, last, facts, start)];
    const choice = choiceOf(simulation, step);
    if (step.sources !== undefined && choice.sourceIds === undefined)
      simulation.inert.note(["timeline", number, "sources"], { code: "no-such-source" });
    const runs = [jobs.backUp(device, choice, facts, start)];
    if (crowded) runs.push(neighbourBacksUp(simulation, facts));
    return runs;
  });
}

/** The last backup of the one source that is named, where a person can do it again. */
function incompleteBackup(
  { scenario, recorders, device }: Simulation,
  { sources }: BackupStep,
): BackupRun | undefined {
  if (sources?.length !== 1) return undefined;
  const sourcePath = scenario.sources[(sources[0] ?? 0) % scenario.sources.length];
  const last = recorders.backups.runs.findLast(
    (run) => run.device === "pc" && run.sourcePath === sourcePath,
  );
  if (last === undefined || !canBeDoneAgain(last.job)) return undefined;
  const isThere = device.agent.sources.list().some(({ id }) => id === last.job.sourceId);
  return isThere ? last : undefined;
}

function choiceOf(simulation: Simulation, step: BackupStep): BackupChoice {
  const sourceIds = sourceIdsOf(simulation, step);
  return {
    ...(sourceIds === undefined ? {} : { sourceIds }),
    ...(step.confirmDeletions === true ? { confirmDeletions: true } : {}),
  };
}

/** Undefined: all, also where the tool has none of those that are wished for. */
function sourceIdsOf(
  { scenario, scenarioWorld, device }: Simulation,
  { sources }: BackupStep,
): readonly number[] | undefined {
  if (sources === undefined) return undefined;
  const all = device.agent.sources.list();
  const wanted = new Set(
    sources.map((index) => {
      const path = scenario.sources[index % scenario.sources.length] ?? "";
      return scenarioWorld.paths.toHost(path);
    }),
  );
  const ids = all.filter(({ path }) => wanted.has(path)).map(({ id }) => id);
  return ids.length === 0 ? undefined : ids;
}
