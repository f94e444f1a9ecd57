import { featuresOf } from "./features-of.ts";
import { isRepeatedRun } from "./plan.ts";
import { runAndCheck } from "./run-one.ts";
import { searchedScenario } from "./searched-scenario.ts";
import type { SearchedRun, SearchOrigin } from "./searched-run.ts";

/** Runs one scenario of a search. */
export async function runSearched(index: number, origin: SearchOrigin): Promise<SearchedRun> {
  const { scenario, thrownAwayCount } = searchedScenario(index, origin);
  const { record, violations, hits } = await runAndCheck(scenario, isRepeatedRun(index));
  return {
    index,
    origin: origin.kind,
    violations,
    features: violations.length === 0 ? featuresOf(record, hits) : [],
    text: JSON.stringify(scenario),
    thrownAwayCount,
  };
}
