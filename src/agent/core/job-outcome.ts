import type { BackupCauseId, CauseId, DeleteCauseId } from "../../protocol/cause.ts";
import type { IncompleteStatus, Status } from "../../protocol/status.ts";

/** One kind of trouble a job saw, from a file or from the job as a whole. */
export interface Trouble<Cause extends CauseId = BackupCauseId> {
  readonly status: IncompleteStatus;
  readonly causes: readonly Cause[];
}

/** A job's final status and its possible causes. */
export interface JobOutcome<Cause extends CauseId = BackupCauseId> {
  readonly status: Extract<Status, "completed" | IncompleteStatus>;
  readonly causes: readonly Cause[];
}

/** What a kind of job calls its good ends and its mixed one. */
export interface OutcomeCauses<Cause extends CauseId> {
  readonly done: Cause;
  readonly nothingToDo: Cause;
  readonly mixed: Cause;
}

/** The words of a backup. */
export const BACKUP_OUTCOMES: OutcomeCauses<BackupCauseId> = {
  done: "B-OK-1",
  nothingToDo: "B-OK-2",
  mixed: "B-UX-9",
};

/** The words of a delete job. */
export const DELETE_OUTCOMES: OutcomeCauses<DeleteCauseId> = {
  done: "DEL-OK-1",
  nothingToDo: "DEL-OK-2",
  mixed: "DEL-UX-3",
};

/**
 * Gathers what happened in a job and says what the job ends as: no trouble is `completed`; one kind
 * of trouble is that kind; two or more kinds are `unexpected`, mixed, with each kind's
 * causes behind it (rules 1-3 of the status table). Holds one entry per kind and cause, whatever
 * the number of files.
 */
export class OutcomeTally<Cause extends CauseId> {
  readonly #words: OutcomeCauses<Cause>;
  readonly #causesByStatus = new Map<IncompleteStatus, Set<Cause>>();

  constructor(words: OutcomeCauses<Cause>) {
    this.#words = words;
  }

  /** The kinds seen so far. */
  get kinds(): ReadonlySet<IncompleteStatus> {
    return new Set(this.#causesByStatus.keys());
  }

  /** Notes one trouble. */
  add(trouble: Trouble<Cause>): void {
    const causes = this.#causesByStatus.get(trouble.status) ?? new Set<Cause>();
    for (const cause of trouble.causes) causes.add(cause);
    this.#causesByStatus.set(trouble.status, causes);
  }

  /** The job's outcome as things stand. */
  outcome(didAnything: boolean): JobOutcome<Cause> {
    const { done, nothingToDo, mixed } = this.#words;
    const kinds = [...this.#causesByStatus];
    const [first] = kinds;
    if (first === undefined) {
      return { status: "completed", causes: [didAnything ? done : nothingToDo] };
    }
    if (kinds.length === 1) return { status: first[0], causes: [...first[1]] };
    const causes = kinds.flatMap(([, found]) => [...found]);
    return { status: "unexpected", causes: [mixed, ...causes.filter((id) => id !== mixed)] };
  }
}
