import type { BackupCauseId } from "../../protocol/cause.ts";
import type { IncompleteStatus, Status } from "../../protocol/status.ts";

/** One kind of trouble a job saw, from a file or from the job as a whole. */
export interface Trouble {
  readonly status: IncompleteStatus;
  readonly causes: readonly BackupCauseId[];
}

/** A job's final status and its possible causes. */
export interface JobOutcome {
  readonly status: Extract<Status, "completed" | IncompleteStatus>;
  readonly causes: readonly BackupCauseId[];
}

/**
 * Gathers what happened in a job and says what the job ends as: no trouble is `completed`; one kind
 * of trouble is that kind; two or more kinds are `unexpected`, mixed (B-UX-9), with each kind's
 * causes behind it (rules 1-3 of the status table). Holds one entry per kind and cause, whatever
 * the number of files.
 */
export class JobOutcomeGatherer {
  readonly #causesByStatus = new Map<IncompleteStatus, Set<BackupCauseId>>();

  /** Notes one trouble. */
  add(trouble: Trouble): void {
    const causes = this.#causesByStatus.get(trouble.status) ?? new Set();
    for (const cause of trouble.causes) causes.add(cause);
    this.#causesByStatus.set(trouble.status, causes);
  }

  /** The job's outcome as things stand. */
  outcome(sentAnything: boolean): JobOutcome {
    const kinds = [...this.#causesByStatus];
    const [first] = kinds;
    if (first === undefined) {
      return { status: "completed", causes: [sentAnything ? "B-OK-1" : "B-OK-2"] };
    }
    if (kinds.length === 1) return { status: first[0], causes: [...first[1]] };
    const causes = kinds.flatMap(([, found]) => [...found]);
    return { status: "unexpected", causes: ["B-UX-9", ...causes.filter((id) => id !== "B-UX-9")] };
  }
}
