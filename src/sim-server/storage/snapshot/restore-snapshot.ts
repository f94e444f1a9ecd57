import { createHash, type Hash } from "node:crypto";

import { message, type Message } from "../../../messages/message.ts";
import { SpokenError } from "../../../messages/spoken-error.ts";
import type { ServicePath } from "../../../protocol/service-path.ts";
import type { ServiceState } from "../handlers/request-context.ts";
import type { SnapshotRecord } from "./snapshot-record.ts";
import { storageSnapshotSchema, type StorageSnapshot } from "./storage-snapshot.ts";
import { AccountStore, type Contract } from "../stores/account-store.ts";
import { BytesStore, type StoredBytes } from "../stores/bytes-store.ts";
import { CaptchaStore } from "../stores/captcha-store.ts";
import { MemoryBudget } from "../stores/memory-budget.ts";
import { SessionStore } from "../stores/session-store.ts";
import type { ListenerLink } from "../stores/listener-link.ts";
import type { StoreJournal } from "../stores/store-journal.ts";
import { newFolderNode, type FileNode, type FolderNode } from "../stores/service-nodes.ts";
import type { ServiceTree } from "../stores/service-tree.ts";
import { UploadStore } from "../stores/upload-store.ts";
import { UPLOAD_IDLE_MS_MAX } from "../handlers/upload-access.ts";

/** The stores of a service. */
export type Stores = Pick<
  ServiceState,
  "accounts" | "sessions" | "captchas" | "uploads" | "memory" | "journal"
>;

/** What stores are made with. */
type StoreSettings = Pick<ServiceState, "clock" | "entropy" | "memoryBytesMax">;

/** Bytes of chance in the id of a timeline. */
const TIMELINE_BYTES = 10;

/** Stores with nothing in them. */
export function emptyStores({ clock, entropy, memoryBytesMax }: StoreSettings): Stores {
  const journal: ListenerLink<StoreJournal> = { to: undefined };
  const uploads = new UploadStore(clock, UPLOAD_IDLE_MS_MAX, journal);
  const memory = new MemoryBudget(memoryBytesMax, () => uploads.removeIdle());
  // Its time as well: chance that follows from a seed is the same each time.
  const newTimeline = (): string => `${clock.nowMs()}-${entropy.randomHex(TIMELINE_BYTES)}`;
  const bytes = new BytesStore(memory, journal);
  const accounts = new AccountStore({ bytes, clock, newTimeline, journal });
  const isAccount = (loginId: string): boolean => accounts.has(loginId);
  return {
    memory,
    journal,
    accounts,
    sessions: new SessionStore(clock, journal),
    captchas: new CaptchaStore({ clock, entropy, isAccount, journal }),
    uploads,
  };
}

interface GrowingContent {
  readonly chunks: Buffer[];
  readonly hash: Hash;
  sizeBytes: number;
}

/**
 * Builds stores from records, in the order in which a snapshot has them. Throws a `SpokenError` for a record
 * that contradicts those before, and a `ProblemError` for more than memory holds; what was built so far
 * is of no use then.
 */
export class StoresBuilder {
  readonly #stores: Stores;
  /** Contents are held beside the stores until all is here. */
  readonly #staged: MemoryBudget;
  readonly #growing = new Map<string, GrowingContent>();
  readonly #contents = new Map<string, StoredBytes>();
  readonly #ids = new Set<string>();
  #contract: Contract | undefined;

  /** Nothing yet. */
  constructor(settings: StoreSettings) {
    this.#stores = emptyStores(settings);
    this.#staged = new MemoryBudget(settings.memoryBytesMax);
  }

  /** Takes the next record. */
  add(record: SnapshotRecord): void {
    const { accounts, sessions, captchas } = this.#stores;
    switch (record.record) {
      case "content":
        return this.#addContent(record.sha256, record.bytes);
      case "contract": {
        const { id, nextId, timelines, ...terms } = record.value;
        if (accounts.contracts().some((each) => each.id === id))
          throw twice(message("snapshot.contract", { id }));
        this.#contract = accounts.addContract(id, terms, "bare");
        this.#contract.storage.tree.nextId = nextId;
        this.#contract.storage.history.restore(timelines);
        this.#ids.clear();
        return;
      }
      case "folder":
        return this.#addFolder(record.value);
      case "file":
        return this.#addFile(record.value);
      case "account": {
        const { contractId } = record.value;
        if (!accounts.contracts().some(({ id }) => id === contractId)) {
          throw new SpokenError(message("snapshot.no-contract", { contractId }));
        }
        accounts.add(record.value);
        return;
      }
      case "session": {
        const { loginId, ...session } = record.value;
        sessions.restore({ ...session, account: accounts.get(loginId) });
        return;
      }
      case "wrong-passwords":
        captchas.restore(record.value);
    }
  }

