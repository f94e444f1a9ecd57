import type { CauseId } from "../../protocol/causes/causes.ts";
import { isFailure, type FileOutcome } from "../core/file-outcome.ts";
import type { OutcomeCauses } from "../core/job-causes.ts";
import { OutcomeTally } from "../core/job-outcome.ts";
import type { Clock } from "../ports/clock.ts";
import { JobDetails } from "../state/job-details.ts";
import { JobHistory, NO_COUNTS, type JobCounts } from "../state/job-history.ts";
import type { Message } from "../../messages/message.ts";
import type { JobFileRecord } from "../../protocol/job-record.ts";
import type { Progress } from "./requests.ts";
import type { StateDatabase } from "../state/state-database.ts";
import type { Tuning } from "../tuning.ts";

/** How much a job has to do. */
export interface JobTotals {
  readonly fileCount: number;
  readonly sizeBytes: number;
}

/** Where the rows of one job go, and who is told of them. */
export interface RowRecorderOptions {
  readonly jobId: number;
  readonly sourcePath: string;
  readonly clock: Clock;
  readonly database: StateDatabase;
  readonly tuning: Pick<Tuning, "rowsTogetherCount">;
  /** A row got its final status, and is written: whoever is told of it finds it after a kill too (I14). */
  readonly onRow: (row: JobFileRecord) => void;
  /** Called often; a job that nobody follows does not look how far it is. */
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** What of a row its writer has to say; the rest has defaults. */
export type RowToWrite = Partial<JobFileRecord> &
  Pick<JobFileRecord, "path" | "entryKind" | "status">;

/** Longest a row waits for others, so that a person who looks at a running job sees it move. */
const ROW_WAIT_MS_MAX = 1_000;

/**
 * What the recorders of all kinds of job share: positions, rows and counters of one job, gathered and
 * written in one transaction with whatever else belongs to them.
 */
export abstract class RowRecorder<Cause extends CauseId> {
  /** The kinds of trouble seen; the job adds its own. */
  readonly tally: OutcomeTally<Cause>;
  readonly #options: RowRecorderOptions;
  readonly #history: JobHistory;
  readonly #details: JobDetails;
  #writes: (() => void)[] = [];
  #unsaid: JobFileRecord[] = [];
  #hasNews = false;
  #isBatch = false;
  #lastFlushAtMs: number;
  #lastPosition = 0;
  #counts: JobCounts = NO_COUNTS;

  constructor(options: RowRecorderOptions, causes: OutcomeCauses<Cause>) {
    this.#options = options;
    this.#history = new JobHistory(options.database);
    this.#details = new JobDetails(options.database);
    this.tally = new OutcomeTally(causes);
    this.#lastFlushAtMs = options.clock.elapsedMs();
  }

  get counts(): JobCounts {
    return this.#counts;
  }

  /** Whether the job ends as one that had something to do. */
  get didAnything(): boolean {
    return this.#counts.transferredFileCount > 0;
  }

  /** What the job's row says for people when nothing befell the job as a whole. */
  get remark(): Message | null {
    return null;
  }

  /** Size of what is done with, and what is done of what is under way. */
  protected abstract get bytesDone(): number;

  /** Null until it is known. */
  protected abstract get totals(): JobTotals | null;

  /** How many entries are done with. */
  protected get filesDone(): number {
    return this.#counts.processedCount;
  }

  /** Something of the entry at `path` got its final row. */
  protected progressed(path: string): void {
    this.tellProgress(path);
  }

  /** Tells how far the job is, now that something got done at a path (F31). */
  protected tellProgress(currentPath: string): void {
    const { onProgress, jobId, sourcePath } = this.#options;
    if (onProgress === undefined) return;
    const { filesDone, bytesDone, totals } = this;
    onProgress({
      jobId,
      sourcePath,
      filesDone,
      bytesDone,
      // What came or grew since the totals were taken must not make the job more than finished.
      filesTotal: totals === null ? null : Math.max(totals.fileCount, filesDone),
      bytesTotal: totals === null ? null : Math.max(totals.sizeBytes, bytesDone),
      currentPath,
    });
  }

