import type { Scenario } from "../../scenario/scenario.ts";

/** The folder that the tool keeps for itself, as a scenario writes its path. */
export function toolHome(disk: Scenario["disk"]): string {
  return disk === "windows" ? "/Users/user/AppData/azukeru" : "/home/user/.azukeru";
}
