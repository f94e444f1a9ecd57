import type { Disturbance } from "../../data/step.ts";
import type { Life } from "../life/life.ts";

/** Lets something happen while a job runs. */
export function disturb(life: Life, what: Disturbance["what"]): void {
  const { world, people, stops, around, recorders } = life;
  world.trace.add("world", "disturbance", what.do);
  switch (what.do) {
    case "interrupt":
    case "logout":
    case "close-tool":
    case "kill":
    case "power-loss":
      return stops.stop(what);
    case "delete-destination":
    case "rename-destination":
    case "delete-file":
    case "rename-file":
    case "delete-folder":
    case "put-file":
    case "replace-file":
    case "store-elsewhere":
    case "set-free":
    case "set-quota":
      return people.explore(what);
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
