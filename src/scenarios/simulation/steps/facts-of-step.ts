import type { BackupStep, WaitStep } from "../../scenario/step.ts";
import type { RunFaults } from "../../scenario/run-faults.ts";
import type { Life } from "../simulation.ts";
import type { StepFacts } from "../observe/step-facts.ts";

/** What a step without faults of its own says about the runs in it. */
export function factsOfStep(life: Life, step: number): StepFacts {
  const { people } = life;
  const outage = outageOf(life);
  return {
    step,
    // A slot asks nobody whether a source that is empty is meant to be: it heals nothing.
    phase: "safety",
    faults: outage === undefined ? {} : { outage },
    crowded: false,
    destinationLosses: people.destinationLosses,
    sourceLosses: people.sourceLosses,
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
export function faultsOfStep(life: Life, { faults = {} }: BackupStep | WaitStep): StepFaults {
  const outage = outageOf(life);
  if (outage === undefined) return { faults, isOut: false, armable: { faults } };
  const { outage: _, ...others } = faults;
  return { faults: { ...others, outage }, isOut: true, armable: { faults: others } };
}

function outageOf({ around }: Life): RunFaults["outage"] {
  const kind = around?.network.outage;
  return kind === undefined ? undefined : { kind, afterMs: 0, forMs: "forever" };
}
