import { coarseName } from "../../core/coarse-name.ts";
import { restoreDiskFailure, type RestoreFailure } from "./restore-failure.ts";
import { DiskError } from "../../ports/source-disk.ts";
import type { Log } from "../../ports/log.ts";
import type { FolderAttributes, HeldFolder, TargetDisk } from "../../ports/target-disk.ts";
import type { RestoreLeftovers } from "../../state/restore-leftovers.ts";
import type { SettledEntry } from "./settled-entry.ts";

/** What a `TargetFolder` needs of its job. */
export interface TargetFolderContext {
  readonly jobId: number;
  readonly disk: TargetDisk;
  readonly leftovers: RestoreLeftovers;
  readonly log: Log;
  /** Told of a folder whose names could not be made durable. */
  readonly recorder: { readonly settle: (entry: SettledEntry) => void };
}

/** Where a folder stands, and what is known of it when it is entered. */
export interface TargetFolderOptions {
  /** On this PC. */
  readonly path: string;
  /** Its row's path; "" is the chosen folder itself. */
  readonly rowPath: string;
  readonly parent: TargetFolder | undefined;
  /** The path by which the disk gets to it, where that is another one. */
  readonly reach?: string;
  /** Held by it from now on, where the host can. */
  readonly held?: HeldFolder | undefined;
  /** Why it is not there. */
  readonly failure?: RestoreFailure;
  /** It was made just now. */
  readonly isNew?: boolean;
  /** It, or one above it, is not the current one of its name on the service, and stands under another. */
  readonly isOlder?: boolean;
  /** What it is like once nobody is in it any more. */
  readonly attributes?: FolderAttributes | undefined;
}

/**
 * A folder that is restored into. Held by the plan while it is in it, by each of its files until that
 * is done, and by the folders in it; once nobody holds it any more, it gets its time and mode, its names
 * are made durable and the note of what may be left in it is taken back.
 */
export class TargetFolder {
  readonly path: string;
  readonly rowPath: string;
  readonly failure: RestoreFailure | undefined;
  readonly isOlder: boolean;
  readonly #context: TargetFolderContext;
  readonly #parent: TargetFolder | undefined;
  readonly #reach: string;
  #held: HeldFolder | undefined;
  #holderCount = 1;
  /** Whether its own name was made just now and may not be durable yet. */
  readonly #isNew: boolean;
  readonly #attributes: FolderAttributes | undefined;
  #isChanged: boolean;
  #isLeft = false;
  #syncing: Promise<void> = Promise.resolve();
  #nextSync: Promise<void> | undefined;
  #hasRow = false;
  #isNoted = false;
  #isLittered = false;
  readonly #underWay = new Map<
    string,
    { count: number; readonly over: PromiseWithResolvers<void> }
  >();

  /** Held by the one who makes it. */
  constructor(context: TargetFolderContext, options: TargetFolderOptions) {
    this.#context = context;
    this.path = options.path;
    this.rowPath = options.rowPath;
    this.failure = options.failure;
    this.isOlder = options.isOlder === true || options.parent?.isOlder === true;
    this.#parent = options.parent;
    this.#held = options.held;
    this.#reach = options.reach ?? options.path;
    this.#isNew = options.isNew ?? false;
    this.#isChanged = this.#isNew;
    this.#attributes = options.attributes;
    // Another spelling of it is not entered before all is done here: the last one gives it its time and mode.
    options.parent?.holdFor(this.#name);
    if (options.isNew === true) options.parent?.changed();
  }

  /** The path by which the disk gets to this very folder, whatever came to stand at its name. */
  get reach(): string {
    return this.#held?.path ?? this.#reach;
  }

  /** Takes what holds it on the disk; released with the folder. */
  keepHeld(held: HeldFolder | undefined): void {
    this.#held = held;
  }

  /** Whether what is done by `reach` is done in this folder for sure. */
  get isHeld(): boolean {
    return this.#held !== undefined;
  }

  hold(): void {
    this.#holderCount += 1;
  }

  get #name(): string {
    return this.rowPath.slice(this.rowPath.lastIndexOf("/") + 1);
  }

