import type { DetailStatus, JobFileRecord } from "../../../../protocol/job-record.ts";

/** How many are kept to be named; the rest is in the history. */
const NAMED_COUNT = 20;

/** Statuses a person need not hear of at the end of a job. */
const QUIET: ReadonlySet<DetailStatus> = new Set([
  "completed",
  "no-difference",
  "pending",
  "excluded",
]);

/** Keeps the first files of a job that were not backed up, and counts the others. */
export class TroubledFiles {
  readonly #named: JobFileRecord[] = [];
  #count = 0;

  add(row: JobFileRecord): void {
    if (QUIET.has(row.status)) return;
    this.#count += 1;
    if (this.#named.length < NAMED_COUNT) this.#named.push(row);
  }

  /** The first ones, in the order they came. */
  get named(): readonly JobFileRecord[] {
    return this.#named;
  }

  /** How many there were beyond the named ones. */
  get unnamedCount(): number {
    return this.#count - this.#named.length;
  }
}
