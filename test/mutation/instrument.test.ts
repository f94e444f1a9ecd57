import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { instrument } from "./instrument.ts";
import type { Mutant } from "./mutant.ts";

const SOURCE = `
/** Counts. */
export class Counter {
  #count = 0;

  /** Adds one. */
  add(by: number): number {
    if (by > 1) return (this.#count += by);
    return this.#count as number;
  }
}

export const LIMITS: { most: string } = { most: "x" };

export function tell(): string {
  return say({ ja: "言葉", en: "words" });
}
`;

async function instrumented(source: string): ReturnType<typeof instrument> {
  const folder = mkdtempSync(join(tmpdir(), "instrument-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "one.ts"), "export const first = 1 + 1;\n");
  writeFileSync(join(folder, "two.ts"), source);
  return await instrument(folder, ["one.ts", "two.ts"]);
}

function named({ mutants }: Awaited<ReturnType<typeof instrument>>): string[] {
  return mutants.map(
    ({ within, original, replacement }) => `${within}: ${original} -> ${replacement}`,
  );
}

test("says of each mutant what it replaces by what, and in which function", async () => {
  const made = named(await instrumented(SOURCE));

  expect(made).toContain("first: 1 + 1 -> 1 - 1");
  expect(made).toContain("Counter.add: by > 1 -> by >= 1");
  expect(made).toContain('LIMITS: "x" -> ""');
});

test("leaves the words of command lines alone", async () => {
  expect(named(await instrumented(SOURCE)).filter((name) => name.includes("words"))).toEqual([
    'tell: { return say({ ja: "言葉", en: "words" }); } -> {}',
  ]);
});

test("writes TypeScript that Node strips of its types, with numbers for the mutants", async () => {
  const { files, mutants } = await instrumented(SOURCE);
  const content = files.find(({ file }) => file === "two.ts")?.content ?? "";
  const greater = mutants.find(({ replacement }) => replacement === "by >= 1");

  expect(() => stripTypeScriptTypes(content)).not.toThrow();
  expect(content).toContain(`stryMutAct_9fa48(${greater?.id}) ? by >= 1`);
  expect(content).toMatch(/^import .* from "\.?\.?\/?test\/mutation\/switches\.ts";/);
});

test("keeps the keys of mutants when something else in the file changes, and no others", async () => {
  const keys = ({ mutants }: { readonly mutants: readonly Mutant[] }): Set<string> =>
    new Set(mutants.map(({ key }) => key));
  const before = keys(await instrumented(SOURCE));
  const moved = await instrumented(`\n\nexport const more = "more";\n${SOURCE}`);
  const edited = await instrumented(SOURCE.replace("by > 1", "by > 2"));

  expect(before.isSubsetOf(keys(moved))).toBe(true);
  expect([...before.difference(keys(edited))]).not.toEqual([]);
});
