import type { DetailStatus, JobFileRecord, JobRecord } from "../../../../protocol/job-record.ts";

/** How many are kept to be named; the rest is in the history. */
const NAMED_COUNT = 20;

/** Statuses a person need not hear of at the end of a job. */
const QUIET: ReadonlySet<DetailStatus> = new Set([
  "completed",
  "no-difference",
  "pending",
  "excluded",
]);

/** How many reasons are told apart; a run with more has its rows in the history. */
const REASON_COUNT_MAX = 1_000;

/** Keeps the first files of a job that did not end well, and counts the others by their reasons. */
export class TroubledFiles {
  readonly #named: JobFileRecord[] = [];
  readonly #counts = new Map<string, number>();
  #count = 0;

  add(row: JobFileRecord): void {
    if (QUIET.has(row.status)) return;
    this.#count += 1;
    const reason = reasonKey(row);
    const earlier = this.#counts.get(reason);
    // Of each reason some are kept: a job that stops gives all the rest its own.
    if ((earlier ?? 0) < NAMED_COUNT && this.#counts.size < REASON_COUNT_MAX) this.#named.push(row);
    if (earlier !== undefined || this.#counts.size < REASON_COUNT_MAX) {
      this.#counts.set(reason, (earlier ?? 0) + 1);
    }
  }

  /** How many were not reached because the job ended: their rows say what the job's says. */
  unreachedCount(job: JobRecord): number {
    return job.detail === null ? 0 : (this.#counts.get(reasonKey(job)) ?? 0);
  }

  /** The first of the others, in the order they came, and how many more there were. */
  others(job: JobRecord): {
    readonly named: readonly JobFileRecord[];
    readonly unnamedCount: number;
  } {
    const unreached = this.unreachedCount(job) === 0 ? undefined : reasonKey(job);
    const others = this.#named.filter((row) => reasonKey(row) !== unreached);
    const named = others.slice(0, NAMED_COUNT);
    return { named, unnamedCount: this.#count - this.unreachedCount(job) - named.length };
  }
}

function reasonKey({
  status,
  detail,
}: Pick<JobFileRecord | JobRecord, "status" | "detail">): string {
  return `${status} ${JSON.stringify(detail)}`;
}
