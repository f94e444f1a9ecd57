import type { Topic } from "../coverage/topic.ts";
import { Ledger } from "../coverage/ledger.ts";
import type { Counterexample, RunOutcome } from "./run-outcome.ts";
import { firstPassRunCount } from "./plan.ts";
import { WorkerPool } from "./worker-pool.ts";
import type { WorkerAnswer, WorkerRequest } from "./worker-messages.ts";

/** How a series is run. */
interface SeriesOptions {
  readonly seed: number;
  readonly runCount: number;
  /** Only scenarios of this kind of job, and only its cells. Default: all. */
  readonly only?: Topic | undefined;
  readonly workerCount: number;
  /** Files with scenarios that once violated an invariant; they come first. */
  readonly regressionFiles: readonly string[];
  /** Asked before each run behind the first pass, which has each directed generator once; once true no more are begun. */
  readonly isTimeUp: () => boolean;
  /** Whether to begin no more runs once an invariant was violated. */
  readonly failsFast: boolean;
  /** Scenarios tried to make one that violated an invariant smaller; 1 leaves it as it is. */
  readonly shrinkTriesMax: number;
  /** Told each outcome in the order of the runs, whatever order they ended in. */
  readonly onOutcome: (outcome: RunOutcome) => void;
}

/** What a series came to. */
export interface SeriesResult {
  /** Runs that were carried out, regressions included. */
  readonly doneCount: number;
  readonly failed: readonly RunOutcome[];
  /** The first failures; the very first of them made smaller. */
  readonly counterexamples: readonly Counterexample[];
  readonly ledger: Ledger;
  readonly wasCutShort: boolean;
}

/** Making a scenario smaller takes long; the first few failures tell enough. */
const SHRUNK_COUNT_MAX = 2;
/** Further ones are given as they were generated. */
const GIVEN_COUNT_MAX = 20;

/** Runs a series on several threads. The result is the same whatever their number, unless time is up. */
export async function runSeries(options: SeriesOptions): Promise<SeriesResult> {
  await using pool = new WorkerPool(options.workerCount);
  const ledger = new Ledger(options.only);
  const failed: RunOutcome[] = [];
  const regressions = options.regressionFiles.map((path, index): WorkerRequest => ({
    kind: "file",
    path,
    index: index - options.regressionFiles.length,
  }));
  const firstPassCount = firstPassRunCount(options.only);
  let nextIndex = 0;
  let wasCutShort = false;
  let doneCount = 0;

  const next = (): WorkerRequest | undefined => {
    const regression = regressions.shift();
    if (regression !== undefined) return regression;
    if (nextIndex >= options.runCount) return undefined;
    const isOver = nextIndex >= firstPassCount && options.isTimeUp();
    if (isOver || (options.failsFast && failed.length > 0)) {
      wasCutShort = true;
      return undefined;
    }
    nextIndex += 1;
    const { seed: seriesSeed, only } = options;
    return { kind: "run", seriesSeed, index: nextIndex - 1, only };
  };

  const inOrder = new InOrder(-regressions.length, (outcome) => {
    doneCount += 1;
    ledger.add(outcome.hits);
    options.onOutcome(outcome);
  });
  const work = async (): Promise<void> => {
    for (let request = next(); request !== undefined; request = next()) {
      const outcome = outcomeIn(await pool.ask(request));
      if (outcome.violations.length > 0) failed.push(outcome);
      inOrder.put(outcome);
    }
  };
  await Promise.all(Array.from({ length: options.workerCount }, work));

  failed.sort((one, other) => one.index - other.index);
  const given = failed.filter(({ index }) => index >= 0).slice(0, GIVEN_COUNT_MAX);
  const answers = await Promise.all(
    given.map(({ index }, at) =>
      pool.ask({
        kind: "shrink",
        seriesSeed: options.seed,
        index,
        only: options.only,
        triesMax: at < SHRUNK_COUNT_MAX ? options.shrinkTriesMax : 1,
      }),
    ),
  );
  const counterexamples = answers.flatMap((answer) =>
    answer.kind === "counterexample" ? [answer.counterexample] : [],
  );
  return { doneCount, failed, counterexamples, ledger, wasCutShort };
}

/** Passes outcomes on in the order of their numbers. */
class InOrder {
  readonly #waiting = new Map<number, RunOutcome>();
  readonly #pass: (outcome: RunOutcome) => void;
  #next: number;

  constructor(first: number, pass: (outcome: RunOutcome) => void) {
    this.#next = first;
    this.#pass = pass;
  }

  put(outcome: RunOutcome): void {
    this.#waiting.set(outcome.index, outcome);
    for (;;) {
      const due = this.#waiting.get(this.#next);
      if (due === undefined) return;
      this.#waiting.delete(this.#next);
      this.#next += 1;
      this.#pass(due);
    }
  }
}

function outcomeIn(answer: WorkerAnswer): RunOutcome {
  if (answer.kind === "outcome") return answer.outcome;
  throw new Error("a thread answered something that was not asked");
}
