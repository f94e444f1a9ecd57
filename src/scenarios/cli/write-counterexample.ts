import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Violation } from "../checkers/shared/violation.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { scenarioText } from "../shrinking/scenario-text.ts";
import { speak } from "../../command-line/process-language.ts";

/** A scenario that violates something. */
interface Found {
  readonly index: number;
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly scenario: Scenario;
}

/**
 * Writes a scenario with its first violation as title, in the language of the command, into a folder; the file's path. The name follows from the
 * run, so that the same scenario made smaller takes its place.
 */
export function writeCounterexample(folder: string, found: Found): string {
  const { index, seed, violations, scenario } = found;
  const [violation] = violations;
  const path = join(folder, `${violation?.invariant ?? "law"}-${seed}.yaml`);
  const title = violation === undefined ? "" : speak(violation.message);
  mkdirSync(folder, { recursive: true });
  // Whole or not at all, also where the series is ended in this moment.
  const partPath = `${path}.part-${index}`;
  writeFileSync(partPath, scenarioText(scenario, title));
  renameSync(partPath, path);
  return path;
}
