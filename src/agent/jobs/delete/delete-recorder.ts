import type { DeleteCauseId } from "../../../protocol/causes/causes.ts";
import { HELD_FOLDERS_NAMED_COUNT, heldFoldersDetail } from "../../core/delete-decision.ts";
import type { FileOutcome } from "../../core/file-outcome.ts";
import { foldersAbove } from "../../core/folders-above.ts";
import { JOB_CAUSES } from "../../core/job-causes.ts";
import { FileIndex } from "../../state/file-index.ts";
import { FolderStates } from "../../state/folder-states.ts";
import { GoneEntries } from "../../state/gone-entries.ts";
import { PendingUploads } from "../../state/pending-uploads.ts";
import { RowRecorder, type JobTotals, type RowRecorderOptions } from "../row-recorder.ts";
import type { DeleteTarget } from "./delete-target.ts";
import type { Message } from "../../../messages/message.ts";

interface DeleteRecorderOptions extends RowRecorderOptions {
  readonly sourceId: number;
}

/**
 * Writes what happens in a deletion. A row, its index entry and its note of an upload change in one
 * transaction. A folder that went with a file enters the index together with the file's leaving it: a
 * deletion that is cut off in between is then known by the next.
 */
export class DeleteRecorder extends RowRecorder<DeleteCauseId> {
  readonly #options: DeleteRecorderOptions;
  readonly #index: FileIndex;
  readonly #folders: FolderStates;
  readonly #pending: PendingUploads;
  readonly #gone: GoneEntries;
  readonly #totals: JobTotals;
  /** Folders for which something is held; the first few are named. */
  readonly #heldFolders = new Set<string>();
  #hasDeleted = false;
  #doneCount = 0;
  #doneBytes = 0;

  constructor(options: DeleteRecorderOptions) {
    super(options, JOB_CAUSES.delete);
    this.#options = options;
    const { database, sourceId } = options;
    this.#index = new FileIndex(database, sourceId);
    this.#folders = new FolderStates(database, sourceId);
    this.#pending = new PendingUploads(database, sourceId);
    this.#gone = new GoneEntries(database, sourceId);
    const { entryCount, sizeBytes } = this.#gone.totals();
    this.#totals = { fileCount: entryCount, sizeBytes };
  }

  /** Whether anything was deleted, folders too. */
  override get didAnything(): boolean {
    return this.#hasDeleted;
  }

  /** Which folders something is held for, until a person confirms. */
  override get remark(): Message | null {
    if (this.#heldFolders.size === 0) return null;
    return heldFoldersDetail([...this.#heldFolders], this.#options.sourcePath);
  }

  /** Targets that are done with, with a row or without. */
  protected override get filesDone(): number {
    return this.#doneCount;
  }

  protected override get bytesDone(): number {
    return this.#doneBytes;
  }

  /** What the backup found gone. */
  protected override get totals(): JobTotals {
    return this.#totals;
  }

  /**
   * Notes that requests to delete these are about to go out; safe against a lost power when it returns.
   * Whatever becomes of them, none counts as being on the service until that is known again, nor do the
   * times and mode of a folder.
   */
  markUncertain(keys: readonly string[]): void {
    this.#options.database.transaction("acknowledged", () => {
      for (const key of keys) {
        this.#index.markUncertain(key);
        if (key.endsWith("/")) this.#folders.doubt(key);
      }
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
    this.count({
      targetCount: 1,
      processedCount: 1,
      targetFileCount: files,
      targetBytes: sizeBytes,
      ...(isDeleted && { transferredFileCount: files, transferredBytes: sizeBytes }),
    });
    this.putFinal({ path, entryKind, sizeBytes }, outcome);
    if (isOff) this.enlist(() => this.#forgetDeleted(target));
    this.#done(target);
  }

  /** Something protects a target after all: it is none. */
  exclude(target: DeleteTarget, detail: Message, causes: readonly DeleteCauseId[] = []): void {
    const { path, entryKind, sizeBytes } = target;
    this.count({ excludedCount: 1 });
    this.putExcluded({ path, entryKind, sizeBytes, detail, causes });
    this.#markCertain(target);
    this.#done(target);
  }

  /** What a row is about lay on a device that is not there, or in a folder that is suddenly empty (D15). */
  hold(target: DeleteTarget, folder: string): void {
    if (this.#heldFolders.size < HELD_FOLDERS_NAMED_COUNT) this.#heldFolders.add(folder);
    this.tally.note("DEL-NR-3");
    this.exclude(target, heldFoldersDetail([folder], this.#options.sourcePath), ["DEL-NR-3"]);
  }

  /** A target turns out to be none: a file that never arrived, a folder that somebody fills. */
  forget(target: DeleteTarget): void {
    this.enlist(() => this.#remove(target.key));
    this.#done(target);
  }

  /** Nothing is to be done about a folder, now or later. */
  pass(target: DeleteTarget): void {
    this.#done(target);
  }

  /** What is done with is told of by `#done`, with a row or without. */
  protected override progressed(): void {
    return undefined;
  }

  #done(target: DeleteTarget): void {
    this.#doneCount += 1;
    this.#doneBytes += target.sizeBytes;
    this.tellProgress(target.path);
    this.flushWhenDue();
  }

  #markCertain({ key }: DeleteTarget): void {
    this.enlist(() => this.#index.markCertain(key));
  }

  #forgetDeleted(target: DeleteTarget): void {
    for (const folder of foldersAbove(target.key)) {
      if (this.#gone.has(folder)) this.#index.putFolder(folder);
    }
    this.#remove(target.key);
  }

  #remove(key: string): void {
    this.#index.remove(key);
    if (key.endsWith("/")) this.#folders.remove(key);
    this.#pending.remove(key);
  }
}
