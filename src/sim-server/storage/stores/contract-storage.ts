import { message } from "../../../messages/message.ts";
import { formatServicePath, type ServicePath } from "../../../protocol/service-path.ts";
import {
  ifMatchHolds,
  ifNoneMatchHolds,
  UNCONDITIONAL,
  type Preconditions,
} from "../http/preconditions.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import type { PlaceTag } from "../../../protocol/http/place-tag.ts";
import { ProblemError } from "../http/problem-error.ts";
import {
  assertPathLength,
  assertRemovable,
  assertWritable,
  requiredParentDepth,
} from "./write-rules.ts";
import type { BytesStore, StoredBytes } from "./bytes-store.ts";
import { ServiceHistory } from "./service-history.ts";
import { ServiceTree, walk, type TreeListener } from "./service-tree.ts";
import {
  generationEtag,
  newestGeneration,
  type FileNode,
  type FolderAttributes,
  type FolderNode,
  type StoredGeneration,
  type ServiceNode,
} from "./service-nodes.ts";

/** A file to be committed: its bytes are here and have the digest they are said to have. */
export interface FileCommit {
  readonly path: ServicePath;
  readonly bytes: StoredBytes;
  readonly sha256: string;
  readonly modifiedAtNs: string;
  /** Absent: its PC has none. */
  readonly mode?: string | undefined;
  readonly preconditions?: Preconditions;
  /** Past all rules for names, for planting what no client could have written. Default false. */
  readonly anyName?: boolean;
}

/** What became of it. `unchanged`: the newest generation was exactly this already. */
export interface FileCommitted {
  readonly file: FileNode;
  readonly outcome: "created" | "new-generation" | "unchanged";
}

/** Is told of what changes. */
interface StorageListener extends TreeListener {
  /** There was a change. */
  advanced(history: ServiceHistory): void;
}

interface ContractStorageOptions {
  /** An id that no timeline of any service has or had, see `ServiceHistory`. */
  readonly newTimeline: () => string;
  readonly bytes: BytesStore;
  readonly clock: { nowMs(): number };
  readonly quotaBytes: number;
  readonly generationCountMax: number;
  /** Default: `LIMITS.folderCountMax`. */
  readonly folderCountMax?: number;
  /** Default: `LIMITS.fileCountMax`. */
  readonly fileCountMax?: number;
  /** Told of every change of folders and files. Default: nobody is. */
  readonly listener?: StorageListener;
}

/**
 * The files of one contract under its rules: where may be written, generations, capacity. Every
 * method is carried out whole or throws a `ProblemError` and changed nothing; none waits, so no two
 * requests are ever in the middle of one (I16). `usedBytes` is the exact sum of all generations (I5).
 */
export class ContractStorage {
  readonly tree: ServiceTree;
  readonly history: ServiceHistory;
  readonly generationCountMax: number;
  readonly #bytes: BytesStore;
  readonly #clock: { nowMs(): number };
  readonly #folderCountMax: number;
  readonly #fileCountMax: number;
  #quotaBytes: number;
  #usedBytes = 0;

  /** An empty storage. */
  constructor(options: ContractStorageOptions) {
    this.tree = new ServiceTree(options.listener);
    this.history = new ServiceHistory(options.newTimeline, (history) =>
      options.listener?.advanced(history),
    );
    this.#bytes = options.bytes;
    this.#clock = options.clock;
    this.#quotaBytes = options.quotaBytes;
    this.generationCountMax = options.generationCountMax;
    this.#folderCountMax = options.folderCountMax ?? LIMITS.folderCountMax;
    this.#fileCountMax = options.fileCountMax ?? LIMITS.fileCountMax;
  }

  /** Bytes of all generations together. */
  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Bytes the contract has. */
  get quotaBytes(): number {
    return this.#quotaBytes;
  }

  /** Changes what the contract has; throws a RangeError below what is used. */
  set quotaBytes(value: number) {
    if (!Number.isSafeInteger(value) || value < this.#usedBytes) {
      throw new RangeError(`a quota of ${value} bytes does not hold the ${this.#usedBytes} in use`);
    }
    this.#quotaBytes = value;
  }

