import type { InertReason } from "../../observation/inert-part.ts";
import type { Simulation } from "../simulation.ts";

/** A person adds a folder to the tool's list; gives why that did nothing, when it did. */
export async function addSource(
  { commands, sourcePaths }: Simulation,
  path: string,
): Promise<InertReason | undefined> {
  const errorCode = await commands.addSource(path);
  if (errorCode !== undefined) return { code: "refused", errorCode };
  sourcePaths.add(path);
  return undefined;
}

/** A person takes a folder out of the tool's list; says whether it was in it. */
export function removeSource(
  { scenarioWorld, device, commands, sourcePaths }: Simulation,
  path: string,
): boolean {
  const host = scenarioWorld.paths.toHost(path);
  if (!device.agent.sources.list().some((source) => source.path === host)) return false;
  commands.removeSource(path);
  sourcePaths.delete(path);
  return true;
}
