import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import type { ScenarioCoverage } from "./coverage.ts";
import type { Mutant } from "./mutant.ts";
import type { PooledScenario } from "./scenario-pool.ts";
import type { ScenarioVerdict } from "./scenario-verdict.ts";
import type { UnitLine } from "./unit-messages.ts";

/** What a pass is about; another digest of sources and scenarios is another pass. */
interface PassIdentity {
  readonly digest: string;
}

/** What a pass keeps, each in a file of that name. */
interface PassFiles {
  readonly pass: PassIdentity;
  readonly mutants: readonly Mutant[];
  readonly pool: readonly PooledScenario[];
  /** Places of mutants that work while modules are read, once. */
  readonly "at-load": readonly number[];
}

/** What a pass gathers line by line, each in a file of that name. */
interface PassLines {
  readonly reached: ScenarioCoverage;
  readonly "by-scenarios": ScenarioVerdict;
  /** What unit tests reach, of kind `reached`. */
  readonly "unit-reached": UnitLine;
  /** What became of mutants in unit tests, of the other kinds. */
  readonly "unit-tries": UnitLine;
}

/** What of the project the copy needs to run scenarios and unit tests. */
const COPIED = ["src", "bin", "fixtures", "test", "package.json"] as const;

/** Where a pass keeps what it made and found, so that the next slice goes on with it. */
export class PassFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The instrumented copy of the project. */
  get copy(): string {
    return join(this.#folder, "copy");
  }

  /** Begins anew: a fresh copy of the project with the given files in place of its own. */
  makeCopy(
    project: string,
    files: readonly { readonly file: string; readonly content: string }[],
  ): void {
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.copy, { recursive: true });
    for (const name of COPIED) {
      cpSync(join(project, name), join(this.copy, name), { recursive: true });
    }
    symlinkSync(join(project, "node_modules"), join(this.copy, "node_modules"), "dir");
    for (const { file, content } of files) writeFileSync(join(this.copy, file), content);
  }

  /** Whether something was written down under a name. */
  has(name: keyof PassFiles): boolean {
    return existsSync(this.#path(name));
  }

  /** What was written down under a name. */
  read<Name extends keyof PassFiles>(name: Name): PassFiles[Name] {
    return JSON.parse(readFileSync(this.#path(name), "utf8")) as PassFiles[Name];
  }

  write<Name extends keyof PassFiles>(name: Name, value: PassFiles[Name]): void {
    const path = this.#path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(value));
  }

  /** Adds a line; it stays whatever ends the process later. */
  append<Name extends keyof PassLines>(name: Name, value: PassLines[Name]): void {
    appendFileSync(this.#path(name, ".jsonl"), `${JSON.stringify(value)}\n`);
  }

  /** All lines that were added, without a last one that was cut off. */
  lines<Name extends keyof PassLines>(name: Name): readonly PassLines[Name][] {
    const path = this.#path(name, ".jsonl");
    if (!existsSync(path)) return [];
    const whole = readFileSync(path, "utf8").split("\n").slice(0, -1);
    return whole.map((line) => JSON.parse(line) as PassLines[Name]);
  }

  /** The file that {@link append} adds lines to, for a process that adds its own; it is there. */
  linesFile(name: keyof PassLines): string {
    const path = this.#path(name, ".jsonl");
    appendFileSync(path, "");
    return path;
  }

  /** A file of no further meaning. */
  temporaryFile(name: string): string {
    return this.#path(name);
  }

  #path(name: string, extension = ".json"): string {
    return join(this.#folder, `${name}${extension}`);
  }
}
