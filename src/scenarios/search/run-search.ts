import { setMaxListeners } from "node:events";

import { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import { message } from "../../messages/message.ts";
import type { Violation } from "../checkers/shared/violation.ts";
import type { SearchedRun, SearchOrigin } from "../runs/searched-run.ts";
import { shrinkFailure } from "../runs/shrink-failure.ts";
import { WorkerPool } from "../runs/worker-pool.ts";
import { searchedScenario } from "../runs/searched-scenario.ts";
import { untilAborted } from "../runs/until-aborted.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { codeHash } from "./code-hash.ts";
import { Corpus } from "./corpus.ts";
import { KeptFailures } from "./kept-failures.ts";

/** How a search is run. */
export interface SearchOptions {
  /** What is fresh follows from it, and how what was kept is changed. */
  readonly seed: number;
  /** Where scenarios and failures are kept. */
  readonly folder: string;
  /** Scenarios that the search knows from its start besides those of its folder. */
  readonly seedPaths: readonly string[];
  readonly jobCount: number;
  /**
   * So many runs are under way or to be begun at once: the scenario of a run follows from what was kept up to so many
   * runs before it, whatever the number of threads and however long each takes. Default: 64.
   */
  readonly aheadCount?: number;
  /** So many scenarios are kept at most. Default: 4,000. */
  readonly keptCountMax?: number;
  /** Whether nothing is changed and nothing kept but failures: every scenario is fresh. */
  readonly isRandom: boolean;
  /** Scenarios tried to make a failure smaller; 0 leaves it as it was found. */
  readonly shrinkTriesMax: number;
  /** Once it is aborted no more runs are begun. */
  readonly signal: AbortSignal;
  /** Told after each run, in the order of the runs. */
  readonly onRun: (state: SearchState) => void;
  /** Told of every run that fails, be its failure known or not. Default: nobody is. */
  readonly onFailedRun?: (run: SearchedRun) => void;
  /** Told of each distinct failure twice: as it was found, and once it is as small as it gets. */
  readonly onFailure: (failure: FoundFailure) => void;
  /** Told of a failure of an earlier search that still fails, with all that it violates. */
  readonly onKnownFailure: (violations: readonly Violation[]) => void;
  /** Told the number of a run that takes very long. */
  readonly onSlow?: (index: number) => void;
}

/** How far a search is. */
export interface SearchState {
  readonly runCount: number;
  /** Whether all files that it starts from were run. */
  readonly isStarted: boolean;
  /** Of them, those that were made by changes of kept ones. */
  readonly changedCount: number;
  /** Changes that were thrown away, since they made of a scenario what is none. */
  readonly thrownAwayCount: number;
  readonly keptCount: number;
  readonly featureCount: number;
  /** Features that nothing in the folder had when the search began. */
  readonly newFeatureCount: number;
  /** Runs that violated something. */
  readonly failedRunCount: number;
  /** Distinct failures, those of earlier searches that still fail included. */
  readonly failureCount: number;
}

/** A failure that was not known. */
export interface FoundFailure {
  readonly index: number;
  readonly violations: readonly Violation[];
  readonly scenario: Scenario;
  readonly path: string;
  readonly isShrunk: boolean;
}

/** Many times the threads of most machines, and few to wait for before what was kept serves. */
const AHEAD_COUNT = 64;

/** What the corpus came to is written down every so many runs, and at the end. */
const INDEX_EVERY = 2000;

/** Of the runs behind the start, how many of `out of` are fresh. */
const FRESH_SHARE = { count: 1, outOf: 2 } as const;

/** Runs a search until its signal is aborted. The same seed and folder give the same runs on any number of threads. */
export async function runSearch(options: SearchOptions): Promise<SearchState> {
  await using search = new Search(options);
  await search.run();
  return search.state();
}

interface Item {
  readonly index: number;
  readonly origin: SearchOrigin;
}

class Search implements AsyncDisposable {
  readonly #options: SearchOptions;
  readonly #pool: WorkerPool;
  readonly #corpus: Corpus;
  readonly #failures: KeptFailures;
  /** The files of earlier searches. */
  readonly #stored: ReadonlySet<string>;
  /** Files that are run before all else, in their order. */
  readonly #start: readonly string[];
  readonly #ready: Item[] = [];
  readonly #ended = new Map<number, SearchedRun>();
  readonly #shrinking: Promise<void>[] = [];
  #idle: (() => void)[] = [];
  #nextIndex: number;
  #passedIndex: number;
  #counts = { runs: 0, changed: 0, thrownAway: 0, failed: 0, newFeatures: 0 };

  constructor(options: SearchOptions) {
    this.#options = options;
    // Every thread listens.
    setMaxListeners(0, options.signal);
    this.#pool = new WorkerPool(options.jobCount, {
      onSlow: (request) => {
        if ("index" in request) options.onSlow?.(request.index);
      },
    });
    const { aheadCount = AHEAD_COUNT, keptCountMax } = options;
    this.#corpus = new Corpus(options.folder, codeHash(), {
      aheadCount,
      ...(keptCountMax !== undefined && { entryCountMax: keptCountMax }),
    });
    this.#failures = new KeptFailures(options.folder);
    this.#stored = new Set(options.isRandom ? [] : this.#corpus.unknownPaths());
    // What the project keeps is among what was kept, where anything is.
    const seedPaths = options.isRandom || this.#corpus.size > 0 ? [] : options.seedPaths;
    this.#start = [...seedPaths, ...this.#stored, ...this.#failures.paths];
    this.#nextIndex = -this.#start.length;
    this.#passedIndex = this.#nextIndex;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool[Symbol.asyncDispose]();
  }

  state(): SearchState {
    const { runs, changed, thrownAway, failed, newFeatures } = this.#counts;
    return {
      runCount: runs,
      isStarted: this.#passedIndex >= 0,
      changedCount: changed,
      thrownAwayCount: thrownAway,
      keptCount: this.#corpus.size,
      featureCount: this.#corpus.featureCount,
      newFeatureCount: newFeatures,
      failedRunCount: failed,
      failureCount: this.#failures.paths.length,
    };
  }

  async run(): Promise<void> {
    const { signal, jobCount, aheadCount = AHEAD_COUNT } = this.#options;
    const wake = (): void => this.#wake();
    signal.addEventListener("abort", wake);
    for (let count = 0; count < aheadCount; count += 1) this.#plan();
    await Promise.all(Array.from({ length: jobCount }, () => this.#work()));
    signal.removeEventListener("abort", wake);
    await Promise.all(this.#shrinking);
    this.#corpus.removeLeaving();
    if (!this.#options.isRandom) this.#corpus.writeIndex();
  }

  /** Decides what the next run is. */
  #plan(): void {
    const index = this.#nextIndex;
    this.#nextIndex += 1;
    this.#ready.push({ index, origin: this.#originOf(index) });
    this.#wake();
  }

  #originOf(index: number): SearchOrigin {
    const { seed, isRandom } = this.#options;
    const path = index < 0 ? this.#start.at(index) : undefined;
    if (path !== undefined) return { kind: "kept", path };
    const fresh = { kind: "fresh", seriesSeed: seed } as const;
    if (isRandom) return fresh;
    const random = new SeededRandom(`${seed}/search/${index}`);
    if (random.int(FRESH_SHARE.outOf) < FRESH_SHARE.count) return fresh;
    const base = this.#corpus.choose(random);
    const donorPath = this.#corpus.any(random);
    if (base === undefined || donorPath === undefined) return fresh;
    return { kind: "changed", path: base, donorPath, seed: `${seed}/change/${index}` };
  }

  async #work(): Promise<void> {
    const { signal } = this.#options;
    while (!signal.aborted) {
      const item = this.#ready.shift();
      if (item === undefined) {
        await new Promise<void>((resolve) => this.#idle.push(resolve));
        continue;
      }
      const run = await this.#runOf(item);
      if (run !== undefined && !signal.aborted) this.#pass(run);
    }
  }

  #wake(): void {
    const idle = this.#idle;
    this.#idle = [];
    for (const resolve of idle) resolve();
  }

  async #runOf({ index, origin }: Item): Promise<SearchedRun | undefined> {
    const asked = this.#pool.ask({ kind: "search", index, origin });
    const answer = await untilAborted(asked, this.#options.signal);
    if (answer?.kind === "searched") return answer.run;
    if (answer?.kind !== "died") return undefined;
    const said = message("checked-run.thread-broke", { why: answer.reason });
    const violations = [{ invariant: "simulator", message: said }] as const;
    const { scenario, thrownAwayCount } = searchedScenario(index, origin);
    const text = JSON.stringify(scenario);
    return { index, origin: origin.kind, violations, features: [], text, thrownAwayCount };
  }

  /** Takes note of runs in their order, whatever order they ended in; for each another one is planned. */
  #pass(run: SearchedRun): void {
    this.#ended.set(run.index, run);
    for (;;) {
      const due = this.#ended.get(this.#passedIndex);
      // What is behind the moment of the end depends on how fast the threads are.
      if (due === undefined || this.#options.signal.aborted) return;
      this.#ended.delete(this.#passedIndex);
      this.#passedIndex += 1;
      this.#take(due);
      this.#plan();
      this.#options.onRun(this.state());
    }
  }

  #take(run: SearchedRun): void {
    const { index, violations, features, text, origin, thrownAwayCount } = run;
    this.#counts.runs += 1;
    this.#counts.thrownAway += thrownAwayCount;
    if (origin === "changed") this.#counts.changed += 1;
    const path = index < 0 ? this.#start.at(index) : undefined;
    const isFailure = path !== undefined && this.#failures.hasFile(path);
    if (violations.length > 0) {
      this.#counts.failed += 1;
      this.#options.onFailedRun?.(run);
      if (isFailure) {
        this.#failures.note(path, violations);
        this.#options.onKnownFailure(violations);
      } else if (!this.#failures.knows(violations)) this.#fail(run);
      return;
    }
    if (isFailure) this.#failures.drop(path);
    if (this.#options.isRandom) return;
    const newCount = this.#corpus.offer(text, features);
    // A search that is killed loses little of what is known of its corpus.
    if (this.#counts.runs % INDEX_EVERY === 0) this.#corpus.writeIndex();
    if (path === undefined) this.#counts.newFeatures += newCount;
    else if (newCount === 0 && this.#stored.has(path)) this.#corpus.forget(path);
  }

  #fail({ index, violations, text }: SearchedRun): void {
    const { shrinkTriesMax, signal, onFailure } = this.#options;
    const scenario = JSON.parse(text) as Scenario;
    const path = this.#failures.add(violations, scenario);
    onFailure({ index, violations, scenario, path, isShrunk: false });
    if (shrinkTriesMax === 0) return;
    const isRepeated = violations[0]?.invariant === "I15";
    const failure = { index, scenario, violations, isRepeated };
    const shrink = async (): Promise<void> => {
      const shrunk = await shrinkFailure(this.#pool, failure, shrinkTriesMax, signal);
      this.#failures.replace(path, shrunk.violations, shrunk.scenario);
      onFailure({ ...shrunk, index, path, isShrunk: true });
    };
    this.#shrinking.push(shrink());
  }
}