  /** The folder at a path, or `not-found`. */
  folder(path: ServicePath): FolderNode {
    const folder = this.tree.folder(path);
    if (folder === undefined) throw missing("folder", path);
    return folder;
  }

  /** The file at a path, or `not-found`. */
  file(path: ServicePath): FileNode {
    const file = this.tree.file(path);
    if (file === undefined) throw missing("file", path);
    return file;
  }

  /** The tag of a folder as it stands now. */
  placeTag({ id: folderId }: Pick<FolderNode, "id">): PlaceTag {
    return { folderId, ...this.history.now };
  }

  /**
   * Refuses with `folder-changed` where a path does not lead through the folder of a tag, or end at it, and
   * with `state-changed` where what the tag was given for was taken back.
   */
  assertPlace(path: ServicePath, place: PlaceTag | null): void {
    if (place === null) return;
    let folder: FolderNode | undefined = this.tree.root;
    for (const name of path) {
      if (folder === undefined || folder.id === place.folderId) break;
      folder = folder.children.folder(name);
    }
    if (folder?.id !== place.folderId) {
      throw new ProblemError(
        "folder-changed",
        message("storage.folder-changed", { path: formatServicePath(path) }),
      );
    }
    if (this.history.holds(place)) return;
    throw new ProblemError("state-changed", message("storage.state-changed"));
  }

  /** The bytes of a generation. */
  read(generation: StoredGeneration): StoredBytes {
    return this.#bytes.read(generation.sha256);
  }

  /**
   * Refuses what `commitFile` would refuse for its path and size alone, before any byte has been
   * transferred. What it lets through can still be refused at the commit.
   */
  assertCommittable(path: ServicePath, sizeBytes: number | null): void {
    const parentPath = path.slice(0, -1);
    const parent = this.tree.folder(parentPath);
    assertWritable(path, "file", parent === undefined);
    if (parent === undefined) this.#assertParents(parentPath);
    const file = this.tree.file(path);
    if (file === undefined) this.#assertCountable(parentPath, 1);
    if (sizeBytes !== null) this.#assertFits(path, file, sizeBytes);
  }

