import { type FileOutcome, isFailure } from "../../core/file-outcome.ts";
import { isSettled } from "../../core/difference.ts";
import { JobOutcomeGatherer } from "../../core/job-outcome.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DiskStat } from "../../ports/source-disk.ts";
import type { FileIndex } from "../../state/file-index.ts";
import type { JobDetails } from "../../state/job-details.ts";
import type { JobCounts, JobHistory } from "../../state/job-history.ts";
import type { PendingUpload, PendingUploads } from "../../state/pending-uploads.ts";
import type { JobFileRecord } from "../../state/records.ts";
import type { StateDatabase } from "../../state/state-database.ts";
import type { ComparedTarget } from "./compare.ts";
import type { Excluded, FailedTarget } from "./scan-item.ts";

/** What a recorder writes to. */
export interface BackupRecorderOptions {
  readonly jobId: number;
  readonly clock: Clock;
  readonly database: StateDatabase;
  readonly index: FileIndex;
  readonly pending: PendingUploads;
  readonly history: JobHistory;
  readonly details: JobDetails;
  /** A row got its final status. */
  readonly onRow: (row: JobFileRecord) => void;
  /** Something of the target or entry at `path` got done; called often. */
  readonly onProgress: (path: string, recorder: BackupRecorder) => void;
}

/** What is on the service now, for the index. */
export interface BackedUpState {
  readonly stat: DiskStat;
  readonly sha256: string;
  /** When the bytes were read: decides whether the file is settled. */
  readonly readAtMs: number;
}

/** Rows gathered before they are written together. */
const ROWS_TOGETHER_COUNT = 500;
/** Longest a row waits for others, so that a person who looks at a running job sees it move. */
const ROW_WAIT_MS_MAX = 1_000;

/**
 * Writes what happens in a job: rows of the details, index, notes of uploads, counters. Order of
 * what is durable: a target's note and pending row before its first byte is sent; its final row and
 * its index entry in one transaction after the service acknowledged it.
 */
