import type { Mutant } from "./mutant.ts";
import type { UnitLine } from "./unit-messages.ts";

/** A test, and what it reaches where no mutant is active. */
export type ReachingTest = Extract<UnitLine, { kind: "reached" }>;

/**
 * What the unit tests make of a mutant. `open`: some of the tests that reach it have not been run with it yet.
 * `at-load`: it works only while modules are read, and modules are read once for all mutants; it is not tried.
 */
export interface UnitVerdict {
  readonly kind: "killed" | "stuck" | "survived" | "not-reached" | "at-load" | "open";
  /** The test that noticed it. */
  readonly by?: string;
}

/** Tests at most for each mutant, the quickest first. */
const TEST_COUNT_MAX = 60;

/** What is known of mutants, and which tests are still to be run with which of them. */
interface UnitState {
  /** By the key of the mutant. */
  readonly verdicts: ReadonlyMap<string, UnitVerdict>;
  /** By the id of the test, the ids of mutants. */
  readonly trials: Readonly<Record<string, readonly number[]>>;
}

/** Puts together what tests reach, and what became of each try. Tests that fail without any mutant count for nothing. */
export function unitStateOf(
  mutants: readonly Mutant[],
  reached: readonly ReachingTest[],
  tries: readonly UnitLine[],
  isAtLoad: (mutant: Mutant) => boolean,
): UnitState {
  const good = reached.filter(({ isGood }) => isGood).toSorted((one, other) => one.ms - other.ms);
  const testsOf = new Map<number, ReachingTest[]>();
  for (const test of good) {
    for (const id of test.ids) {
      const tests = testsOf.get(id) ?? [];
      if (tests.length < TEST_COUNT_MAX) tests.push(test);
      testsOf.set(id, tests);
    }
  }
  const nameOf = new Map(good.map(({ test, name }) => [test, name]));
  const noticed = new Map<number, UnitVerdict>();
  const passed = new Set<string>();
  for (const line of tries) {
    if (line.kind === "passed") passed.add(`${line.id} ${line.test}`);
    if (line.kind !== "failed" && line.kind !== "stuck") continue;
    const kind = line.kind === "failed" ? "killed" : "stuck";
    noticed.set(line.id, { kind, by: nameOf.get(line.test) ?? line.test });
  }
  const verdicts = new Map<string, UnitVerdict>();
  const trials: Record<string, number[]> = {};
  for (const mutant of mutants) {
    const { id, key } = mutant;
    const tests = testsOf.get(id) ?? [];
    const left = tests.filter(({ test }) => !passed.has(`${id} ${test}`));
    const known = noticed.get(id);
    if (known !== undefined) verdicts.set(key, known);
    else if (left.length > 0) verdicts.set(key, { kind: "open" });
    else if (tests.length > 0) verdicts.set(key, { kind: "survived" });
    else verdicts.set(key, { kind: isAtLoad(mutant) ? "at-load" : "not-reached" });
    if (known === undefined) for (const { test } of left) (trials[test] ??= []).push(id);
  }
  return { verdicts, trials };
}
