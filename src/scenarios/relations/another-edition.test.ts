import * as fc from "fast-check";
import { expect, test } from "vitest";

import { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import { randomScenarioArbitrary } from "../generators/random/random-scenario.ts";
import { scenarioSchema } from "../scenario/scenario.ts";
import type { Step } from "../scenario/step.ts";
import { daysOfAnyEdition, keptByAll, underAnotherEdition } from "./another-edition.ts";

const DAYS = fc.sample(randomScenarioArbitrary(), { numRuns: 50, seed: 1 });

test("the other life is under a plan of the other edition, and differs in nothing else", () => {
  for (const scenario of DAYS) {
    const other = underAnotherEdition(scenario, new SeededRandom("1"));
    expect(other.edition).not.toBe(scenario.edition);
    expect(scenarioSchema.safeParse(other).success).toBe(true);
    expect({ ...other, edition: scenario.edition, plan: scenario.plan }).toEqual(scenario);
  }
});

test("a generation is restored only while every plan still has it", () => {
  const restore = (generation?: number): Step => ({
    do: "restore",
    from: { source: 0, path: "a", entryKind: "file" },
    to: "/restored",
    ...(generation !== undefined && { generation }),
  });
  const backup: Step = { do: "backup" };
  const early = [backup, backup, backup, restore(1)];
  for (const scenario of DAYS) {
    const days = { ...scenario, timeline: [...early, backup, restore(1), restore()] };
    expect(daysOfAnyEdition(days).timeline).toEqual([...early, backup, restore()]);
  }
});

test("what is compared of a file are the generations that every plan keeps", () => {
  const files = new Map([["a", ["5", "4", "3", "2", "1"]]]);
  const empty = { jobs: [], rows: [], folders: new Set<string>(), restored: new Map() };
  expect(keptByAll({ ...empty, files }).files.get("a")).toEqual(["5", "4", "3"]);
});
