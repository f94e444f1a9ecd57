import { isFailure, type FileOutcome } from "../../core/file-outcome.ts";
import type { IdWitnesses } from "../../core/id-witnesses.ts";
import { foldersAbove } from "../../core/folders-above.ts";
import { isSettled } from "../../core/difference.ts";
import { JOB_CAUSES } from "../../core/job-causes.ts";
import type { BackupCauseId } from "../../../protocol/causes/causes.ts";
import type { DiskStat } from "../../ports/source-disk.ts";
import type { PlacedService } from "../../ports/service.ts";
import type { PlaceTag } from "../../../protocol/http/place-tag.ts";
import { KnownPlace } from "../../state/known-place.ts";
import { FileIndex } from "../../state/file-index.ts";
import { FolderStates } from "../../state/folder-states.ts";
import { GoneEntries } from "../../state/gone-entries.ts";
import type { KnownEntry } from "../../state/known-entries.ts";
import { KnownFolders } from "../../state/known-folders.ts";
import { PendingUploads, type PendingUpload } from "../../state/pending-uploads.ts";
import { UnsavedEntries } from "../../state/unsaved-entries.ts";
import type { JobFileRecord } from "../../../protocol/job-record.ts";
import { RowRecorder, type JobTotals, type RowRecorderOptions } from "../row-recorder.ts";
import type { ComparedTarget } from "./compare.ts";
import type { Excluded, FailedTarget, SeenFolder } from "./scan-item.ts";
import { message } from "../../../messages/message.ts";

interface BackupRecorderOptions extends RowRecorderOptions {
  readonly sourceId: number;
  /** Whether a deletion follows, which goes by what was seen and not saved. */
  readonly notesUnsaved: boolean;
  /** Told of known files that are the same as they were. */
  readonly witnesses: IdWitnesses;
  /** How much there is to look at, as far as is known by now; asked only while somebody follows the job. */
  readonly currentTotals: () => JobTotals | null;
}

/** What is on the service now, for the index. */
export interface BackedUpState {
  readonly stat: DiskStat;
  readonly sha256: string;
  /** When the bytes were read: decides whether the file is settled. */
  readonly readAtMs: number;
}

/**
 * Writes what happens in a backup: rows of the details, index, notes of uploads, counters. Order of
 * what is durable: a target's note and pending row before its first byte is sent; its final row and
 * its index entry in one transaction after the service acknowledged it.
 */
export class BackupRecorder extends RowRecorder<BackupCauseId> {
  readonly #options: BackupRecorderOptions;
  readonly #index: FileIndex;
  readonly #folders: FolderStates;
  readonly #pending: PendingUploads;
  readonly #gone: GoneEntries;
  readonly #place: KnownPlace;
  /** The service as far as the destination goes, once that was seen. */
  #service: Pick<PlacedService, "place"> | undefined;
  readonly #unsaved: UnsavedEntries;
  readonly #knownFolders: KnownFolders;
  /** Rows of targets whose turn has come, and the sizes they were counted with, by key. */
  readonly #begun = new Map<string, { readonly position: number; readonly sizeBytes: number }>();
  #processedBytes = 0;
  readonly #underWayBytes = new Map<string, number>();

  constructor(options: BackupRecorderOptions) {
    super(options, JOB_CAUSES.backup);
    this.#options = options;
    const { database, sourceId } = options;
    this.#index = new FileIndex(database, sourceId);
    this.#folders = new FolderStates(database, sourceId);
    this.#pending = new PendingUploads(database, sourceId);
    this.#gone = new GoneEntries(database, sourceId);
    this.#place = new KnownPlace(database, sourceId);
    this.#unsaved = new UnsavedEntries(database, sourceId);
    this.#knownFolders = new KnownFolders(database, sourceId);
  }

  /** Size of the targets that have their final status, and what is done of those under way. */
  protected override get bytesDone(): number {
    return this.#underWayBytes.values().reduce((sum, bytes) => sum + bytes, this.#processedBytes);
  }

  protected override get totals(): JobTotals | null {
    return this.#options.currentTotals();
  }

  /** The folder that index and notes speak of; undefined when of none. */
  get knownPlace(): PlaceTag | undefined {
    return this.#place.get();
  }

  /** The job goes into this very folder; unless it is the known one, what is known of another is forgotten. */
  begunIn(service: Pick<PlacedService, "place">, { isKnown }: { readonly isKnown: boolean }): void {
    this.#service = service;
    if (isKnown) return;
    this.#options.database.transaction("streaming", () => this.#place.moveTo(service.place));
  }