  /** Adds to the counters; absent ones stay. */
  protected count(more: Partial<JobCounts>): void {
    const counts = { ...this.#counts };
    for (const name of Object.keys(more) as (keyof JobCounts)[]) counts[name] += more[name] ?? 0;
    this.#counts = counts;
  }

  /** Writes a pending row; its position is where its final one goes. */
  protected putPending(row: Omit<RowToWrite, "status">): number {
    return this.#put({ ...row, status: "pending" });
  }

  /** Writes a final row, at the position of its pending one when there was one. */
  protected putFinal(
    row: Omit<RowToWrite, "status">,
    outcome: FileOutcome<Cause>,
    position?: number,
  ): void {
    if (isFailure(outcome)) this.tally.add(outcome);
    this.#put({ ...row, ...outcome }, position);
  }

  /** Writes a row of what is no target (D16), at the position of its pending one when there was one. */
  protected putExcluded(row: Omit<RowToWrite, "status">, position?: number): void {
    this.#put({ ...row, status: "excluded" }, position);
  }

  /** Carries `write` out in the transaction of the rows before it. */
  protected enlist(write: () => void): void {
    this.#writes.push(write);
  }

  /** Whatever `work`, which is synchronous, brings about is written in one transaction at its end. */
  batch<Result>(work: () => Result): Result {
    this.#isBatch = true;
    try {
      return work();
    } finally {
      this.#isBatch = false;
      this.flushWhenDue();
    }
  }

  /**
   * Writes what was gathered when it is many, has waited long enough, or is of use right after a kill:
   * a target that was transferred.
   */
  protected flushWhenDue(): void {
    if (this.#isBatch) return;
    if (this.#hasNews) return this.flush();
    const waitedMs = this.#options.clock.elapsedMs() - this.#lastFlushAtMs;
    if (
      this.#writes.length >= this.#options.tuning.rowsTogetherCount ||
      waitedMs >= ROW_WAIT_MS_MAX
    )
      this.flush();
  }

  /** Writes what was gathered, in one transaction; where that fails it stays for `end`. */
  flush(): void {
    this.#hasNews = false;
    this.#lastFlushAtMs = this.#options.clock.elapsedMs();
    if (this.#writes.length === 0) return;
    const { database } = this.#options;
    const writeAll = (): void => this.#writeAll();
    database.transaction("streaming", writeAll);
    this.#wasWritten();
  }

  /** Writes what was gathered and then the end of the job, which finds room on a full disk too. */
  end(writeEnd: () => void): void {
    this.#options.database.lastTransaction(() => {
      this.#writeAll();
      writeEnd();
    });
    this.#wasWritten();
  }

  #writeAll(): void {
    for (const write of this.#writes) write();
    this.#history.count(this.#options.jobId, this.#counts);
  }

  #wasWritten(): void {
    const unsaid = this.#unsaid;
    this.#writes = [];
    this.#unsaid = [];
    for (const row of unsaid) this.#options.onRow(row);
  }

  #put(row: RowToWrite, position?: number): number {
    let at = position;
    if (at === undefined) {
      this.#lastPosition += 1;
      at = this.#lastPosition;
    }
    const whole: JobFileRecord = {
      pathBase64: null,
      causes: [],
      sizeBytes: 0,
      detail: null,
      ...row,
      jobId: this.#options.jobId,
      position: at,
    };
    this.#writes.push(() => this.#details.put(whole));
    if (whole.status !== "pending") {
      this.#unsaid.push(whole);
      this.#hasNews ||= whole.status === "completed";
      this.progressed(whole.path);
    }
    if (this.#writes.length >= this.#options.tuning.rowsTogetherCount && position === undefined)
      this.flush();
    return at;
  }
}
