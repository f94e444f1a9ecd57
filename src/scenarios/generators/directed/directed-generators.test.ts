import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { scenarioSchema } from "../../scenario/scenario.ts";
import { directedGenerators } from "./directed-generators.ts";
import { randomScenarioArbitrary } from "../random/random-scenario.ts";

describe("generated scenarios", () => {
  test.each(directedGenerators())(
    "$name: fit the format and survive being written and read",
    ({ arbitrary }) => {
      for (const scenario of fc.sample(arbitrary, { seed: 1, numRuns: 5 })) {
        const read: unknown = JSON.parse(JSON.stringify(scenario));
        expect(scenarioSchema.parse(read)).toEqual(read);
      }
    },
  );

  test("fit the format and survive being written and read, when random", () => {
    for (const scenario of fc.sample(randomScenarioArbitrary(), { seed: 1, numRuns: 200 })) {
      const read: unknown = JSON.parse(JSON.stringify(scenario));
      expect(scenarioSchema.parse(read)).toEqual(read);
    }
  });
});
