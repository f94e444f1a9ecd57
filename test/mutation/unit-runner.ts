import { appendFileSync, readFileSync } from "node:fs";

import { TestRunner, type RunnerTestCase, type TestTryOptions } from "vitest";

import { switches } from "./switches.ts";
import { PLAN_VARIABLE, type UnitLine, type UnitPlan } from "./unit-messages.ts";

const plan = JSON.parse(readFileSync(process.env[PLAN_VARIABLE] ?? "", "utf8")) as UnitPlan;

/** A mutant that a test reaches so often is in a loop. */
const HIT_COUNT_MAX = 2_000_000;

/**
 * Runs tests in the instrumented copy: each once, noting what it reaches; or, where mutants are planned for it, once
 * for each of them, with its hooks, in the modules that are there. A mutant that one test noticed is not tried again.
 */
class UnitRunner extends TestRunner {
  readonly #noticed = noticedSoFar();
  readonly #chosen = new Map<string, readonly number[]>();
  readonly #startedAtMs = new Map<string, number>();

  override async onBeforeRunTask(test: RunnerTestCase): Promise<void> {
    await super.onBeforeRunTask(test);
    if (plan.trials === undefined) return;
    const mutants = this.#mutantsOf(test);
    if (mutants.length === 0) test.mode = "skip";
    test.repeats = Math.max(0, mutants.length - 1);
    this.#chosen.set(test.id, mutants);
  }

  override onBeforeTryTask(test: RunnerTestCase, attempt: TestTryOptions): void {
    super.onBeforeTryTask(test, attempt);
    switches.hitCount = 0;
    switches.hitCountMax = HIT_COUNT_MAX;
    if (plan.trials === undefined) {
      this.#startedAtMs.set(test.id, performance.now());
      switches.hits = new Uint32Array(plan.idCount);
      return;
    }
    const id = this.#chosen.get(test.id)?.[attempt.repeats] ?? -1;
    write({ kind: "begun", test: test.id, id });
    switches.activeMutant = id;
  }

  /** After each try with its hooks, whatever came of it. */
  override async onAfterRetryTask(test: RunnerTestCase, attempt: TestTryOptions): Promise<void> {
    await super.onAfterRetryTask(test, attempt);
    const { hits } = switches;
    const isGood = test.result?.state !== "fail";
    switches.activeMutant = -1;
    switches.hits = undefined;
    if (plan.trials === undefined) {
      const ids = [...(hits ?? []).entries()].flatMap(([id, count]) => (count > 0 ? [id] : []));
      const ms = Math.round(performance.now() - (this.#startedAtMs.get(test.id) ?? 0));
      const name = fullName(test);
      write({ kind: "reached", test: test.id, name, file: test.file.name, isGood, ms, ids });
      return;
    }
    const id = this.#chosen.get(test.id)?.[attempt.repeats] ?? -1;
    write({ kind: isGood ? "passed" : "failed", test: test.id, id });
    if (!isGood) this.#noticed.add(id);
    // The next mutant begins with a clean slate; what failed here is no news of the test.
    if (test.result) {
      test.result.state = "pass";
      delete test.result.errors;
    }
  }

  #mutantsOf(test: RunnerTestCase): readonly number[] {
    return (plan.trials?.[test.id] ?? []).filter((id) => !this.#noticed.has(id));
  }
}

// oxlint-disable-next-line import/no-default-export -- vitest asks for one
export default UnitRunner;

function fullName(test: RunnerTestCase): string {
  const names = [test.name];
  for (let around = test.suite; around; around = around.suite) names.unshift(around.name);
  return names.join(" > ");
}

/** Mutants that tests of other files noticed. */
function noticedSoFar(): Set<number> {
  const lines = readFileSync(plan.linesFile, "utf8").split("\n").slice(0, -1);
  const found = lines.map((line) => JSON.parse(line) as UnitLine);
  return new Set(
    found.flatMap((line) => (line.kind === "failed" || line.kind === "stuck" ? [line.id] : [])),
  );
}

function write(line: UnitLine): void {
  appendFileSync(plan.linesFile, `${JSON.stringify(line)}\n`);
}
