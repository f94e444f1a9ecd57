import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { message } from "../../messages/message.ts";
import type { InvariantId, Violation } from "../checkers/shared/violation.ts";
import { plannedRun, scenarioOf } from "../runs/plan.ts";
import { readScenario } from "../runs/read-scenario.ts";
import { KeptFailures } from "./kept-failures.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "azukeru-failures-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const SCENARIO = scenarioOf(plannedRun(1, 300));

function violation(invariant: InvariantId, id = 1): Violation {
  return { invariant, message: message("checked-job.backup", { id }) };
}

test("each distinct failure has one file that can be replayed; what comes with it is no other one", () => {
  const failures = new KeptFailures(folder);
  expect(failures.knows([violation("I1")])).toBe(false);

  const path = failures.add([violation("I1"), violation("I3")], SCENARIO);

  expect(failures.knows([violation("I1", 7)])).toBe(true);
  expect(failures.knows([violation("I3")])).toBe(true);
  expect(failures.knows([violation("I4"), violation("I1")])).toBe(false);
  const { title: _, ...read } = readScenario(path);
  expect(read).toEqual(SCENARIO);
  failures.replace(path, [violation("I1")], { ...SCENARIO, seed: 5 });
  expect(readScenario(path).seed).toBe(5);
  expect(readdirSync(join(folder, "failures"))).toHaveLength(1);
  expect(readFileSync(path, "utf8")).toMatch(/^title: /);
});

test("those of earlier searches are known, until they fail no more", () => {
  const path = new KeptFailures(folder).add([violation("I1")], SCENARIO);

  const failures = new KeptFailures(folder);

  expect(failures.paths).toEqual([path]);
  expect(failures.knows([violation("I1")])).toBe(true);
  failures.drop(path);
  expect(failures.knows([violation("I1")])).toBe(false);
  expect(readdirSync(join(folder, "failures"))).toEqual([]);
});
