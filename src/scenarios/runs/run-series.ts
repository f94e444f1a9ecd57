import { basename } from "node:path";

import { judgedAs } from "../checkers/shared/violation.ts";
import { Ledger } from "../coverage/ledger.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { plannedRun, scenarioOf } from "./plan.ts";
import type { Counterexample, RunOutcome } from "./run-outcome.ts";
import { SeriesHash } from "./series-hash.ts";
import { seriesItems, sliceCount, type SeriesPlan } from "./series-plan.ts";
import { shrinkFailure } from "./shrink-failure.ts";
import { WorkerPool } from "./worker-pool.ts";
import type { SeriesRequest, WorkerAnswer, WorkerRequest } from "./worker-messages.ts";
import { message } from "../../messages/message.ts";

/** How a series is run. */
interface SeriesOptions {
  readonly plan: SeriesPlan;
  readonly workerCount: number;
  /** Asked before each run behind the first pass, which has each directed generator once; once true no more are begun. */
  readonly isTimeUp: () => boolean;
  /** Whether to begin no more runs, kept files among them, once an invariant was violated. */
  readonly failsFast: boolean;
  /** Scenarios tried to make one that violated an invariant smaller; 1 leaves it as it is. */
  readonly shrinkTriesMax: number;
  /** Told each outcome in the order of the runs, whatever order they ended in. */
  readonly onOutcome: (outcome: RunOutcome) => void;
  /** Told at once of the first 20 runs with violations, in the order in which they were found. */
  readonly onFound?: (outcome: RunOutcome) => void;
  /** Told of a run that takes very long. */
  readonly onSlow?: (request: WorkerRequest) => void;
}

/** What a series came to. */
export interface SeriesResult {
  /** Runs that were carried out, those of files included. */
  readonly doneCount: number;
  /** Over the traces of all runs that were carried out: the same on every machine. */
  readonly hash: string;
  readonly failed: readonly RunOutcome[];
  /** The first failures; the very first generated ones made smaller. Those of files are not among them. */
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
  await using pool = new WorkerPool(options.workerCount, { onSlow: options.onSlow });
  const { plan } = options;
  const ledger = new Ledger(plan.only);
  const hash = new SeriesHash();
  const failed: RunOutcome[] = [];
  const items = seriesItems(plan);
  let wasCutShort = false;
  let begunCount = 0;
  let doneCount = 0;

  const next = (): { readonly place: number; readonly request: SeriesRequest } | undefined => {
    if (wasCutShort) return undefined;
    const { value: item } = items.next();
    if (item === undefined) return undefined;
    const isOver = !item.isAlwaysRun && options.isTimeUp();
    if (isOver || (options.failsFast && failed.length > 0)) {
      wasCutShort = true;
      return undefined;
    }
    begunCount += 1;
    return { place: begunCount - 1, request: item.request };
  };

  const inOrder = new InOrder((outcome) => {
    doneCount += 1;
    ledger.add(outcome.hits);
    hash.add(outcome.index, outcome.traceHash);
    options.onOutcome(outcome);
  });
  const work = async (): Promise<void> => {
    for (let begun = next(); begun !== undefined; begun = next()) {
      const { place, request } = begun;
      const outcome = outcomeOf(request, await pool.ask(request));
      if (outcome.violations.length > 0) {
        // Scenarios are large: of those that nobody will look at none is kept.
        const { scenario: _, ...small } = outcome;
        const isGiven = failed.length < GIVEN_COUNT_MAX;
        failed.push(isGiven ? outcome : small);
        if (isGiven) options.onFound?.(outcome);
      }
      inOrder.put(place, outcome);
    }
  };
  await Promise.all(Array.from({ length: options.workerCount }, work));

  failed.sort((one, other) => one.index - other.index);
  const given = failed.filter(
    ({ index, scenario }) => index >= -sliceCount(plan) && scenario !== undefined,
  );
  const counterexamples = await Promise.all(
    given.map(async (outcome, at): Promise<Counterexample> => {
      const { index, seed, generator, violations } = outcome;
      const scenario = scenarioIn(outcome);
      const found = { index, seed, generator, violations, scenario, triedCount: 1 };
      const triesMax = at < SHRUNK_COUNT_MAX ? options.shrinkTriesMax : 1;
      if (triesMax === 1 || index < 0 || judgedAs(violations) === "harness-failed") return found;
      const { isRepeated } = plannedRun(plan.seed, index, plan.only);
      return { ...found, ...(await shrinkFailure(pool, { ...found, isRepeated }, triesMax)) };
    }),
  );
  const digest = hash.digest();
  return { doneCount, hash: digest, failed, counterexamples, ledger, wasCutShort };
}

/** Passes outcomes on in the order in which their runs were begun. */
class InOrder {
  readonly #waiting = new Map<number, RunOutcome>();
  readonly #pass: (outcome: RunOutcome) => void;
  #next = 0;

  constructor(pass: (outcome: RunOutcome) => void) {
    this.#pass = pass;
  }

  put(place: number, outcome: RunOutcome): void {
    this.#waiting.set(place, outcome);
    for (;;) {
      const due = this.#waiting.get(this.#next);
      if (due === undefined) return;
      this.#waiting.delete(this.#next);
      this.#next += 1;
      this.#pass(due);
    }
  }
}

/** What a run came to. One whose thread broke down is a failure of the harness, with its own scenario. */
function outcomeOf(request: SeriesRequest, answer: WorkerAnswer): RunOutcome {
  if (answer.kind === "outcome") return answer.outcome;
  if (answer.kind !== "died") {
    throw new Error("a thread answered something that was not asked");
  }
  const said = message("checked-run.thread-broke", { why: answer.reason });
  const nothing = { traceHash: "", hits: [], jobCount: 0, virtualMs: 0 };
  const violations = [{ invariant: "simulator", message: said }] as const;
  const { index } = request;
  if (request.kind !== "run") {
    return { index, seed: 0, generator: basename(request.path), violations, ...nothing };
  }
  const planned = plannedRun(request.seriesSeed, index, request.only);
  const { seed, generator } = planned;
  return { index, seed, generator, violations, scenario: scenarioOf(planned), ...nothing };
}

function scenarioIn({ index, scenario }: RunOutcome): Scenario {
  if (scenario === undefined) throw new Error(`nothing was kept of run ${index}`);
  return scenario;
}
