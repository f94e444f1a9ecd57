import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { stringify } from "yaml";

import type { Counterexample } from "../runs/run-outcome.ts";

/** Writes a shrunk scenario into a folder; the file's path. */
export function writeCounterexample(folder: string, found: Counterexample): string {
  const invariant = found.violations[0]?.invariant ?? "law";
  const path = join(folder, `${invariant}-${found.seed}.yaml`);
  const title = found.violations[0]?.message ?? "";
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, stringify({ title, ...found.scenario }));
  return path;
}
