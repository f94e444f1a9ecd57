import type { BackupStep, WaitStep } from "../../scenario/step.ts";
import type { RunFaults } from "../../scenario/run-faults.ts";
import type { Simulation } from "../simulation.ts";
import type { StepFacts } from "../observe/step-facts.ts";

/** What a step without faults of its own says about the runs in it. */
export function factsOfStep(simulation: Simulation, step: number): StepFacts {
  const { actors } = simulation;
  const outage = outageOf(simulation);
  return {
    step,
    // A slot asks nobody whether a source that is empty is meant to be: it heals nothing.
    phase: "safety",
    faults: outage === undefined ? {} : { outage },
    crowded: false,
    destinationLosses: actors.destinationLosses,
    sourceLosses: actors.sourceLosses,
    outageBegan: () => outage !== undefined,
  };
}

/** The faults of a step. */
export interface StepFaults {
  /** What a run in it meets. */
  readonly faults: RunFaults;
  /** What of it the step itself has to bring about. */
  readonly armable: Pick<BackupStep, "faults">;
  /** Whether the network is out already. */
  readonly isOut: boolean;
}

/** The faults of a step on a PC that may be without a network anyway: then it has no outage besides. */
export function faultsOfStep(
  simulation: Simulation,
  { faults = {} }: BackupStep | WaitStep,
): StepFaults {
  const outage = outageOf(simulation);
  if (outage === undefined) return { faults, isOut: false, armable: { faults } };
  const { outage: _, ...others } = faults;
  return { faults: { ...others, outage }, isOut: true, armable: { faults: others } };
}

function outageOf({ pc }: Simulation): RunFaults["outage"] {
  const kind = pc?.network.outage;
  return kind === undefined ? undefined : { kind, afterMs: 0, forMs: "forever" };
}
