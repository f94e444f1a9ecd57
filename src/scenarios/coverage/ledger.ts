import { CAUSE_IDS, CAUSES, type CauseId } from "../../protocol/cause.ts";
import type { JobKind } from "../../protocol/job-kind.ts";
import type { Status } from "../../protocol/status.ts";
import { DECLARED_CELLS } from "./declared-cells.ts";
import type { Phase } from "./phase.ts";

/** A cell that a scenario reached: the cause truly happened, was demanded, and was said. */
export interface Hit {
  readonly cause: CauseId;
  readonly phase: Phase;
}

/** One declared cell and how often it was reached. */
export interface Cell extends Hit {
  readonly status: Status;
  readonly hitCount: number;
}

/** Counts the hits of many runs and knows which declared cells are still without one. */
export class Ledger {
  readonly #counts = new Map<string, number>();
  readonly #only: JobKind | undefined;

  /** A ledger of all declared cells, or of those of one kind of job. */
  constructor(only?: JobKind) {
    this.#only = only;
  }

  /** Counts the hits of one scenario. */
  add(hits: readonly Hit[]): void {
    for (const { cause, phase } of hits) {
      const key = `${cause} ${phase}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }

  /** Every declared cell, in the order of the causes. */
  cells(): readonly Cell[] {
    return CAUSE_IDS.flatMap((cause) => {
      const phases = DECLARED_CELLS[cause];
      if (phases === "later" || (this.#only ?? CAUSES[cause].job) !== CAUSES[cause].job) return [];
      return phases.map((phase) => ({
        cause,
        phase,
        status: CAUSES[cause].status,
        hitCount: this.#counts.get(`${cause} ${phase}`) ?? 0,
      }));
    });
  }

  /** The declared cells that nothing reached. */
  missed(): readonly Cell[] {
    return this.cells().filter((cell) => cell.hitCount === 0);
  }
}
