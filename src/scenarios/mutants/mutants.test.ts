import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, onTestFinished, test } from "vitest";

import { checkApplies } from "./git-apply.ts";
import { MutantError } from "./mutant.ts";
import { readMutants } from "./read-mutants.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));
const mutants = readMutants(join(project, "fixtures/mutants"));

/** What each piece of a patch replaces, with the lines around it. */
function replacedTexts(patch: string): { readonly file: string; readonly text: string }[] {
  const diffs = patch.split(/^diff .*\n/m).slice(1);
  return diffs.flatMap((diff) => {
    const [head = "", ...hunks] = diff.split(/^@@ .*\n/m);
    const file = /^--- a\/(.*)$/m.exec(head)?.[1] ?? "";
    return hunks.map((hunk) => {
      const old = hunk.split("\n").filter((line) => /^[ -]/.test(line));
      return { file, text: old.map((line) => `${line.slice(1)}\n`).join("") };
    });
  });
}

describe("the mutants", () => {
  test("come by their positions, and by name where two were added at a time", () => {
    const places = mutants.map(({ position, name }) => `${String(position).padStart(4)} ${name}`);
    expect(places).toEqual(places.toSorted());
  });

  test.each(mutants)("$name: what it removes is said in Japanese and in English", ({ removes }) => {
    expect(removes.ja).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u);
    expect(removes.en).toMatch(/^[\p{L}\d]/u);
    expect(removes.en).not.toMatch(/\p{Script=Hiragana}/u);
  });

  test.each(mutants)("$name: its patch applies, at one place only", (mutant) => {
    checkApplies(project, mutant);
    for (const { file, text } of replacedTexts(readFileSync(mutant.patchPath, "utf8"))) {
      expect(readFileSync(join(project, file), "utf8").split(text)).toHaveLength(2);
    }
  });
});

test("a patch that no longer applies is an error that names it and says how to remake it", () => {
  const folder = mkdtempSync(join(tmpdir(), "mutant-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const patch = [
    "Removes: what is not there any more",
    "Removes (ja): もうないもの",
    "Noticed by: scenarios",
    "Position: 1",
    "",
    "diff --git a/package.json b/package.json",
    "--- a/package.json",
    "+++ b/package.json",
    "@@ -1 +1 @@",
    "-never there",
    "+something else",
    "",
  ];
  writeFileSync(join(folder, "outdated.patch"), patch.join("\n"));

  const [mutant] = readMutants(folder);

  expect(mutant?.name).toBe("outdated");
  expect(() => mutant && checkApplies(project, mutant)).toThrow(MutantError);
  expect(() => mutant && checkApplies(project, mutant)).toThrow(
    /outdated\.patch no longer applies[^]*docs\/mutants\.md/,
  );
});