  /**
   * Adds a generation, the first or the next one; the oldest beyond the limit falls out in the same
   * step and its space counts as free for it (F22, D6). What already is the newest generation, by
   * digest, size and modification time, adds none: repeating a commit is safe. A mode that comes with
   * it is the generation's from then on. It is the current one beside a folder of its name then.
   */
  commitFile(commit: FileCommit): FileCommitted {
    const { path, sha256, modifiedAtNs } = commit;
    const { sizeBytes } = commit.bytes;
    this.assertPlace(path, commit.preconditions?.place ?? null);
    const parentPath = path.slice(0, -1);
    const name = path.at(-1) ?? "";
    const parent = this.tree.folder(parentPath);
    if (commit.anyName !== true) assertWritable(path, "file", parent === undefined);
    if (parent === undefined) this.#assertParents(parentPath);
    const file = parent?.children.file(name);
    const newest = file && newestGeneration(file);
    const unchanged =
      newest?.sha256 === sha256 &&
      newest.sizeBytes === sizeBytes &&
      newest.modifiedAtNs === modifiedAtNs;
    this.#assertPreconditions(file, commit.preconditions ?? UNCONDITIONAL, unchanged);
    if (file !== undefined && unchanged) {
      if (commit.mode !== undefined) this.tree.setMode(file, commit.mode);
      this.tree.makeCurrent("file", path, this.#clock.nowMs());
      return { file, outcome: "unchanged" };
    }
    if (file === undefined) this.#assertCountable(parentPath, 1);
    this.#assertFits(path, file, sizeBytes);

    const savedAtMs = this.#clock.nowMs();
    const generation = (newest?.generation ?? 0) + 1;
    const mode = commit.mode ?? null;
    const stored: StoredGeneration = {
      generation,
      sizeBytes,
      modifiedAtNs,
      mode,
      savedAtMs,
      sha256,
    };
    this.#bytes.hold(sha256, commit.bytes);
    this.#usedBytes += sizeBytes;
    this.history.change();
    if (file === undefined) {
      const { folder } = this.tree.ensureFolder(parentPath, savedAtMs);
      const added = this.tree.addFile(folder, name, stored);
      this.tree.makeCurrent("file", path, savedAtMs);
      return { file: added, outcome: "created" };
    }
    this.tree.makeCurrent("file", path, savedAtMs);
    const fallen = this.tree.addGeneration(file, stored, this.generationCountMax);
    for (const each of fallen) this.#drop(each);
    return { file, outcome: "new-generation" };
  }

  /**
   * Creates a folder and what is missing above it. With `within: "destination"` only what is below
   * the destination folder is created, as for a file; otherwise all of it.
   */
  createFolder(
    path: ServicePath,
    within: "area" | "destination",
  ): { folder: FolderNode; created: boolean } {
    assertWritable(path, "folder");
    if (within === "destination") this.#assertParents(path);
    this.#assertCountable(path, 0);
    const nowMs = this.#clock.nowMs();
    const made = this.tree.ensureFolder(path, nowMs);
    this.tree.makeCurrent("folder", path, nowMs);
    if (made.created) this.history.change();
    return made;
  }

  /**
   * Gives the newest generation of a file another mode. Throws `precondition-failed` when it is another
   * one than the digest and the modification time say.
   */
  setFileMode(
    path: ServicePath,
    wanted: Pick<StoredGeneration, "sha256" | "modifiedAtNs" | "mode">,
  ): FileNode {
    const file = this.file(path);
    assertWritable(path, "file");
    const newest = newestGeneration(file);
    if (newest.sha256 !== wanted.sha256 || newest.modifiedAtNs !== wanted.modifiedAtNs) {
      throw new ProblemError(
        "precondition-failed",
        message("storage.changed", { path: formatServicePath(path) }),
      );
    }
    this.history.change();
    this.tree.setMode(file, wanted.mode);
    return file;
  }

  /** Notes what a PC says of a folder that is there. */
  setFolderAttributes(path: ServicePath, attributes: FolderAttributes): FolderNode {
    const folder = this.folder(path);
    assertWritable(path, "folder");
    this.history.change();
    this.tree.setAttributes(folder, attributes);
    return folder;
  }

  /** Deletes a file with all its generations; their space is free at once. */
  deleteFile(path: ServicePath, preconditions: Preconditions = UNCONDITIONAL): void {
    const file = this.file(path);
    assertRemovable(path);
    this.#assertPreconditions(file, preconditions, false);
    this.#remove(file);
  }

  /** Deletes a folder with everything in it. */
  deleteFolder(path: ServicePath): void {
    const folder = this.folder(path);
    assertRemovable(path);
    this.#remove(folder);
  }

  /** Renames or moves a file or folder. The new parent exists and the new name is free. */
  move(kind: "file" | "folder", from: ServicePath, to: ServicePath): ServiceNode {
    const node: ServiceNode = kind === "file" ? this.file(from) : this.folder(from);
    assertRemovable(from);
    assertWritable(to, kind);
    const name = to.at(-1) ?? "";
    const parent = this.tree.folder(to.slice(0, -1));
    if (parent === undefined) throw parentMissing(to.slice(0, -1));
    for (let at: FolderNode | null = parent; at !== null; at = at.parent) {
      if (at === node)
        throw new ProblemError("invalid-path", message("storage.folder-into-itself"));
    }
    const taken = kind === "file" ? parent.children.file(name) : parent.children.folder(name);
    if (taken === node) return node;
    if (taken !== undefined) {
      throw new ProblemError(
        "name-taken",
        message("storage.name-taken", { path: formatServicePath(to) }),
      );
    }
    const below = longestBelow(node);
    assertPathLength(below.byteCount + pathBytes(to), below.nameCount + to.length);
    this.history.change();
    this.tree.move(node, parent, name);
    this.tree.makeCurrent(kind, to, this.#clock.nowMs());
    return node;
  }

  /** Puts a generation back as a snapshot has it, past all rules. */
  restoreGeneration(generation: StoredGeneration, bytes: StoredBytes): void {
    this.#bytes.hold(generation.sha256, bytes);
    this.#usedBytes += generation.sizeBytes;
  }

  #remove(node: ServiceNode): void {
    this.history.change();
    for (const gone of walk(node)) {
      if (gone.kind === "file") for (const generation of gone.generations) this.#drop(generation);
    }
    this.tree.remove(node);
  }

  #drop(generation: StoredGeneration): void {
    this.#bytes.release(generation.sha256);
    this.#usedBytes -= generation.sizeBytes;
  }

