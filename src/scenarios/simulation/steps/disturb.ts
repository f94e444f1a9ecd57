import { isExplorerAction } from "../../scenario/explorer-action.ts";
import type { Disturbance } from "../../scenario/step.ts";
import type { Simulation } from "../simulation.ts";

/** Lets something happen while a job runs. */
export function disturb(simulation: Simulation, { when, what }: Disturbance): void {
  const { world, actors, stops, pc, recorders } = simulation;
  world.trace.add("world", "disturbance", what.do);
  if (isExplorerAction(what)) return actors.explore(what);
  switch (what.do) {
    case "interrupt":
    case "logout":
    case "close-tool":
      return stops.stop(what.do);
    case "kill":
    case "power-loss":
      return when.at === "io" ? stops.crash(what.do) : stops.stop(what.do);
    case "nap":
    case "set-clock":
    case "set-zone":
      if (pc === undefined) return;
      if (what.do === "nap") recorders.observer.pcSleeps(what.ms);
      return stops.add(pc.disturb(what));
    default:
      return actors.change(what);
  }
}
