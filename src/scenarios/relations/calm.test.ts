import * as fc from "fast-check";
import { expect, test } from "vitest";

import { randomScenarioArbitrary } from "../generators/random/random-scenario.ts";
import { calm } from "./calm.ts";

test("days without moments have neither faults nor a limit of what is held at once", () => {
  const days = fc.sample(randomScenarioArbitrary(), { numRuns: 100, seed: 1 });
  expect(days.some(({ memoryFreeBytes }) => memoryFreeBytes !== undefined)).toBe(true);

  for (const scenario of days.map(calm)) {
    expect(scenario.memoryFreeBytes).toBeUndefined();
    for (const step of scenario.timeline) {
      expect(step).not.toHaveProperty("faults");
      expect(step).not.toHaveProperty("disturbances");
    }
  }
});
