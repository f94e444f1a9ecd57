import type { Scenario } from "../scenario/scenario.ts";
import type { Step } from "../scenario/step.ts";

/**
 * A scenario without what happens at a moment or at the nth of something: which one that is follows from how the
 * agent works. So does how much it holds at once, and with it whether its memory is enough: there is plenty. What
 * people do between the jobs stays, but for what makes room by how much is used at that moment.
 */
export function calm(scenario: Scenario): Scenario {
  const { memoryFreeBytes: _, ...rest } = scenario;
  return { ...rest, timeline: scenario.timeline.flatMap(calmStep) };
}

function calmStep(step: Step): readonly Step[] {
  switch (step.do) {
    case "set-free":
    case "set-quota":
      return [];
    case "backup": {
      const { faults: _, disturbances: _none, withNeighbour: _nobody, ...rest } = step;
      return [rest];
    }
    case "restore": {
      const { faults: _, disturbances: _none, withNeighbour: _nobody, ...rest } = step;
      return [rest];
    }
    default:
      return [step];
  }
}
