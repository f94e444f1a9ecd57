import { readFileSync } from "node:fs";

import { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import { scenarioSchema, type Scenario } from "../scenario/scenario.ts";
import { mutateScenario } from "../variation/mutate-scenario.ts";
import { firstPassRunCount, plannedRun, scenarioOf } from "./plan.ts";
import { readScenario } from "./read-scenario.ts";
import type { SearchOrigin } from "./searched-run.ts";

/** Changes that are tried before a scenario is run as it was kept. */
const CHANGE_TRIES_MAX = 20;

/** The scenario of a search with a number, and how many changes were thrown away on the way to it. */
export function searchedScenario(
  index: number,
  origin: SearchOrigin,
): { readonly scenario: Scenario; readonly thrownAwayCount: number } {
  if (origin.kind === "fresh") {
    // Behind the first pass, which every series has: what is directed comes as often as there.
    const planned = plannedRun(origin.seriesSeed, firstPassRunCount() + index);
    return { scenario: scenarioOf(planned), thrownAwayCount: 0 };
  }
  const scenario = readKept(origin.path);
  if (origin.kind === "kept") return { scenario, thrownAwayCount: 0 };
  const random = new SeededRandom(origin.seed);
  const donor = readKept(origin.donorPath);
  for (let tried = 0; tried < CHANGE_TRIES_MAX; tried += 1) {
    const changed = mutateScenario(scenario, donor, random);
    if (changed !== undefined) return { scenario: changed, thrownAwayCount: tried };
  }
  return { scenario, thrownAwayCount: CHANGE_TRIES_MAX };
}

/** What a search keeps is JSON, for which no places in the file have to be known: that is many times faster. */
function readKept(path: string): Scenario {
  if (!path.endsWith(".json")) return readScenario(path);
  const { success, data } = scenarioSchema.safeParse(JSON.parse(readFileSync(path, "utf8")));
  // What is wrong with it is told with its place.
  return success ? data : readScenario(path);
}
