import { CAUSE_IDS, CAUSES, jobKindOf, type CauseId } from "../../protocol/causes/causes.ts";
import type { Status } from "../../protocol/status.ts";
import { DECLARED_CELLS, OUTCOME_CELLS, type OutcomeId } from "./declared-cells.ts";
import type { Phase } from "./phase.ts";
import type { Topic } from "./topic.ts";

/** A cell that a scenario reached: the cause truly happened, was demanded, and was said. */
export interface Hit {
  readonly cause: CauseId | OutcomeId;
  readonly phase: Phase;
}

/** One declared cell and how often it was reached. */
export interface Cell extends Hit {
  /** Null for what is no cause. */
  readonly status: Status | null;
  readonly topic: Topic;
  readonly hitCount: number;
}

const OUTCOME_IDS = Object.keys(OUTCOME_CELLS) as OutcomeId[];

/** What a cause is about: missed slots are about the schedule. */
function topicOf(cause: Hit["cause"]): Topic {
  return isOutcome(cause) || cause.startsWith("B-NR-") ? "schedule" : jobKindOf(cause);
}

function isOutcome(cause: Hit["cause"]): cause is OutcomeId {
  return Object.hasOwn(OUTCOME_CELLS, cause);
}

/** What a cell is called in lines of JSON and where it was not reached, e.g. `B-CE-1 first-try`. */
export function cellName({ cause, phase }: Hit): string {
  return `${cause} ${phase}`;
}

/** Counts the hits of many runs and knows which declared cells are still without one. */
export class Ledger {
  readonly #counts = new Map<string, number>();
  readonly #only: Topic | undefined;

  /** A ledger of all declared cells, or of those that are about one thing. */
  constructor(only?: Topic) {
    this.#only = only;
  }

  /** Counts the hits of one scenario. */
  add(hits: readonly Hit[]): void {
    this.addNamed(hits.map(cellName));
  }

  /** Counts the hits of one scenario by the names of their cells, see {@link cellName}. */
  addNamed(names: readonly string[]): void {
    for (const name of names) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** Every declared cell, in the order of the causes, then what is no cause. */
  cells(): readonly Cell[] {
    const ids: readonly Hit["cause"][] = [...CAUSE_IDS, ...OUTCOME_IDS];
    return ids.flatMap((cause) => {
      const topic = topicOf(cause);
      if ((this.#only ?? topic) !== topic) return [];
      const phases: readonly Phase[] = isOutcome(cause)
        ? OUTCOME_CELLS[cause]
        : DECLARED_CELLS[cause];
      return phases.map((phase) => ({
        cause,
        phase,
        topic,
        status: isOutcome(cause) ? null : CAUSES[cause].status,
        hitCount: this.#counts.get(cellName({ cause, phase })) ?? 0,
      }));
    });
  }

  /** The declared cells that nothing reached. */
  missed(): readonly Cell[] {
    return this.cells().filter((cell) => cell.hitCount === 0);
  }
}
