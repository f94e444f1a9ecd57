import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { queryObjects } from "node:v8";
import * as fc from "fast-check";
import { expect, test } from "vitest";

import { nativeLoop } from "../../sim-server/kernel/native-loop.ts";
import { World } from "../../sim-server/world.ts";
import { randomScenarioArbitrary } from "../generators/random/random-scenario.ts";
import { readScenario } from "../runs/read-scenario.ts";
import { ignoreGoneProcesses } from "./process/ignore-gone-processes.ts";
import { runScenario } from "./run-scenario.ts";

const fixtures = fileURLToPath(new URL("../../../fixtures/scenarios/", import.meta.url));

test("nothing is kept of a world that is over", async () => {
  using _ = ignoreGoneProcesses();
  const kept = readdirSync(fixtures).map((name) => readScenario(fixtures + name));
  // PCs that sleep, processes that are killed, proxies: each has its own way to leave a connection open.
  const random = fc.sample(randomScenarioArbitrary(undefined), { seed: 1, numRuns: 30 });
  for (const scenario of [...kept, ...random]) await runScenario(scenario);
  // Parsers are let go once they have come to rest.
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>(nativeLoop.soon);
  // The newest may still be on the stack of what ran it.
  expect(queryObjects(World)).toBeLessThanOrEqual(1);
});