export class BackupRecorder {
  readonly #options: BackupRecorderOptions;
  readonly #gatherer = new JobOutcomeGatherer();
  readonly #positions = new Map<string, number>();
  #writes: (() => void)[] = [];
  #lastFlushAtMs: number;
  #lastPosition = 0;
  #counts: JobCounts = {
    targetCount: 0,
    processedCount: 0,
    transferredFileCount: 0,
    transferredBytes: 0,
    excludedCount: 0,
  };
  #processedBytes = 0;
  readonly #underWayBytes = new Map<string, number>();

  constructor(options: BackupRecorderOptions) {
    this.#options = options;
    this.#lastFlushAtMs = options.clock.elapsedMs();
  }

  get counts(): JobCounts {
    return this.#counts;
  }

  /** Size of the targets that have their final status, and what is done of those under way. */
  get processedBytes(): number {
    return this.#underWayBytes.values().reduce((sum, bytes) => sum + bytes, this.#processedBytes);
  }

  /** The kinds of trouble seen; the job adds its own. */
  get gatherer(): JobOutcomeGatherer {
    return this.#gatherer;
  }

  /** Whether an earlier job left the target's bytes on their way. */
  findPending(target: ComparedTarget): PendingUpload | undefined {
    return this.#options.pending.find(target.key);
  }

  exclude(item: Excluded): void {
    this.#count({ excludedCount: 1 });
    this.#put({
      path: item.path,
      entryKind: item.entryKind,
      status: "excluded",
      detail: `not a target: ${item.why}`,
    });
  }

  fail(item: FailedTarget): void {
    this.#count({ targetCount: 1, processedCount: 1 });
    this.#gatherer.add(item.failure);
    this.#put({
      path: item.path,
      pathBase64: item.pathBytes === null ? null : Buffer.from(item.pathBytes).toString("base64"),
      entryKind: item.entryKind,
      ...item.failure,
    });
  }

  /** Notes targets whose bytes go out next; safe against a killed process when it returns. */
  begin(targets: readonly ComparedTarget[]): void {
    this.#count({ targetCount: targets.length });
    for (const target of targets) {
      this.#lastPosition += 1;
      this.#positions.set(target.key, this.#lastPosition);
      this.#put({ ...rowOf(target), status: "pending" }, this.#lastPosition);
      this.#writes.push(() => this.#noteUpload(target));
    }
    this.flush();
  }

  /** Notes where a large file's bytes go, so that a later job can go on there. */
  noteUpload(pending: PendingUpload): void {
    this.#writes.push(() => this.#options.pending.put(pending));
    this.flush();
  }

  /** A large target came so far; only for progress. */
  advance(target: ComparedTarget, doneBytes: number): void {
    this.#underWayBytes.set(target.key, doneBytes);
    this.#options.onProgress(target.path, this);
  }

  /** A target got its final status; `backedUp` when it is on the service in this state. */
  finish(target: ComparedTarget, outcome: FileOutcome, backedUp?: BackedUpState): void {
    const position = this.#positions.get(target.key);
    this.#positions.delete(target.key);
    this.#underWayBytes.delete(target.key);
    const isSent = outcome.status === "completed" && target.entryKind === "file";
    const sizeBytes = backedUp?.stat.sizeBytes ?? target.stat.sizeBytes;
    this.#count({
      targetCount: position === undefined ? 1 : 0,
      processedCount: 1,
      transferredFileCount: isSent ? 1 : 0,
      transferredBytes: isSent ? sizeBytes : 0,
    });
    this.#processedBytes += target.entryKind === "file" ? sizeBytes : 0;
    if (isFailure(outcome)) this.#gatherer.add(outcome);
    this.#put({ ...rowOf(target), ...(backedUp && { sizeBytes }), ...outcome }, position);
    if (backedUp !== undefined) this.#writes.push(() => this.#index(target, backedUp));
    // A refused or failed file keeps its note only while a later job could go on from it.
    if (outcome.status === "completed" || outcome.status === "no-difference") {
      this.#writes.push(() => this.#options.pending.remove(target.key));
    }
    if (this.#isFlushDue()) this.flush();
  }

  /** Writes what was gathered, in one transaction. */
  flush(): void {
    const writes = this.#writes;
    this.#writes = [];
    this.#lastFlushAtMs = this.#options.clock.elapsedMs();
    if (writes.length === 0) return;
    this.#options.database.transaction("streaming", () => {
      for (const write of writes) write();
      this.#options.history.count(this.#options.jobId, this.#counts);
    });
  }

  #isFlushDue(): boolean {
    return (
      this.#writes.length >= ROWS_TOGETHER_COUNT ||
      this.#options.clock.elapsedMs() - this.#lastFlushAtMs >= ROW_WAIT_MS_MAX
    );
  }

  #noteUpload(target: ComparedTarget): void {
    // A note that an earlier job left may hold an upload to go on with: it is not overwritten.
    if (target.entryKind === "folder" || this.findPending(target) !== undefined) return;
    this.#options.pending.put({
      key: target.key,
      sizeBytes: target.stat.sizeBytes,
      modifiedAtNs: target.stat.modifiedAtNs,
      upload: null,
    });
  }

  #index(target: ComparedTarget, backedUp: BackedUpState): void {
    this.#options.index.put({
      key: target.key,
      sizeBytes: backedUp.stat.sizeBytes,
      modifiedAtNs: backedUp.stat.modifiedAtNs,
      changedAtNs: backedUp.stat.changedAtNs,
      sha256: backedUp.sha256,
      settled: isSettled(backedUp.stat, backedUp.readAtMs),
    });
  }

  #put(row: Partial<JobFileRecord> & RequiredRow, position?: number): void {
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
    this.#writes.push(() => this.#options.details.put(whole));
    if (whole.status !== "pending") {
      this.#options.onRow(whole);
      this.#options.onProgress(whole.path, this);
    }
    if (this.#writes.length >= ROWS_TOGETHER_COUNT && position === undefined) this.flush();
  }

  #count(more: Partial<JobCounts>): void {
    const now = this.#counts;
    this.#counts = {
      targetCount: now.targetCount + (more.targetCount ?? 0),
      processedCount: now.processedCount + (more.processedCount ?? 0),
      transferredFileCount: now.transferredFileCount + (more.transferredFileCount ?? 0),
      transferredBytes: now.transferredBytes + (more.transferredBytes ?? 0),
      excludedCount: now.excludedCount + (more.excludedCount ?? 0),
    };
  }
}

type RequiredRow = Pick<JobFileRecord, "path" | "entryKind" | "status">;

function rowOf(target: ComparedTarget): Pick<JobFileRecord, "path" | "entryKind" | "sizeBytes"> {
  return {
    path: target.path,
    entryKind: target.entryKind,
    sizeBytes: target.entryKind === "file" ? target.stat.sizeBytes : 0,
  };
}
