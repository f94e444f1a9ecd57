import type { BackupCauseId, CauseId } from "../../protocol/causes/causes.ts";
import type { IncompleteStatus, Status } from "../../protocol/status.ts";
import type { OutcomeCauses } from "./job-causes.ts";

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

/**
 * Gathers what happened in a job and says what the job ends as: no trouble is `completed`; one kind
 * of trouble is that kind; two or more kinds are `unexpected`, mixed, with each kind's
 * causes behind it (rules 1-3 of the status table). Holds one entry per kind and cause, whatever
 * the number of files.
 */
export class OutcomeTally<Cause extends CauseId> {
  readonly #causes: OutcomeCauses<Cause>;
  readonly #causesByStatus = new Map<IncompleteStatus, Set<Cause>>();

  readonly #noted = new Set<Cause>();

  constructor(causes: OutcomeCauses<Cause>) {
    this.#causes = causes;
  }

  /** Notes one trouble. */
  add(trouble: Trouble<Cause>): void {
    const causes = this.#causesByStatus.get(trouble.status) ?? new Set<Cause>();
    for (const cause of trouble.causes) causes.add(cause);
    this.#causesByStatus.set(trouble.status, causes);
  }

  /** Notes a cause that a person has to hear of whatever the job ends as. */
  note(cause: Cause): void {
    this.#noted.add(cause);
  }

  /** The job's outcome as things stand. */
  outcome(didAnything: boolean): JobOutcome<Cause> {
    const { status, causes } = this.#byTrouble(didAnything);
    return { status, causes: [...causes, ...this.#noted] };
  }

  #byTrouble(didAnything: boolean): JobOutcome<Cause> {
    const { done, nothingToDo, mixed } = this.#causes;
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
