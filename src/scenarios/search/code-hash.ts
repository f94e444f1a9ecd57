import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../../../", import.meta.url));

/** A hash of all that decides what a scenario comes to: the source, and the scenarios that the project keeps. */
export function codeHash(): string {
  const hash = createHash("sha256");
  const patterns = ["src/**/*", "fixtures/{regressions,scenarios}/*"];
  for (const name of globSync(patterns, { cwd: PROJECT }).toSorted()) {
    const path = join(PROJECT, name);
    if (statSync(path).isFile()) hash.update(name).update(readFileSync(path));
  }
  return hash.digest("hex");
}
