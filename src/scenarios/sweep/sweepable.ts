import type { Scenario } from "../scenario/scenario.ts";
import type { Disturbance, Step } from "../scenario/step.ts";

/** A step in which things may happen. */
type DisturbableStep = Extract<Step, { disturbances?: unknown }>;

const DISTURBABLE: Readonly<Record<DisturbableStep["do"], true>> = {
  backup: true,
  restore: true,
  wait: true,
  settings: true,
  "start-tool": true,
};

/**
 * A scenario whose I/O can be counted: in the steps that have a list of disturbances, be it an empty one,
 * and where none has, in every step that can have one.
 */
export function sweepable(scenario: Scenario): Scenario {
  const { timeline } = scenario;
  if (timeline.some((step) => isDisturbable(step) && step.disturbances !== undefined)) {
    return scenario;
  }
  return {
    ...scenario,
    timeline: timeline.map((step) => (isDisturbable(step) ? { ...step, disturbances: [] } : step)),
  };
}

/** Whether points count in a step of a scenario that is sweepable. */
export function isSwept({ timeline }: Scenario, number: number): boolean {
  const step = timeline[number];
  return step !== undefined && isDisturbable(step) && step.disturbances !== undefined;
}

/** The same scenario, in which something more happens in one step. */
export function disturbedAt(
  scenario: Scenario,
  number: number,
  disturbance: Disturbance,
): Scenario {
  const timeline = scenario.timeline.map((step, index) =>
    index === number && isDisturbable(step)
      ? { ...step, disturbances: [...(step.disturbances ?? []), disturbance] }
      : step,
  );
  return { ...scenario, timeline };
}

function isDisturbable(step: Step): step is DisturbableStep {
  return step.do in DISTURBABLE;
}
