import { spawn } from "node:child_process";
import { globSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Mutant } from "./mutant.ts";
import type { PassFolder } from "./pass-folder.ts";
import { PLAN_VARIABLE, type UnitPlan } from "./unit-messages.ts";
import { unitStateOf, type ReachingTest, type UnitVerdict } from "./unit-verdicts.ts";

/** The unit tests: those beside the sources of agent, service and what they share, and the contract tests. */
const UNIT_TESTS = ["src/{agent,sim-server,protocol}/**/*.test.ts", "test/contract/**/*.test.ts"];

/** As which exit code a process of unit tests says that a mutant never ended: the others are still to do. */
const STUCK = 9;

/** How far a slice of unit tests goes. */
export interface UnitOptions {
  readonly mutants: readonly Mutant[];
  /** Milliseconds until the slice is over. */
  readonly leftMs: () => number;
  readonly onPhase: (phase: "reached" | "tries", testCount: number) => void;
}

/** Tries mutants with the unit tests that reach them, until all have been or time is up. */
export async function runUnits(folder: PassFolder, options: UnitOptions): Promise<void> {
  const idCount = folder.read("mutants").reduce((most, { id }) => Math.max(most, id), -1) + 1;
  const seen = [...new Set(reachedBy(folder).map(({ file }) => file))];
  // A process that was ended may have been in the middle of its last file.
  const done = new Set(seen.slice(0, -1));
  const files = globSync(UNIT_TESTS, { cwd: folder.copy })
    .toSorted()
    .filter((file) => !done.has(file));
  if (files.length > 1 || seen.length === 0) {
    options.onPhase("reached", files.length);
    const linesFile = folder.linesFile("unit-reached");
    await runProcess(folder, { files, linesFile, idCount, trials: undefined }, options);
  }
  for (let isStuck = true; isStuck && options.leftMs() > 0;) {
    const { trials } = unitState(folder, options.mutants);
    const testFiles = new Map(reachedBy(folder).map(({ test, file }) => [test, file]));
    const needed = [...new Set(Object.keys(trials).map((test) => testFiles.get(test) ?? ""))];
    if (needed.length === 0) return;
    options.onPhase("tries", needed.length);
    const linesFile = folder.linesFile("unit-tries");
    const plan = { files: needed.toSorted(), linesFile, idCount, trials };
    isStuck = (await runProcess(folder, plan, options)) === STUCK;
  }
}

/** What the unit tests made of mutants so far, by their keys; empty before anything was run. */
export function unitVerdicts(
  folder: PassFolder,
  mutants: readonly Mutant[],
): ReadonlyMap<string, UnitVerdict> {
  return reachedBy(folder).length === 0 ? new Map() : unitState(folder, mutants).verdicts;
}

function unitState(folder: PassFolder, mutants: readonly Mutant[]): ReturnType<typeof unitStateOf> {
  const all = folder.read("mutants");
  const atLoad = new Set(folder.read("at-load").map((place) => all[place]?.id));
  const tries = folder.lines("unit-tries");
  return unitStateOf(mutants, reachedBy(folder), tries, ({ id }) => atLoad.has(id));
}

/** The last that was noted of each test. */
function reachedBy(folder: PassFolder): readonly ReachingTest[] {
  const lines = folder.lines("unit-reached").filter((line) => line.kind === "reached");
  return [...new Map(lines.map((line) => [line.test, line])).values()];
}

function runProcess(
  folder: PassFolder,
  plan: UnitPlan,
  { leftMs }: UnitOptions,
): Promise<number | null> {
  const planFile = folder.temporaryFile("unit-plan");
  writeFileSync(planFile, JSON.stringify(plan));
  const child = spawn(process.execPath, [join(folder.copy, "test/mutation/unit-process.ts")], {
    cwd: folder.copy,
    env: { ...process.env, [PLAN_VARIABLE]: planFile },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const timer = setTimeout(() => child.kill(), Math.min(leftMs(), 2 ** 31 - 1));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}
