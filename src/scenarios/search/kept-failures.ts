import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { speak } from "../../command-line/process-language.ts";
import type { Violation } from "../checkers/shared/violation.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { failureName } from "../shrinking/failure-name.ts";
import { scenarioText } from "../shrinking/scenario-text.ts";

/** The failures that were found, each in a file of its own in the folder `failures`, named after how it fails. */
export class KeptFailures {
  readonly #folder: string;
  /** Path -> names of all that its scenario violates: what comes with a failure is no other one. */
  readonly #names = new Map<string, ReadonlySet<string>>();

  /** Makes the folder where it is not there. */
  constructor(folder: string) {
    this.#folder = join(folder, "failures");
    mkdirSync(this.#folder, { recursive: true });
    for (const file of readdirSync(this.#folder).filter((name) => name.endsWith(".yaml")))
      this.#names.set(join(this.#folder, file), new Set([basename(file, ".yaml")]));
  }

  /** The files, those of earlier searches included. */
  get paths(): readonly string[] {
    return [...this.#names.keys()].toSorted();
  }

  /** Whether a file is one of a failure. */
  hasFile(path: string): boolean {
    return this.#names.has(path);
  }

  /** Whether the first of some violations is one that a file has. */
  knows([first]: readonly Violation[]): boolean {
    if (first === undefined) return false;
    const name = failureName(first);
    return [...this.#names.values()].some((names) => names.has(name));
  }

  /** Notes that the scenario of a file violates these things too. */
  note(path: string, violations: readonly Violation[]): void {
    this.#names.set(
      path,
      new Set([...(this.#names.get(path) ?? []), ...violations.map(failureName)]),
    );
  }

  /** Writes the scenario of a failure into a file of its own; the file. */
  add(violations: readonly Violation[], scenario: Scenario): string {
    const [first] = violations;
    const path = join(this.#folder, `${first === undefined ? "law" : failureName(first)}.yaml`);
    this.replace(path, violations, scenario);
    return path;
  }

  /** The scenario of a failure was made smaller. */
  replace(path: string, violations: readonly Violation[], scenario: Scenario): void {
    const [first] = violations;
    const title = first === undefined ? "" : speak(first.message);
    this.note(path, violations);
    // Whole or not at all, also where the search is ended in this moment.
    writeFileSync(`${path}.part`, scenarioText(scenario, title));
    renameSync(`${path}.part`, path);
  }

  /** Forgets a failure that fails no more. */
  drop(path: string): void {
    this.#names.delete(path);
    rmSync(path, { force: true });
  }
}
