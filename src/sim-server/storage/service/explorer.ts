import { hash } from "node:crypto";

import type { FileEntry, FolderEntry } from "../../../protocol/http/schemas.ts";
import { formatServicePath, type ServicePath } from "../../../protocol/service-path.ts";
import type { AccountStore } from "../stores/account-store.ts";
import type { ContractStorage } from "../stores/contract-storage.ts";
import { fileEntry, folderEntry, generationEntry, nodeEntry } from "../stores/entries.ts";
import { listPart } from "../stores/tree-listing.ts";
import { newestGeneration, type StoredGeneration } from "../stores/service-nodes.ts";

/** A file that is put on the service by hand. */
export interface PutOptions {
  /** Nanoseconds since 1970. Default: the moment of the put. */
  readonly modifiedAtNs?: bigint;
  /**
   * Takes any name but one with `/` or NUL, past all rules: `..`, forbidden characters, reserved names.
   * For finding out what a client does with what a service must never say (I11).
   */
  readonly anyName?: boolean;
}

/**
 * What a person in the service's explorer, or another agent of the contract, does: at once, without
 * HTTP, session or faults, by the same rules of capacity and generations. Also the eye of whoever has
 * to know what really is on the service. Methods throw `ProblemError` as a request would be refused.
 */
export class Explorer {
  readonly #accounts: () => AccountStore;
  readonly #loginId: string;
  readonly #clock: { nowMs(): number };

  /** Acts for an account; it is looked up at each call, so an explorer outlives a restore. */
  constructor(accounts: () => AccountStore, loginId: string, clock: { nowMs(): number }) {
    this.#accounts = accounts;
    this.#loginId = loginId;
    this.#clock = clock;
  }

  /** Everything below a folder, in listing order; with `recursive: false` its children only. */
  list(
    path: ServicePath,
    options: { readonly recursive?: boolean } = {},
  ): (FileEntry | FolderEntry)[] {
    const storage = this.#storage();
    const { entries } = listPart({
      folder: storage.folder(path),
      path: formatServicePath(path),
      recursive: options.recursive ?? true,
      after: null,
      entryCountMax: Number.POSITIVE_INFINITY,
    });
    return entries.map(({ node, path: at }) => nodeEntry(node, at));
  }

  /** The newest generation of a file; `undefined` when there is none. */
  file(path: ServicePath): FileEntry | undefined {
    const file = this.#storage().tree.file(path);
    return file && fileEntry(file, formatServicePath(path));
  }

  /** Whether there is such a folder. */
  folderExists(path: ServicePath): boolean {
    return this.#storage().tree.folder(path) !== undefined;
  }

  /** The bytes of a file, of its newest generation or of generation `generation`. A copy. */
  read(path: ServicePath, generation?: number): Buffer {
    const storage = this.#storage();
    const file = storage.file(path);
    const kept: StoredGeneration | undefined =
      generation === undefined
        ? newestGeneration(file)
        : file.generations.find((each) => each.generation === generation);
    if (kept === undefined) throw new Error(`generation ${generation} is not kept`);
    return Buffer.concat(storage.read(kept).chunks);
  }

  /** The generations kept of a file, newest first. */
  generations(path: ServicePath): ReturnType<typeof generationEntry>[] {
    const file = this.#storage().file(path);
    return file.generations.map((generation) => generationEntry(file, generation));
  }

  /** Puts a file, creating every folder above it. */
  put(path: ServicePath, content: Uint8Array | string, options: PutOptions = {}): FileEntry {
    const storage = this.#storage();
    const bytes = Buffer.from(content);
    const parent = path.slice(0, -1);
    if (options.anyName === true) storage.tree.ensureFolder(parent, this.#clock.nowMs());
    else if (parent.length > 0) storage.createFolder(parent, "area");
    const { file } = storage.commitFile({
      path,
      bytes: { sizeBytes: bytes.length, chunks: [bytes] },
      sha256: hash("sha256", bytes),
      modifiedAtNs: String(options.modifiedAtNs ?? BigInt(this.#clock.nowMs()) * 1_000_000n),
      anyName: options.anyName ?? false,
    });
    return fileEntry(file, formatServicePath(path));
  }

  /** Creates a folder and every folder above it. */
  createFolder(path: ServicePath): FolderEntry {
    const { folder } = this.#storage().createFolder(path, "area");
    return folderEntry(folder, formatServicePath(path));
  }

  /** Renames or moves a file or folder. */
  rename(kind: "file" | "folder", from: ServicePath, to: ServicePath): void {
    this.#storage().move(kind, from, to);
  }

  /** Deletes a file with all its generations, or a folder with everything in it. */
  delete(kind: "file" | "folder", path: ServicePath): void {
    if (kind === "file") this.#storage().deleteFile(path);
    else this.#storage().deleteFolder(path);
  }

  /** Capacity and what is used of it, in bytes. */
  usage(): { readonly quotaBytes: number; readonly usedBytes: number; readonly freeBytes: number } {
    const { quotaBytes, usedBytes } = this.#storage();
    return { quotaBytes, usedBytes, freeBytes: quotaBytes - usedBytes };
  }

  #storage(): ContractStorage {
    return this.#accounts().get(this.#loginId).contract.storage;
  }
}
