import type { Step } from "../../scenario/step.ts";
import type { Simulation } from "../simulation.ts";
import { removeSource } from "./source-list.ts";

type SplitStep = Extract<Step, { do: "split-source" }>;

/** Takes a source out of the tool's list and adds folders in its place; says whether it was in the list. */
export async function splitSource(
  simulation: Simulation,
  { source, into }: SplitStep,
): Promise<boolean> {
  const { scenario, commands, sourcePaths } = simulation;
  if (!removeSource(simulation, scenario.sources[source] ?? "")) return false;
  for (const path of into) {
    sourcePaths.add(path);
    await commands.addSource(path);
  }
  return true;
}
