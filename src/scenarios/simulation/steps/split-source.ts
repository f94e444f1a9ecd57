import type { Step } from "../../scenario/step.ts";
import type { Simulation } from "../simulation.ts";

type SplitStep = Extract<Step, { do: "split-source" }>;

/** Takes a source out of the tool's list and adds folders in its place; says whether it was in the list. */
export async function splitSource(
  { scenario, scenarioWorld, device, commands, sourcePaths }: Simulation,
  { source, into }: SplitStep,
): Promise<boolean> {
  const whole = scenario.sources[source] ?? "";
  const host = scenarioWorld.paths.toHost(whole);
  if (!device.agent.sources.list().some(({ path }) => path === host)) return false;
  commands.removeSource(whole);
  sourcePaths.delete(whole);
  for (const path of into) {
    sourcePaths.add(path);
    await commands.addSource(path);
  }
  return true;
}
