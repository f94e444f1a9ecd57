import { DatabaseSync } from "node:sqlite";

import { message } from "../../../messages/message.ts";
import { SpokenError } from "../../../messages/spoken-error.ts";
import type { ServiceState } from "../handlers/request-context.ts";
import type { Stores } from "../snapshot/restore-snapshot.ts";
import type { Account, Contract } from "../stores/account-store.ts";
import type { WrongPasswords } from "../stores/captcha-store.ts";
import type { ServiceHistory } from "../stores/service-history.ts";
import type { StoredBytes } from "../stores/bytes-store.ts";
import { walk } from "../stores/service-tree.ts";
import type { ServiceNode } from "../stores/service-nodes.ts";
import type { LiveSession } from "../stores/session-store.ts";
import type { Upload } from "../stores/upload-store.ts";
import { ChangeWriter } from "./change-writer.ts";
import { APPLICATION_ID, DATA_SCHEMA, DATA_VERSION } from "./data-schema.ts";
import { DataRows, type RowChange } from "./data-rows.ts";
import { readStores } from "./read-stores.ts";
import type { ServiceData } from "./service-data.ts";

const PAGE_BYTES = 32_768;
/** The log beside the file is taken over into it from this size on: what is taken over at once takes time. */
const LOG_BYTES_MAX = 4 * 2 ** 20;

/**
 * What a service knows, in one SQLite file. A change is part of a transaction from the moment it is
 * told, and the transaction ends before anybody is answered, with the bytes on the disk
 * (`synchronous = FULL`). A file that is open is refused to everybody else.
 */
export class DataFile implements ServiceData {
  readonly #database: DatabaseSync;
  #rows = new DataRows();
  #writer: ChangeWriter;
  #state: ServiceState | undefined;

  /** Opens the file, and makes it when it is not there; `:memory:` is one that nobody else sees. Throws an Error that says what is wrong with it. */
  constructor(path: string) {
    this.#database = openDatabase(path);
    this.#writer = this.#newWriter();
  }

  #newWriter(): ChangeWriter {
    return new ChangeWriter(this.#database, () => [...this.#everything()]);
  }

  load(settings: Pick<ServiceState, "clock" | "entropy" | "memoryBytesMax">): Stores | undefined {
    const { stores, nextBlobId } = readStores(this.#database, settings, (chunks, blobId) =>
      this.#rows.noteBlob(chunks, blobId),
    );
    this.#rows.nextBlobId = nextBlobId;
    return stores;
  }

  attach(state: ServiceState): void {
    this.#state = state;
  }

  contract(contract: Contract): void {
    this.#writer.write(this.#rows.contract(contract));
  }

  node(contractId: string, node: ServiceNode): void {
    this.#writer.write(this.#rows.node(contractId, node));
  }

  nodeGone(contractId: string, node: ServiceNode): void {
    this.#writer.write(this.#rows.nodeGone(contractId, node));
  }

  history(contractId: string, history: ServiceHistory): void {
    this.#writer.write(this.#rows.history(contractId, history));
  }

  content(sha256: string, bytes: StoredBytes): void {
    this.#writer.write(this.#rows.content(sha256, bytes.chunks));
  }

  contentGone(sha256: string): void {
    this.#writer.write(this.#rows.contentGone(sha256));
  }

  account(account: Account, password: string): void {
    this.#writer.write(this.#rows.account(account, password));
  }

  session(session: LiveSession): void {
    this.#writer.write(this.#rows.session(session));
  }

  sessionGone(token: string): void {
    this.#writer.write(this.#rows.sessionGone(token));
  }

  wrongPasswords(wrong: WrongPasswords): void {
    this.#writer.write(this.#rows.wrongPasswords(wrong));
  }

  upload(upload: Upload): void {
    this.#writer.write(this.#rows.upload(upload));
  }

  uploadBytes({ chunks }: Upload, offset: number, bytes: Buffer): void {
    this.#writer.write(this.#rows.pieces(chunks, offset, bytes));
  }

  uploadGone(upload: Upload): void {
    this.#writer.write(this.#rows.uploadGone(upload));
  }

  replaceAll(): void {
    this.#writer.replaceAll();
  }

  reopen(): void {
    if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
    this.#rows = new DataRows();
    this.#writer = this.#newWriter();
  }

  settle(): Promise<void> | undefined {
    return this.#writer.settle();
  }

  settleNow(): boolean {
    return this.#writer.settleNow();
  }

  async close(): Promise<void> {
    try {
      await this.settle();
    } finally {
      this.#database.close();
    }
  }

  *#everything(): IterableIterator<RowChange> {
    const state = this.#state;
    if (state === undefined) return;
    const contents = new Set<string>();
    for (const contract of state.accounts.contracts()) {
      yield* this.#rows.contract(contract);
      for (const node of walk(contract.storage.tree.root)) {
        if (node.parent === null) continue;
        yield* this.#rows.node(contract.id, node);
        if (node.kind === "folder") continue;
        for (const generation of node.generations) {
          if (contents.has(generation.sha256)) continue;
          contents.add(generation.sha256);
          const { chunks } = contract.storage.read(generation);
          yield* this.#rows.blob(chunks);
          yield this.#rows.contentRow(generation.sha256, chunks);
        }
      }
    }
    for (const account of state.accounts.all()) {
      yield* this.#rows.account(account, state.accounts.passwordOf(account.loginId));
    }
    for (const session of state.sessions.live()) yield* this.#rows.session(session);
    for (const wrong of state.captchas.wrongPasswords()) yield* this.#rows.wrongPasswords(wrong);
    for (const upload of state.uploads.all()) {
      yield* this.#rows.blob(upload.chunks);
      yield* this.#rows.upload(upload);
    }
  }
}

function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec(`PRAGMA page_size = ${PAGE_BYTES}; PRAGMA locking_mode = EXCLUSIVE`);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    database.exec(`PRAGMA wal_autocheckpoint = ${LOG_BYTES_MAX / PAGE_BYTES}`);
    database.exec("BEGIN IMMEDIATE");
    const isNew = database.prepare("SELECT count(*) AS count FROM sqlite_schema").get();
    if (isNew?.["count"] === 0) {
      database.exec(DATA_SCHEMA);
      database.exec(
        `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${DATA_VERSION}`,
      );
    }
    database.exec("COMMIT");
    const { application_id: owner } = database.prepare("PRAGMA application_id").get() ?? {};
    const { user_version: version } = database.prepare("PRAGMA user_version").get() ?? {};
    if (owner !== APPLICATION_ID) throw new SpokenError(message("service.data-foreign"));
    if (version !== DATA_VERSION)
      throw new SpokenError(
        message("service.data-version", { version: String(version), known: DATA_VERSION }),
      );
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