  #assertParents(parent: ServicePath): void {
    const required = parent.slice(0, requiredParentDepth(parent));
    if (this.tree.folder(required) === undefined) throw parentMissing(required);
  }

  /** Refuses what would make more folders and files than one contract may have. */
  #assertCountable(folder: ServicePath, fileCount: number): void {
    const folders = this.tree.folderCount + folder.length - this.tree.existingDepth(folder);
    const files = this.tree.fileCount + fileCount;
    if (folders <= this.#folderCountMax && files <= this.#fileCountMax) return;
    throw new ProblemError(
      "insufficient-capacity",
      message("storage.count", {
        folderCountMax: this.#folderCountMax,
        fileCountMax: this.#fileCountMax,
      }),
    );
  }

  #assertFits(path: ServicePath, file: FileNode | undefined, sizeBytes: number): void {
    const falling = file?.generations.slice(this.generationCountMax - 1) ?? [];
    const freedBytes = falling.reduce((sum, generation) => sum + generation.sizeBytes, 0);
    const requiredBytes = sizeBytes - freedBytes;
    const freeBytes = this.#quotaBytes - this.#usedBytes;
    if (requiredBytes <= freeBytes) return;
    throw new ProblemError(
      "insufficient-capacity",
      message("storage.no-room", { path: formatServicePath(path), requiredBytes, freeBytes }),
      { extensions: { requiredBytes, freeBytes } },
    );
  }

  #assertPreconditions(
    file: FileNode | undefined,
    preconditions: Preconditions,
    alreadyApplied: boolean,
  ): void {
    const etag = file && generationEtag(file, newestGeneration(file));
    // RFC 9110 section 13.1.1 lets a change that was made already succeed in spite of If-Match: the
    // client lost the answer and asks again.
    const matches = alreadyApplied || ifMatchHolds(preconditions.ifMatch, etag);
    if (matches && ifNoneMatchHolds(preconditions.ifNoneMatch, etag)) return;
    throw new ProblemError(
      "precondition-failed",
      etag === undefined ? message("storage.no-such-file") : message("storage.stands-as", { etag }),
    );
  }
}

function missing(kind: "file" | "folder", path: ServicePath): ProblemError {
  return new ProblemError(
    "not-found",
    message(`storage.no-${kind}`, { path: formatServicePath(path) }),
  );
}

function parentMissing(parent: ServicePath): ProblemError {
  return new ProblemError(
    "parent-missing",
    message("storage.no-parent", { folder: formatServicePath(parent) }),
  );
}

function pathBytes(path: ServicePath): number {
  return path.reduce((sum, name) => sum + Buffer.byteLength(name) + 1, 0);
}

/** UTF-8 bytes and names of the longest and of the deepest path below a node, counted from it. */
function longestBelow(node: ServiceNode): {
  readonly byteCount: number;
  readonly nameCount: number;
} {
  const found = { byteCount: 0, nameCount: 0 };
  const above = new Map<FolderNode | null, typeof found>();
  for (const each of walk(node)) {
    const outer = above.get(each.parent);
    const own =
      each === node || outer === undefined
        ? { byteCount: 0, nameCount: 0 }
        : { byteCount: outer.byteCount + nameBytes(each), nameCount: outer.nameCount + 1 };
    if (each.kind === "folder") above.set(each, own);
    found.byteCount = Math.max(found.byteCount, own.byteCount);
    found.nameCount = Math.max(found.nameCount, own.nameCount);
  }
  return found;
}

function nameBytes(node: ServiceNode): number {
  return node.parent === null ? 0 : Buffer.byteLength(node.name) + 1;
}