  /** Held by a file or folder in it that has this name. */
  holdFor(name: string): void {
    this.hold();
    const key = coarseName(name);
    const same = this.#underWay.get(key) ?? { count: 0, over: Promise.withResolvers<void>() };
    same.count += 1;
    this.#underWay.set(key, same);
  }

  /** The file or folder is done. */
  async releaseFor(name: string): Promise<void> {
    const key = coarseName(name);
    const same = this.#underWay.get(key);
    if (same !== undefined) {
      same.count -= 1;
      if (same.count === 0) {
        this.#underWay.delete(key);
        same.over.resolve();
      }
    }
    await this.release();
  }

  /** Waits until nothing of this name is under way, nor of one that the disk may take for it. */
  async noneUnderWay(name: string): Promise<void> {
    await this.#underWay.get(coarseName(name))?.over.promise;
  }

  /**
   * Whether the path still leads here: neither it nor a folder above it became a link, or anything but a
   * folder, nor another one where that can be told, since it was entered. The chosen folder's own parents are the person's.
   */
  async isReached(): Promise<boolean> {
    if (this.#parent !== undefined && !(await this.#parent.isReached())) return false;
    const there = await this.#context.disk.find(this.path);
    if (there?.kind !== "folder") return false;
    return this.#held === undefined || there.fileId === this.#held.fileId;
  }

  /**
   * Resolves when every name that was put into it up to now, and its own, survive a loss of power. Those
   * who ask while names are made durable share the next time.
   */
  makeDurable(): Promise<void> {
    this.#nextSync ??= this.#syncing.then(() => {
      this.#nextSync = undefined;
      this.#syncing = this.#sync();
      return this.#syncing;
    });
    return this.#nextSync;
  }

  /** A name in it was added or replaced. */
  changed(): void {
    this.#isChanged = true;
  }

  /** Notes that a file under a temporary name may be left here; before the first one is made. */
  expectTemporaryFile(): void {
    if (this.#isNoted) return;
    this.#context.leftovers.add({ jobId: this.#context.jobId, folder: this.path });
    this.#isNoted = true;
  }

  /** A file under a temporary name could not be removed; the next run tries again. */
  keepNote(): void {
    this.#isLittered = true;
  }

  async release(): Promise<void> {
    this.#holderCount -= 1;
    if (this.#holderCount > 0) return;
    this.#isLeft = true;
    this.#isChanged ||= this.#attributes !== undefined && this.failure === undefined;
    if (this.#isChanged) await this.makeDurable();
    if (this.#isNoted && !this.#isLittered) {
      this.#context.leftovers.remove({ jobId: this.#context.jobId, folder: this.path });
    }
    await this.#held?.release();
    await this.#parent?.releaseFor(this.#name);
  }

  async #sync(): Promise<void> {
    const { disk, log, recorder, jobId } = this.#context;
    if (!this.#isChanged) return;
    this.#isChanged = false;
    if (this.#isNew) await this.#parent?.makeDurable();
    try {
      // What is put into it later would give it another time.
      const isKept = await disk.syncFolder(this.reach, this.#isLeft ? this.#attributes : undefined);
      if (!isKept) log.write("warn", "the-disk-keeps-no-mode-of-a-folder", { job: jobId });
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      log.write("warn", "names-in-a-folder-may-not-be-durable", {
        job: jobId,
        error: String(error),
      });
      // A folder that may be written but not read cannot be synced; one that went away need not be.
      if (this.#hasRow || (error.kind !== "io" && error.kind !== "disk-full")) return;
      this.#hasRow = true;
      const row = { path: this.rowPath, entryKind: "folder" } as const;
      recorder.settle({ kind: "settled", row, outcome: restoreDiskFailure(error) });
    }
  }
}
