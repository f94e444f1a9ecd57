import type { InertReason } from "../../observation/inert-part.ts";
import { isExplorerAction } from "../../scenario/explorer-action.ts";
import type { Disturbance } from "../../scenario/step.ts";
import type { Simulation } from "../simulation.ts";

/** Lets something happen while a job runs. Gives why it did nothing, when it did. */
export function disturb(
  simulation: Simulation,
  { when, what }: Disturbance,
): InertReason | undefined {
  const { world, actors, stops, pc, recorders, device } = simulation;
  world.trace.add("world", "disturbance", what.do);
  if (isExplorerAction(what)) return unlessDone(actors.explore(what));
  switch (what.do) {
    case "look":
      return unlessDone(recorders.look(device));
    case "interrupt":
    case "logout":
    case "close-tool":
    case "fill-state-disk":
      return unlessDone(stops.stop(what.do));
    case "kill":
    case "power-loss":
      return unlessDone(when.at === "io" ? stops.crash(what.do) : stops.stop(what.do));
    case "nap":
    case "set-clock":
    case "set-zone":
    case "set-schedule":
    case "automatic-backup":
      if (pc === undefined) return { code: "needs-pc" };
      if (what.do === "nap") recorders.observer.pcSleeps(what.ms);
      stops.add(pc.disturb(what));
      return undefined;
    default:
      return unlessDone(actors.change(what));
  }
}

function unlessDone(isDone: boolean): InertReason | undefined {
  return isDone ? undefined : { code: "changed-nothing" };
}
