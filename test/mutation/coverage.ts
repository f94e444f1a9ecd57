import { BitSet } from "./bit-set.ts";

/** What one scenario of the pool does where no mutant is active. */
export interface ScenarioCoverage {
  /** Its number in the pool. */
  readonly at: number;
  readonly cpuMs: number;
  readonly traceHash: string;
  /** Whether every law holds in it; others say nothing about a mutant. */
  readonly isGood: boolean;
  /** The mutants it reaches, by their places in the list of all, as `BitSet.toText` gives them. */
  readonly reached: string;
}

/** Answers which scenarios a mutant needs to see. */
export class Coverage {
  readonly #scenarios: ReadonlyMap<number, ScenarioCoverage>;
  readonly #reached: ReadonlyMap<number, BitSet>;
  readonly #atLoad: ReadonlySet<number>;

  /** `atLoad` are the places of mutants that work while modules are read, once. */
  constructor(scenarios: readonly ScenarioCoverage[], atLoad: readonly number[]) {
    this.#scenarios = new Map(scenarios.map((one) => [one.at, one]));
    this.#reached = new Map(scenarios.map(({ at, reached }) => [at, BitSet.fromText(reached)]));
    this.#atLoad = new Set(atLoad);
  }

  /** Whether a mutant works while modules are read, so that it needs a thread of its own. */
  isAtLoad(mutant: number): boolean {
    return this.#atLoad.has(mutant);
  }

  /** The scenarios that reach a mutant and in which every law holds. */
  reaching(mutant: number): readonly number[] {
    return this.good().filter((scenario) => this.doesReach(scenario, mutant));
  }

  /** The scenarios in which every law holds, in their order. */
  good(): readonly number[] {
    const good = [...this.#scenarios.values()].filter(({ isGood }) => isGood);
    return good.map(({ at }) => at).toSorted((one, other) => one - other);
  }

  /** Whether a scenario reaches a mutant. */
  doesReach(scenario: number, mutant: number): boolean {
    return this.#reached.get(scenario)?.has(mutant) === true;
  }

  /** What a scenario does without any mutant. */
  scenario(at: number): ScenarioCoverage {
    const found = this.#scenarios.get(at);
    if (found === undefined) throw new Error(`there is no scenario ${at}`);
    return found;
  }
}
