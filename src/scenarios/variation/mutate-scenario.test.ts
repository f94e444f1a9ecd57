import { expect, test } from "vitest";

import { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import { keptScenarioFiles } from "../runs/kept-scenario-files.ts";
import { plannedRun, scenarioOf } from "../runs/plan.ts";
import { readScenario } from "../runs/read-scenario.ts";
import { scenarioSchema, type Scenario } from "../scenario/scenario.ts";
import { canBeDone } from "./can-be-done.ts";
import { FAULT_MUTATORS } from "./fault-mutators.ts";
import { mutateScenario } from "./mutate-scenario.ts";
import { NUMBER_MUTATORS } from "./number-mutators.ts";
import { SURROUNDINGS_MUTATORS } from "./surroundings-mutators.ts";
import { TIMELINE_MUTATORS } from "./timeline-mutators.ts";

const SCENARIOS: readonly Scenario[] = [
  ...keptScenarioFiles().map(readScenario),
  ...Array.from({ length: 60 }, (_, index) => scenarioOf(plannedRun(1, 300 + index))),
];

function any(random: SeededRandom): Scenario {
  const found = SCENARIOS[random.int(SCENARIOS.length)];
  if (found === undefined) throw new Error("there are no scenarios");
  return found;
}

test("makes scenarios that the schema takes and that can be done, and leaves both that it is made of as they are", () => {
  const random = new SeededRandom("mutate");
  let madeCount = 0;
  for (let round = 0; round < 600; round += 1) {
    const [base, donor] = [any(random), any(random)];
    const before = JSON.stringify([base, donor]);
    const made = mutateScenario(base, donor, random);
    expect(JSON.stringify([base, donor])).toBe(before);
    if (made === undefined) continue;
    madeCount += 1;
    expect(scenarioSchema.safeParse(made).error).toBeUndefined();
    expect(canBeDone(made)).toBe(true);
  }
  // What is thrown away costs time that finds nothing.
  expect(madeCount).toBeGreaterThan(400);
});

test("makes the same of the same, and something else of another seed", () => {
  // A few that the project keeps are larger than what a search makes: most changes leave them so.
  const [base, donor] = SCENARIOS.filter(canBeDone);
  if (base === undefined || donor === undefined) throw new Error("there are no scenarios");
  const textsOf = (): readonly (string | undefined)[] =>
    Array.from({ length: 20 }, (_, seed) =>
      JSON.stringify(mutateScenario(base, donor, new SeededRandom(seed))),
    );
  const texts = textsOf();
  expect(textsOf()).toEqual(texts);
  // Some make what is no scenario, which is thrown away.
  expect(new Set(texts).size).toBeGreaterThan(5);
});

const ALL = { TIMELINE_MUTATORS, FAULT_MUTATORS, NUMBER_MUTATORS, SURROUNDINGS_MUTATORS };

test.each(
  // Those that come more often are drawn more often.
  [...new Set(Object.values(ALL).flat())].map((mutator) => ({ name: mutator.name, mutator })),
)("$name by itself makes other scenarios", ({ mutator }) => {
  const random = new SeededRandom("one");
  const made = Array.from({ length: 150 }, () => {
    const base = any(random);
    const draft = structuredClone(base);
    mutator(draft, any(random), random);
    const isOther = JSON.stringify(draft) !== JSON.stringify(base);
    return isOther && scenarioSchema.safeParse(draft).success && canBeDone(draft);
  });
  expect(made.filter(Boolean).length).toBeGreaterThan(10);
});

test("takes nothing that has no PC for something about one, and no restore into a source", () => {
  const plain = scenarioSchema.parse({
    version: 1,
    seed: 1,
    start: "2026-11-24T00:00:00Z",
    zone: "Asia/Tokyo",
    edition: "office-anshin",
    plan: "standard",
    disk: "linux",
    tree: {},
    sources: ["/data"],
    timeline: [{ do: "backup" }],
  });
  const withSteps = (...timeline: Scenario["timeline"]): Scenario => ({ ...plain, timeline });

  expect(canBeDone(plain)).toBe(true);
  expect(canBeDone(withSteps({ do: "sleep" }))).toBe(false);
  expect(canBeDone(withSteps({ do: "restore", from: { source: 0 }, to: "/data/in" }))).toBe(false);
  const crowded = { do: "backup", withNeighbour: true } as const;
  expect(canBeDone(withSteps(crowded))).toBe(true);
  expect(canBeDone(withSteps({ ...crowded, faults: { freeBytes: 1 } }))).toBe(false);
  expect(canBeDone({ ...plain, disk: "windows", pc: { kind: "linux" } })).toBe(false);
});
