import { isExplorerAction } from "../../scenario/explorer-action.ts";
import type { Disturbance } from "../../scenario/step.ts";
import type { Life } from "../simulation.ts";

/** Lets something happen while a job runs. */
export function disturb(life: Life, what: Disturbance["what"]): void {
  const { world, people, stops, around, recorders } = life;
  world.trace.add("world", "disturbance", what.do);
  if (isExplorerAction(what)) return people.explore(what);
  switch (what.do) {
    case "interrupt":
    case "logout":
    case "close-tool":
    case "kill":
    case "power-loss":
      return stops.stop(what);
    case "nap":
    case "set-clock":
    case "set-zone":
      if (around === undefined) return;
      if (what.do === "nap") recorders.nap(what.ms);
      return stops.add(around.disturb(what));
    default:
      return people.change(what);
  }
}
