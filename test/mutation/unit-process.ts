import { appendFileSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { startVitest } from "vitest/node";

import { PLAN_VARIABLE, type UnitLine, type UnitPlan } from "./unit-messages.ts";

/*
 * The process of the instrumented copy that runs unit tests. The tests are in threads, so that what never ends is seen
 * from here by the processor time that it takes.
 */
const COPY = fileURLToPath(new URL("../../", import.meta.url));
const plan = JSON.parse(readFileSync(process.env[PLAN_VARIABLE] ?? "", "utf8")) as UnitPlan;

/** Processor time without any news of a test, after which the mutant that was begun last is stuck. */
const CPU_MS_MAX = 20_000;
/** How often that is looked at. */
const LOOK_EVERY_MS = 1_000;
/** A test that waits for what never comes. No unit test takes a second. */
const TEST_MS_MAX = 60_000;

/** Who started it; a process whose starter was killed has nobody to tell. */
const starter = process.ppid;

let newsBytes = 0;
let cpuMsAtNews = 0;
setInterval(() => {
  if (process.ppid !== starter) process.exit(1);
  const bytes = statSync(plan.linesFile).size;
  const { user, system } = process.cpuUsage();
  const cpuMs = (user + system) / 1000;
  if (bytes !== newsBytes || plan.trials === undefined) {
    [newsBytes, cpuMsAtNews] = [bytes, cpuMs];
  } else if (cpuMs - cpuMsAtNews > CPU_MS_MAX) {
    const begun = lastBegun();
    if (begun !== undefined) {
      const line: UnitLine = { ...begun, kind: "stuck" };
      appendFileSync(plan.linesFile, `${JSON.stringify(line)}\n`);
    }
    process.exit(STUCK);
  }
}, LOOK_EVERY_MS).unref();

/** As which exit code it is said that a mutant was stuck, and that the rest is still to do. */
const STUCK = 9;

function lastBegun(): Extract<UnitLine, { kind: "begun" }> | undefined {
  const lines = readFileSync(plan.linesFile, "utf8").split("\n").slice(0, -1);
  const found = lines.map((line) => JSON.parse(line) as UnitLine);
  return found.findLast((line) => line.kind === "begun");
}

const vitest = await startVitest("test", [], {
  root: COPY,
  config: false,
  watch: false,
  include: [...plan.files],
  setupFiles: [join(COPY, "test/fixed-seed.ts")],
  runner: join(COPY, "test/mutation/unit-runner.ts"),
  pool: "threads",
  maxWorkers: 1,
  testTimeout: TEST_MS_MAX,
  hookTimeout: TEST_MS_MAX,
  reporters: [{}],
  silent: true,
  dangerouslyIgnoreUnhandledErrors: true,
});
await vitest.close();
process.exit(0);
