import type { RunFaults } from "../scenario/run-faults.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { scenarioText } from "./scenario-text.ts";

/** How much somebody has to read who is shown a scenario. */
export interface ScenarioSize {
  /** Lines of tree and timeline in its file, what goes wrong in steps included. */
  readonly lines: number;
  readonly steps: number;
  /** Faults and disturbances of all steps. */
  readonly faults: number;
  /** Entries of the tree. */
  readonly entries: number;
}

/** How large a scenario is. */
export function scenarioSize(scenario: Scenario): ScenarioSize {
  const { tree, timeline } = scenario;
  const text = scenarioText(scenario).split("\n");
  const { tree: _, timeline: _none, ...rest } = scenario;
  const around = scenarioText({ ...rest, tree: {}, timeline: [] }).split("\n");
  return {
    // `tree: {}` and `timeline: []` are a line each, as the words above entries and steps are.
    lines: text.length - around.length,
    steps: timeline.length,
    faults: timeline.reduce((sum, step) => {
      const faults = "faults" in step && !Array.isArray(step.faults) ? step.faults : undefined;
      const disturbances = "disturbances" in step ? (step.disturbances ?? []) : [];
      return sum + faultCountOf(faults ?? {}) + disturbances.length;
    }, 0),
    entries: Object.keys(tree).length,
  };
}

function faultCountOf(faults: RunFaults): number {
  return Object.values(faults).reduce<number>(
    (sum, held) => sum + (Array.isArray(held) ? held.length : 1),
    0,
  );
}
