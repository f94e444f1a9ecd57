import { scenarioSchema, type Scenario } from "../scenario/scenario.ts";
import { dropChunks } from "./drop-chunks.ts";
import { partsOf, withoutPart } from "./parts-of.ts";
import { simplerOf } from "./simpler-of.ts";
import { withoutSource } from "./without-source.ts";

/** How a scenario is made smaller. */
interface ShrinkOptions {
  /** Whether what broke in the scenario breaks in another one as well. */
  readonly breaks: (scenario: Scenario) => Promise<boolean>;
  /** Scenarios that are tried at most. */
  readonly triesMax: number;
  /** Once it is aborted nothing more is tried. Default: never. */
  readonly signal?: AbortSignal | undefined;
}

/** What a scenario became. */
export interface ShrunkScenario {
  readonly scenario: Scenario;
  /** Scenarios tried on the way. */
  readonly triedCount: number;
}

/**
 * Makes a scenario smaller as long as it breaks in the same way: as data, whatever generated it. Steps and entries of
 * the tree go first, many at a time, then every part that the schema does not need, the largest first, then what is
 * left becomes simpler. All again until nothing more goes. What is tried follows from the scenario alone.
 */
export async function shrinkScenario(
  scenario: Scenario,
  options: ShrinkOptions,
): Promise<ShrunkScenario> {
  const shrinker = new Shrinker(scenario, options);
  for (let before = ""; before !== shrinker.text && !shrinker.isOver;) {
    before = shrinker.text;
    await shrinker.dropSteps();
    await shrinker.dropEntries();
    await shrinker.dropSources();
    await shrinker.dropParts();
    await shrinker.simplify();
  }
  return { scenario: shrinker.scenario, triedCount: shrinker.triedCount };
}

class Shrinker {
  scenario: Scenario;
  triedCount = 0;
  readonly #options: ShrinkOptions;
  /** Texts of all that was tried: the passes often come to the same. */
  readonly #tried = new Set<string>();

  constructor(scenario: Scenario, options: ShrinkOptions) {
    this.scenario = scenario;
    this.#options = options;
    this.#tried.add(this.text);
  }

  get text(): string {
    return JSON.stringify(this.scenario);
  }

  get isOver(): boolean {
    const { triesMax, signal } = this.#options;
    return this.triedCount >= triesMax || signal?.aborted === true;
  }

  async dropSteps(): Promise<void> {
    await dropChunks(
      () => this.scenario.timeline.length,
      (from, to) => {
        const timeline = this.scenario.timeline.filter((_, at) => at < from || at >= to);
        return this.#try({ ...this.scenario, timeline });
      },
    );
  }

  async dropEntries(): Promise<void> {
    await dropChunks(
      () => Object.keys(this.scenario.tree).length,
      (from, to) => {
        const entries = Object.entries(this.scenario.tree);
        const tree = Object.fromEntries(entries.filter((_, at) => at < from || at >= to));
        return this.#try({ ...this.scenario, tree });
      },
    );
  }

  async dropSources(): Promise<void> {
    for (let at = this.scenario.sources.length - 1; at >= 0; at -= 1)
      if (this.scenario.sources.length > 1) await this.#try(withoutSource(this.scenario, at));
  }

  /** Each part by itself, what it holds behind it. */
  async dropParts(): Promise<void> {
    let at = 0;
    for (let parts = partsOf(this.scenario); at < parts.length && !this.isOver;) {
      const part = parts[at];
      if (part !== undefined && (await this.#try(withoutPart(this.scenario, part))))
        parts = partsOf(this.scenario);
      else at += 1;
    }
  }

  async simplify(): Promise<void> {
    // Each is asked for anew: what was tried before it may have been taken.
    for (let at = 0; !this.isOver; at += 1) {
      const simpler = simplerOf(this.scenario)[at];
      if (simpler === undefined) return;
      if (await this.#try(simpler)) at = -1;
    }
  }

  /** Takes another scenario where it is one, is new, and breaks in the same way. */
  async #try(other: unknown): Promise<boolean> {
    if (this.isOver) return false;
    const { success, data } = scenarioSchema.safeParse(other);
    if (!success) return false;
    const text = JSON.stringify(data);
    if (this.#tried.has(text)) return false;
    this.#tried.add(text);
    this.triedCount += 1;
    if (!(await this.#options.breaks(data))) return false;
    this.scenario = data;
    return true;
  }
}
