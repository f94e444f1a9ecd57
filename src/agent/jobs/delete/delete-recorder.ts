import type { DeleteCauseId } from "../../../protocol/cause.ts";
import type { FileOutcome } from "../../core/file-outcome.ts";
import { foldersAbove } from "../../core/folders-above.ts";
import { DELETE_OUTCOMES, type OutcomeTally } from "../../core/job-outcome.ts";
import type { FileIndex } from "../../state/file-index.ts";
import type { GoneEntries } from "../../state/gone-entries.ts";
import type { JobCounts } from "../../state/job-history.ts";
import type { PendingUploads } from "../../state/pending-uploads.ts";
import { RowRecorder, type RowRecorderOptions } from "../row-recorder.ts";
import type { DeleteTarget } from "./delete-target.ts";

/** What a recorder writes to. */
export interface DeleteRecorderOptions extends Omit<
  RowRecorderOptions<DeleteCauseId>,
  "words" | "onProgress"
> {
  readonly index: FileIndex;
  readonly pending: PendingUploads;
  readonly gone: GoneEntries;
  /** A target is done with, whether it has a row or not; called often. */
  readonly onProgress: (path: string, recorder: DeleteRecorder) => void;
}

/**
 * Writes what happens in a deletion. A row, its index entry and its note of an upload change in one
 * transaction. A folder that went with a file enters the index together with the file's leaving it: a
 * deletion that is cut off in between is then known by the next.
 */
export class DeleteRecorder {
  readonly #options: DeleteRecorderOptions;
  readonly #rows: RowRecorder<DeleteCauseId>;
  #hasDeleted = false;
  #doneCount = 0;
  #doneBytes = 0;

  constructor(options: DeleteRecorderOptions) {
    this.#options = options;
    this.#rows = new RowRecorder({
      ...options,
      words: DELETE_OUTCOMES,
      onProgress: () => undefined,
    });
  }

  get counts(): JobCounts {
    return this.#rows.counts;
  }

  get tally(): OutcomeTally<DeleteCauseId> {
    return this.#rows.tally;
  }

  /** Whether anything was deleted. */
  get hasDeleted(): boolean {
    return this.#hasDeleted;
  }

  /** Targets that are done with, with a row or without. */
  get doneCount(): number {
    return this.#doneCount;
  }

  get doneBytes(): number {
    return this.#doneBytes;
  }

  /**
   * Notes that requests to delete these are about to go out; safe against a lost power when it returns.
   * Whatever becomes of them, none counts as being on the service until that is known again.
   */
  markUncertain(keys: readonly string[]): void {
    const { database, index } = this.#options;
    database.transaction("acknowledged", () => {
      for (const key of keys) index.markUncertain(key);
    });
  }

  /** A target got its final status without a request to delete it. */
  keep(target: DeleteTarget, outcome: FileOutcome<DeleteCauseId>): void {
    this.finish(target, outcome, false);
    this.#markCertain(target);
  }

  /** A target got its final status; `isOff` when the service has it no more. */
  finish(target: DeleteTarget, outcome: FileOutcome<DeleteCauseId>, isOff: boolean): void {
    const { path, entryKind, sizeBytes } = target;
    const files = entryKind === "file" ? 1 : 0;
    const isDeleted = outcome.status === "completed";
    this.#hasDeleted ||= isDeleted;
    this.#rows.count({
      targetCount: 1,
      processedCount: 1,
      targetFileCount: files,
      targetBytes: sizeBytes,
      ...(isDeleted && { transferredFileCount: files, transferredBytes: sizeBytes }),
    });
    this.#rows.finish({ path, entryKind, sizeBytes }, outcome);
    if (isOff) this.#rows.enlist(() => this.#strike(target));
    this.#done(target);
  }

  /** Something protects a target after all: it is none. */
  exclude(target: DeleteTarget, detail: string): void {
    const { path, entryKind, sizeBytes } = target;
    this.#rows.count({ excludedCount: 1 });
    this.#rows.exclude({ path, entryKind, sizeBytes, detail });
    this.#markCertain(target);
    this.#done(target);
  }

  /** A target turns out to be none: a file that never arrived, a folder that somebody fills. */
  forget(target: DeleteTarget): void {
    this.#rows.enlist(() => this.#remove(target.key));
    this.#done(target);
  }

  /** Nothing is to be done about a folder, now or later. */
  pass(target: DeleteTarget): void {
    this.#done(target);
  }

  /** Writes what was gathered, in one transaction. */
  flush(): void {
    this.#rows.flush();
  }

  #done(target: DeleteTarget): void {
    this.#doneCount += 1;
    this.#doneBytes += target.sizeBytes;
    this.#options.onProgress(target.path, this);
    this.#rows.flushWhenDue();
  }

  #markCertain({ key }: DeleteTarget): void {
    this.#rows.enlist(() => this.#options.index.markCertain(key));
  }

  #strike(target: DeleteTarget): void {
    const { index, gone } = this.#options;
    for (const folder of foldersAbove(target.key)) if (gone.has(folder)) index.putFolder(folder);
    this.#remove(target.key);
  }

  #remove(key: string): void {
    this.#options.index.remove(key);
    this.#options.pending.remove(key);
  }
}
