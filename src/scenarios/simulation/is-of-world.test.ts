import { expect, test } from "vitest";

import { honestRun, violatedBy } from "../checkers/testing/honest-run.ts";
import { checkRun } from "../checkers/check-run.ts";
import { judgedAs } from "../checkers/shared/violation.ts";
import { isOfWorld } from "./is-of-world.ts";

function thrown(lines: readonly string[], members: object = {}): Error {
  const error = new Error("something");
  error.stack = ["Error: something", ...lines.map((line) => `    at ${line}`)].join("\n");
  return Object.assign(error, members);
}

const DISK = "call (file:///p/src/sim-server/disk/sim-disk.ts:1:1)";
const AGENT = "async scan (file:///p/src/agent/jobs/backup/scan.ts:1:1)";
const STEP = "async take (file:///p/src/scenarios/simulation/steps/take-step.ts:1:1)";

test.each([
  ["what the agent throws", thrown([AGENT, STEP]), false],
  ["what a package throws that the agent called", thrown(["f (node:net:1:1)", AGENT]), false],
  ["what the disk says to the agent", thrown([DISK, AGENT], { code: "ENOENT" }), false],
  ["what is no answer of the disk", thrown([DISK, AGENT]), true],
  ["what the disk says to the scenario", thrown([DISK, STEP], { code: "ENOENT" }), true],
  ["what a step throws", thrown([STEP]), true],
  ["what comes from nowhere", thrown([]), false],
])("tells whose %s is", (_, error, expected) => {
  expect(isOfWorld(error)).toBe(expected);
});

test("takes a throw of the simulator in a scenario for the harness's own, and not for a broken law", async () => {
  // No file holds such a step: reading one refuses it.
  const record = await honestRun({
    disk: "windows",
    tree: { "/data/a": { content: { text: "a" } } },
    timeline: [{ do: "write", path: "/data/b?", content: { text: "b" } }],
  });

  expect(record.driver).toMatchObject({ kind: "threw", isOfWorld: true });
  expect(violatedBy(record)).toContain("simulator");
  expect(violatedBy(record)).not.toContain("I13");
  expect(judgedAs(checkRun(record).violations)).toBe("harness-failed");
});
