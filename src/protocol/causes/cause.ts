import type { JobKind } from "../job-kind.ts";
import type { JobStatus } from "../status.ts";

/** What a customer is told about one cause, in one language. Whole sentences, to be shown as they are. */
interface CauseSentences {
  /** What happened and why. */
  readonly cause: string;
  /** What to do about it; for a cause that is no problem, that nothing needs doing. */
  readonly remedy: string;
}

/**
 * One cause of the status of a job: the status it leads to, and what the customer who owns the PC reads
 * about it, wherever a status is shown to a person (history details, result mail, support reports).
 */
export interface Cause<Kind extends JobKind> {
  readonly status: JobStatus<Kind>;
  readonly ja: CauseSentences;
  readonly en: CauseSentences;
}
