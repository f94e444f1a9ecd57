/*
 * Runs in a copy of the project that has one bug: reads scenarios as JSON, one a line, from standard input and prints
 * for each whether anything breaks in it, as `true` or `false`.
 */
import { createInterface } from "node:readline";

import { runAndCheck } from "../../src/scenarios/runs/run-one.ts";
import { scenarioSchema } from "../../src/scenarios/scenario/scenario.ts";
import { ignoreGoneProcesses } from "../../src/scenarios/simulation/process/ignore-gone-processes.ts";

ignoreGoneProcesses();
for await (const line of createInterface({ input: process.stdin })) {
  const { violations } = await runAndCheck(scenarioSchema.parse(JSON.parse(line)));
  process.stdout.write(`${violations.length > 0}\n`);
}
