import { hash } from "node:crypto";

import type { ServiceState } from "../handlers/request-context.ts";
import { storageSnapshotSchema, type StorageSnapshot } from "./storage-snapshot.ts";
import { AccountStore, type Contract } from "../stores/account-store.ts";
import { BytesStore } from "../stores/bytes-store.ts";
import { MemoryBudget } from "../stores/memory-budget.ts";
import { SessionStore } from "../stores/session-store.ts";
import { newFolderNode, type FileNode } from "../stores/service-nodes.ts";
import { UploadStore } from "../stores/upload-store.ts";
import { UPLOAD_IDLE_MS_MAX } from "../handlers/upload-access.ts";

/** The stores of a service. */
export type Stores = Pick<ServiceState, "accounts" | "sessions" | "uploads" | "memory">;

/** What stores are made with. */
type StoreSettings = Pick<ServiceState, "clock" | "memoryBytesMax">;

/** Stores with nothing in them. */
export function emptyStores({ clock, memoryBytesMax }: StoreSettings): Stores {
  const memory = new MemoryBudget(memoryBytesMax);
  return {
    memory,
    accounts: new AccountStore({ bytes: new BytesStore(memory), clock }),
    sessions: new SessionStore(clock),
    uploads: new UploadStore(clock, UPLOAD_IDLE_MS_MAX),
  };
}

/**
 * Builds the stores a snapshot describes. Throws a ZodError for what is no snapshot, and an Error for
 * one that contradicts itself; the service that asked still has its own stores then.
 */
export function restoreStores(snapshot: unknown, settings: StoreSettings): Stores {
  const parsed = storageSnapshotSchema.parse(snapshot);
  const stores = emptyStores(settings);
  const contents = decodeContents(parsed);
  for (const saved of parsed.contracts) {
    const { id, edition, plan, generationCountMax, quotaBytes } = saved;
    const terms = { edition, plan, generationCountMax, quotaBytes };
    restoreTree(saved, stores.accounts.addContract(id, terms, "bare"), contents);
  }
  for (const { loginId, nickname, contractId } of parsed.accounts) {
    const password = parsed.secrets.passwords[loginId];
    if (password === undefined) throw new Error(`the snapshot has no password of ${loginId}`);
    if (!parsed.contracts.some(({ id }) => id === contractId)) {
      throw new Error(`the snapshot has no contract ${contractId}`);
    }
    stores.accounts.add({ loginId, password, nickname, contractId });
  }
  for (const { loginId, ...session } of parsed.secrets.sessions) {
    stores.sessions.restore({ ...session, account: stores.accounts.get(loginId) });
  }
  return stores;
}

function decodeContents(snapshot: StorageSnapshot): Map<string, Buffer> {
  const contents = new Map<string, Buffer>();
  for (const [sha256, base64] of Object.entries(snapshot.contents)) {
    const content = Buffer.from(base64, "base64");
    if (hash("sha256", content) !== sha256)
      throw new Error(`content ${sha256} is not what it says`);
    contents.set(sha256, content);
  }
  return contents;
}

function restoreTree(
  saved: StorageSnapshot["contracts"][number],
  { storage }: Contract,
  contents: ReadonlyMap<string, Buffer>,
): void {
  const { tree } = storage;
  for (const { path, id, createdAtMs } of saved.folders) {
    tree.attach(
      newFolderNode(id, path.at(-1) ?? "", createdAtMs),
      storage.folder(path.slice(0, -1)),
    );
  }
  for (const { path, id, generations } of saved.files) {
    const parent = storage.folder(path.slice(0, -1));
    const name = path.at(-1) ?? "";
    const file: FileNode = { kind: "file", id, name, parent, generations: [...generations] };
    tree.attachFile(file);
    for (const generation of generations) {
      const content = contents.get(generation.sha256);
      if (content?.length !== generation.sizeBytes) {
        throw new Error(`the snapshot lacks the content of ${path.join("/")}`);
      }
      storage.restoreGeneration(generation, { sizeBytes: content.length, chunks: [content] });
    }
  }
  if (storage.usedBytes > saved.quotaBytes) throw new Error("the snapshot exceeds its own quota");
  tree.nextId = saved.nextId;
}