  /** What was learned of the folder up to now is noted in this transaction. */
  advancePlace(): void {
    if (this.#service !== undefined) this.#place.advance(this.#service.place);
  }

  /** Whether an earlier job left the target's bytes on their way. */
  findPending(target: ComparedTarget): PendingUpload | undefined {
    return this.#pending.find(target.key);
  }

  exclude(item: Excluded): void {
    this.count({ excludedCount: 1 });
    this.putExcluded({
      path: item.path,
      entryKind: item.entryKind,
      detail: message("backup.not-a-target", { kind: message(`entry.${item.why}`) }),
    });
    if (item.entryKind !== "other") this.#noteUnsaved(item);
  }

  /** A folder was seen: what is new of it goes to the service once everything else is there. */
  seeFolder({ key, stat: { modifiedAtNs, mode } }: SeenFolder): void {
    this.enlist(() => this.#folders.see({ key, modifiedAtNs, mode }));
    this.flushWhenDue();
  }

  /** The service has other times or modes of a folder than were saved. */
  doubtFolder(key: string): void {
    this.enlist(() => this.#folders.doubt(key));
  }

  fail(item: FailedTarget): void {
    const targetFileCount = item.entryKind === "file" ? 1 : 0;
    this.count({ targetCount: 1, targetFileCount, processedCount: 1 });
    const pathBase64 = item.pathBytes && Buffer.from(item.pathBytes).toString("base64");
    const { path, entryKind } = item;
    this.putFinal({ path, pathBase64, entryKind }, item.failure);
    if (path !== "") this.#noteUnsaved(item);
  }

  /** Notes targets whose bytes go out next; safe against a killed process when it returns. */
  begin(targets: readonly ComparedTarget[]): void {
    for (const target of targets) {
      this.#countTarget(target, target.stat.sizeBytes);
      const position = this.putPending(rowOf(target));
      this.#begun.set(target.key, { position, sizeBytes: target.stat.sizeBytes });
      this.enlist(() => this.#noteUpload(target));
    }
    this.flush();
  }

  /** Notes where a large file's bytes go, so that a later job can go on there. */
  noteUpload(pending: PendingUpload): void {
    this.enlist(() => this.#pending.put(pending));
    this.flush();
  }

  /** A large target came so far; only for progress. */
  advance(target: ComparedTarget, doneBytes: number): void {
    this.#underWayBytes.set(target.key, doneBytes);
    this.tellProgress(target.path);
  }

  /** A target got its final status; `backedUp` when it is on the service in this state. */
  finish(target: ComparedTarget, outcome: FileOutcome, backedUp?: BackedUpState): void {
    const begun = this.#begun.get(target.key);
    this.#begun.delete(target.key);
    this.#underWayBytes.delete(target.key);
    const isFile = target.entryKind === "file";
    const isSent = outcome.status === "completed" && isFile;
    // What a disk calls the size of a folder is that of its list of names, and nothing that is saved.
    const sizeBytes = isFile ? (backedUp?.stat.sizeBytes ?? target.stat.sizeBytes) : 0;
    if (begun === undefined) this.#countTarget(target, sizeBytes);
    // A file that got another size since its turn came counts with what its row shows.
    const grownBytes = begun === undefined ? 0 : sizeBytes - begun.sizeBytes;
    this.count({
      processedCount: 1,
      targetBytes: isFile ? grownBytes : 0,
      transferredFileCount: isSent ? 1 : 0,
      transferredBytes: isSent ? sizeBytes : 0,
    });
    this.#processedBytes += sizeBytes;
    this.putFinal({ ...rowOf(target), ...(backedUp && { sizeBytes }) }, outcome, begun?.position);
    if (backedUp !== undefined) {
      this.enlist(() => this.#indexTarget(target, backedUp));
      // What the index says from now on is true of no earlier state.
      this.enlist(() => this.advancePlace());
    } else if (outcome.status === "no-difference") this.#identify(target);
    if (outcome.status === "no-difference") this.#witness(target, backedUp?.stat ?? target.stat);
    if (isFailure(outcome)) this.#noteUnsaved(target);
    // A refused or failed file keeps its note only while a later job could go on from it.
    if (outcome.status === "completed" || outcome.status === "no-difference") {
      this.enlist(() => this.#pending.remove(target.key));
    }
    this.flushWhenDue();
  }

  /**
   * A folder stands where a file was and becomes the current one of the name on the service: should the file
   * come back, it has to be sent, as it was or not. An upload of it that was cut off may have arrived, which
   * is all that is remembered of it from now on. Safe against a loss of power when it returns: what is sent
   * next may be there afterwards, and nobody know of it.
   */
  fileReplaced(key: string): void {
    this.#supersede(() => {
      this.#index.markUncertain(key);
      return [this.#pending.find(key) ?? []].flat();
    });
  }

  /** A file stands where a folder was; as `fileReplaced`, of what is in that. */
  folderReplaced(folderKey: string): void {
    this.#supersede(() => {
      this.#index.markUncertainBelow(folderKey);
      return this.#pending.below(folderKey);
    });
  }

  /** What an earlier backup found gone, or did not save, is found anew. */
  forgetGone(): void {
    this.#options.database.transaction("streaming", () => {
      this.#gone.clear();
      this.#unsaved.clear();
    });
  }

  /** A folder was listed: which one stands at the key is known from now on. */
  knowFolder(key: string, stat: DiskStat): void {
    const known = this.#knownFolders.find(key);
    if (known?.fileId === stat.fileId && known.deviceId === stat.deviceId) return;
    this.enlist(() => this.#knownFolders.put(key, stat));
  }

  /** The delete job that follows is about this entry, unless something protects it after all. */
  markGone(entry: KnownEntry): void {
    this.enlist(() => this.#gone.put(entry));
    this.flushWhenDue();
  }

  /** What has this key stands there: it, all below it and the folders above are not gone. */
  unmarkGone(key: string): void {
    this.enlist(() => this.#gone.unmark(key, foldersAbove(key)));
    this.flushWhenDue();
  }

  /** `mark` puts entries in doubt and says which cut off uploads were of their kind. */
  #supersede(mark: () => readonly PendingUpload[]): void {
    this.flush();
    this.#options.database.transaction("acknowledged", () => {
      for (const note of mark()) {
        this.#index.putUncertain(note);
        this.#pending.remove(note.key);
      }
    });
  }

  /** A known file is the same as it was. */
  #witness({ entryKind, known }: ComparedTarget, stat: DiskStat): void {
    if (entryKind === "file" && known !== undefined) this.#options.witnesses.see(known, stat);
  }

  #noteUnsaved(item: {
    readonly entryKind: "file" | "folder" | "other";
    readonly path: string;
    readonly stat?: DiskStat | undefined;
    readonly diskPath?: string;
  }): void {
    if (!this.#options.notesUnsaved) return;
    const { entryKind, path, stat, diskPath = null } = item;
    const isFolder = entryKind === "folder";
    this.enlist(() =>
      this.#unsaved.put({
        key: isFolder ? `${path}/` : path,
        deviceId: stat?.deviceId ?? null,
        fileId: stat?.fileId ?? null,
        diskPath: isFolder ? diskPath : null,
      }),
    );
  }

  #countTarget(target: ComparedTarget, sizeBytes: number): void {
    const isFile = target.entryKind === "file";
    this.count({
      targetCount: 1,
      targetFileCount: isFile ? 1 : 0,
      targetBytes: isFile ? sizeBytes : 0,
    });
  }

  #noteUpload(target: ComparedTarget): void {
    // A note that an earlier job left may hold an upload to go on with: it is not overwritten.
    if (target.entryKind === "folder" || this.findPending(target) !== undefined) return;
    this.#pending.put({ ...target.stat, key: target.key, upload: null });
  }

  #indexTarget(target: ComparedTarget, backedUp: BackedUpState): void {
    this.#index.put({
      key: target.key,
      // What a disk says of a folder's own size is nothing that is backed up.
      sizeBytes: target.entryKind === "folder" ? 0 : backedUp.stat.sizeBytes,
      modifiedAtNs: backedUp.stat.modifiedAtNs,
      changedAtNs: backedUp.stat.changedAtNs,
      mode: backedUp.stat.mode,
      sha256: backedUp.sha256,
      settled: isSettled(backedUp.stat, backedUp.readAtMs),
      deviceId: backedUp.stat.deviceId,
      fileId: backedUp.stat.fileId,
    });
  }

  /** An entry of the index is kept as it is, and is another file to the disk by now. */
  #identify({ key, known, stat }: ComparedTarget): void {
    if (known === undefined) return;
    if (known.fileId === stat.fileId && known.deviceId === stat.deviceId) return;
    this.enlist(() => this.#index.identify(key, stat));
  }
}

function rowOf(target: ComparedTarget): Pick<JobFileRecord, "path" | "entryKind" | "sizeBytes"> {
  return {
    path: target.path,
    entryKind: target.entryKind,
    sizeBytes: target.entryKind === "file" ? target.stat.sizeBytes : 0,
  };
}
