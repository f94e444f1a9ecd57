import * as fc from "fast-check";
import { expect, test } from "vitest";

import { randomScenarioArbitrary } from "../generators/random/random-scenario.ts";
import { scenarioSchema, type Scenario } from "../scenario/scenario.ts";
import { daysOfParts, joinParts, splitIntoParts } from "./parts-of-source.ts";
import { daysOfHalves, HALF_NAMES, splitIntoHalves } from "./split-source.ts";

const DAYS = fc.sample(randomScenarioArbitrary(), { numRuns: 100, seed: 1 });

function isScenario(scenario: Scenario): boolean {
  return scenarioSchema.safeParse(scenario).success;
}

test("sources that were joined and split again are what they were", () => {
  for (const scenario of DAYS) {
    const apart = daysOfParts(scenario, scenario.sources);
    const joined = joinParts(apart);
    expect(joined.sources).toEqual(["/data"]);
    expect(isScenario(joined)).toBe(true);
    const again = splitIntoParts(joined, apart.sources);
    expect(again.sources).toEqual(apart.sources);
    expect(again.timeline.map(placeOf)).toEqual(apart.timeline.map(placeOf));
  }
});

test("days of halves have most of the source in two folders, and stay so", () => {
  for (const scenario of DAYS) {
    const days = daysOfHalves(scenario);
    expect(isScenario(days)).toBe(true);
    expect(daysOfHalves(days)).toEqual(days);
    const parts = splitIntoHalves(days);
    expect(parts.sources).toEqual(HALF_NAMES.map((name) => `/data/仕事/${name}`));
    expect(isScenario(parts)).toBe(true);
    expect(joinParts(parts).timeline.map(placeOf)).toEqual(days.timeline.map(placeOf));
  }
});

test("nothing is done in such days to a part as a whole, nor across parts", () => {
  for (const { timeline } of DAYS.map(daysOfHalves)) {
    for (const step of timeline) {
      expect(step).not.toHaveProperty("source");
      if (step.do !== "rename") continue;
      expect(step.to.split("/")[3]).toBe(step.path.split("/")[3]);
    }
  }
});

/** What is restored, and where to; the same whether all of it is named by an empty path or by none. */
function placeOf(step: Scenario["timeline"][number]): unknown {
  return step.do === "restore" ? [step.from.source, step.from.path ?? "", step.to] : step;
}
