import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";

import * as z from "zod";

import type { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";

/** So many scenarios are kept at most; beyond it the one that was changed most often gives way. */
const ENTRY_COUNT_MAX = 4000;

/** How much a corpus keeps. */
interface CorpusLimits {
  /** Default: 4,000. */
  readonly entryCountMax?: number;
  /** Scenarios that may have been chosen and are yet to be read: a file stays until so many others have left after it. */
  readonly aheadCount: number;
}

interface Entry {
  readonly path: string;
  /** What it came to that nothing before it had. */
  readonly features: readonly number[];
  /** How often a scenario was made from it. */
  chosenCount: number;
}

/** What `index.json` holds: what the files in `kept` came to when they were run, and of which code that is true. */
const indexSchema = z.strictObject({
  code: z.string(),
  features: z.record(z.string(), z.array(z.int())),
});

/**
 * The scenarios that came to something new, each in a file of its own in the folder `kept`: in memory there is only
 * what was seen and where they are. What they came to is in `index.json`, so that a search that starts from them need
 * not run them all again, as long as the code is the same.
 */
export class Corpus {
  readonly #folder: string;
  readonly #indexPath: string;
  readonly #code: string;
  readonly #seen = new Set<number>();
  readonly #entries: Entry[] = [];
  readonly #limits: CorpusLimits;
  /** Files of scenarios that gave way, the oldest first. */
  readonly #leaving: string[] = [];

  /** Makes the folder where it is not there. `code` stands for all that decides what a scenario comes to. */
  constructor(folder: string, code: string, limits: CorpusLimits) {
    this.#limits = limits;
    this.#folder = join(folder, "kept");
    this.#indexPath = join(folder, "index.json");
    this.#code = code;
    mkdirSync(this.#folder, { recursive: true });
    const index = this.#readIndex();
    if (index?.code === code) {
      for (const [name, features] of Object.entries(index.features)) {
        const path = join(this.#folder, name);
        if (existsSync(path)) this.#add(path, features);
      }
    }
  }

  /** How many scenarios are kept. */
  get size(): number {
    return this.#entries.length;
  }

  /** How many different features were seen. */
  get featureCount(): number {
    return this.#seen.size;
  }

  /**
   * The files of earlier searches of which nothing is known, the smallest first: of two that come to the same, the
   * smaller stays.
   */
  unknownPaths(): readonly string[] {
    const known = new Set(this.#entries.map(({ path }) => path));
    const paths = readdirSync(this.#folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => join(this.#folder, name))
      .filter((path) => !known.has(path));
    const sizes = new Map(paths.map((path) => [path, statSync(path).size]));
    return paths.toSorted(
      (one, other) => (sizes.get(one) ?? 0) - (sizes.get(other) ?? 0) || (one < other ? -1 : 1),
    );
  }

  /** Keeps a scenario that came to something new; how many new features it has. */
  offer(text: string, features: readonly number[]): number {
    const fresh = features.filter((feature) => !this.#seen.has(feature));
    if (fresh.length > 0) this.#keep(text, fresh);
    return fresh.length;
  }

  /** Removes the files of all that gave way; nothing that was chosen is to be read any more. */
  removeLeaving(): void {
    for (const path of this.#leaving.splice(0)) this.forget(path);
  }

  /** Writes down what the kept scenarios came to. */
  writeIndex(): void {
    const features = this.#entries.map((entry) => [basename(entry.path), entry.features] as const);
    writeWhole(
      this.#indexPath,
      JSON.stringify({ code: this.#code, features: Object.fromEntries(features) }),
    );
  }

  /** Removes the file of an earlier search, unless its scenario is one that was kept again. */
  forget(path: string): void {
    if (!this.#entries.some((entry) => entry.path === path)) rmSync(path, { force: true });
  }

  /** The file of a scenario to make another from: of two, the one that served less often. Undefined while none is kept. */
  choose(random: SeededRandom): string | undefined {
    const [one, other] = [this.#any(random), this.#any(random)];
    if (one === undefined || other === undefined) return undefined;
    const chosen = other.chosenCount < one.chosenCount ? other : one;
    chosen.chosenCount += 1;
    return chosen.path;
  }

  /** The file of any scenario that is kept. */
  any(random: SeededRandom): string | undefined {
    return this.#any(random)?.path;
  }

  #any(random: SeededRandom): Entry | undefined {
    return this.#entries[random.int(Math.max(1, this.#entries.length))];
  }

  #add(path: string, features: readonly number[]): void {
    for (const feature of features) this.#seen.add(feature);
    this.#entries.push({ path, features, chosenCount: 0 });
  }

  #keep(text: string, features: readonly number[]): void {
    const name = createHash("sha256").update(text).digest("hex").slice(0, 16);
    const path = join(this.#folder, `${name}.json`);
    writeWhole(path, text);
    this.#add(path, features);
    const { entryCountMax = ENTRY_COUNT_MAX, aheadCount } = this.#limits;
    if (this.#entries.length <= entryCountMax) return;
    const most = Math.max(...this.#entries.map(({ chosenCount }) => chosenCount));
    const at = this.#entries.findIndex(({ chosenCount }) => chosenCount === most);
    // A run that is planned may have been made from it and has yet to read it.
    this.#leaving.push(...this.#entries.splice(at, 1).map((entry) => entry.path));
    for (const gone of this.#leaving.splice(0, Math.max(0, this.#leaving.length - aheadCount)))
      this.forget(gone);
  }

  /** Undefined where there is none, or none that can be read: then everything is run again. */
  #readIndex(): z.infer<typeof indexSchema> | undefined {
    try {
      return indexSchema.parse(JSON.parse(readFileSync(this.#indexPath, "utf8")));
    } catch {
      return undefined;
    }
  }
}

/** Writes a file whole or not at all, also where the search is ended in this moment. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}