  /** The stores, when the last record is in them. */
  finish(): Stores {
    return this.#stores;
  }

  #addContent(sha256: string, bytes: Buffer): void {
    this.#staged.take(bytes.length);
    const known = this.#growing.get(sha256);
    const content = known ?? { chunks: [], hash: createHash("sha256"), sizeBytes: 0 };
    if (known === undefined) this.#growing.set(sha256, content);
    content.hash.update(bytes);
    content.chunks.push(bytes);
    content.sizeBytes += bytes.length;
  }

  #addFolder({ path, supersededAtMs, attributes, ...own }: PartOf<"folder">): void {
    const { storage } = this.#contractNow();
    if (storage.tree.folder(path) !== undefined) throw twice(path.join("/"));
    this.#noteId(own.id);
    const folder = newFolderNode({ ...own, name: path.at(-1) ?? "" });
    if (supersededAtMs !== undefined) folder.supersededAtMs = supersededAtMs;
    folder.attributes = attributes;
    storage.tree.attach(folder, parentOf(storage.tree, path));
  }

  #addFile({ path, id, writeOrder, generations, supersededAtMs }: PartOf<"file">): void {
    const { storage } = this.#contractNow();
    if (storage.tree.file(path) !== undefined) throw twice(path.join("/"));
    this.#noteId(id);
    const parent = parentOf(storage.tree, path);
    const name = path.at(-1) ?? "";
    const file: FileNode = { kind: "file", id, name, parent, generations: [], writeOrder };
    for (const stored of generations) file.generations.push({ ...stored });
    if (supersededAtMs !== undefined) file.supersededAtMs = supersededAtMs;
    storage.tree.attachFile(file);
    for (const generation of generations) {
      const content = this.#content(generation.sha256);
      if (content?.sizeBytes !== generation.sizeBytes) {
        throw new SpokenError(message("snapshot.no-content", { path: path.join("/") }));
      }
      storage.restoreGeneration(generation, content);
    }
    if (storage.usedBytes > storage.quotaBytes) {
      throw new SpokenError(message("snapshot.over-quota"));
    }
  }

  /** A content that is whole; its digest is looked at when it is first asked for. */
  #content(sha256: string): StoredBytes | undefined {
    const growing = this.#growing.get(sha256);
    if (growing === undefined) return this.#contents.get(sha256);
    if (growing.hash.digest("hex") !== sha256) {
      throw new SpokenError(message("snapshot.other-content", { sha256 }));
    }
    const { chunks, sizeBytes } = growing;
    this.#growing.delete(sha256);
    this.#contents.set(sha256, { chunks, sizeBytes });
    return { chunks, sizeBytes };
  }

  #contractNow(): Contract {
    if (this.#contract === undefined) throw new SpokenError(message("snapshot.contract-first"));
    return this.#contract;
  }

  #noteId(id: string): void {
    if (this.#ids.has(id)) throw twice(message("snapshot.id", { id }));
    this.#ids.add(id);
  }
}

type PartOf<K extends "folder" | "file"> = Extract<SnapshotRecord, { record: K }>["value"];

function parentOf(tree: ServiceTree, path: ServicePath): FolderNode {
  const parent = tree.folder(path.slice(0, -1));
  if (parent === undefined)
    throw new SpokenError(message("snapshot.no-folder", { path: path.join("/") }));
  return parent;
}

function twice(what: string | Message): SpokenError {
  return new SpokenError(message("snapshot.twice", { what }));
}

/**
 * Builds the stores a snapshot describes. Throws a ZodError for what is no snapshot, and a `SpokenError` for
 * one that contradicts itself; the service that asked still has its own stores then.
 */
export function restoreStores(snapshot: unknown, settings: StoreSettings): Stores {
  const builder = new StoresBuilder(settings);
  for (const record of recordsIn(storageSnapshotSchema.parse(snapshot))) builder.add(record);
  return builder.finish();
}

function* recordsIn(snapshot: StorageSnapshot): IterableIterator<SnapshotRecord> {
  for (const [sha256, base64] of Object.entries(snapshot.contents)) {
    yield { record: "content", sha256, bytes: Buffer.from(base64, "base64") };
  }
  for (const { folders, files, ...contract } of snapshot.contracts) {
    yield { record: "contract", value: contract };
    for (const value of folders) yield { record: "folder", value };
    for (const value of files) yield { record: "file", value };
  }
  const { passwords, sessions } = snapshot.secrets;
  for (const account of snapshot.accounts) {
    const { loginId } = account;
    const password = Object.hasOwn(passwords, loginId) ? passwords[loginId] : undefined;
    if (password === undefined) throw new SpokenError(message("snapshot.no-password", { loginId }));
    yield { record: "account", value: { ...account, password } };
  }
  for (const value of sessions) yield { record: "session", value };
  for (const value of snapshot.wrongPasswords) yield { record: "wrong-passwords", value };
}
