import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { runScenario } from "../simulation/run-scenario.ts";
import { checkRun } from "../checkers/check-run.ts";
import { readScenario } from "./read-scenario.ts";

const fixtures = fileURLToPath(new URL("../../../fixtures/", import.meta.url));

const files = ["scenarios", "regressions"].flatMap((folder) =>
  readdirSync(join(fixtures, folder)).map((name) => join(folder, name)),
);

describe("the scenarios in files", () => {
  test.each(files)("%s: every law holds, and a second run leaves the same trace", async (file) => {
    const scenario = readScenario(join(fixtures, file));
    const record = await runScenario(scenario);
    expect(checkRun(record).violations).toEqual([]);
    expect((await runScenario(scenario)).traceHash).toBe(record.traceHash);
  });

  test.each(readdirSync(join(fixtures, "scenarios")))(
    "scenarios/%s: nothing in it is without effect, since people learn from it",
    async (file) => {
      const record = await runScenario(readScenario(join(fixtures, "scenarios", file)));
      expect(record.inertParts).toEqual([]);
    },
  );
});
