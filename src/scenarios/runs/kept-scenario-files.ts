import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** In this order: what once broke a law, then the examples. */
const FOLDERS = ["regressions", "scenarios"];

/** The files with scenarios that the project keeps, in the order in which every series runs them first; none where it is not at hand. */
export function keptScenarioFiles(): readonly string[] {
  return FOLDERS.flatMap(filesIn);
}

/** The small scenarios in which every fault strikes at every point; none where the project is not at hand. */
export function sweptFiles(): readonly string[] {
  return filesIn("sweep");
}

function filesIn(name: string): readonly string[] {
  const folder = join(fileURLToPath(new URL("../../../fixtures/", import.meta.url)), name);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((file) => /\.(ya?ml|json)$/.test(file));
  return names.toSorted().map((file) => join(folder, file));
}
