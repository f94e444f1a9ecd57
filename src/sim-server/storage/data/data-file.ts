import { setImmediate as nextTurn } from "node:timers/promises";
import { DatabaseSync } from "node:sqlite";

import { message } from "../../../messages/message.ts";
import { reasonOf } from "../../../messages/reason-of.ts";
import { SpokenError } from "../../../messages/spoken-error.ts";
import { ProblemError } from "../http/problem-error.ts";
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
import { APPLICATION_ID, DATA_SCHEMA, DATA_VERSION } from "./data-schema.ts";
import { DataRows } from "./data-rows.ts";
import { readStores } from "./read-stores.ts";
import type { ServiceData } from "./service-data.ts";

/** What is written in one go while everything is written anew, so that requests are heard between. */
const TURN_BYTES = 4 * 2 ** 20;
const TURN_ROW_COUNT = 2_000;

/** Writes one thing down. */
type Write = () => void;

/**
 * What a service knows, in one SQLite file. A change is part of a transaction from the moment it is
 * told, and the transaction ends before anybody is answered, with the bytes on the disk
 * (`synchronous = FULL`). A file that is open is refused to everybody else.
 */
export class DataFile implements ServiceData {
  readonly #database: DatabaseSync;
  readonly #rows: DataRows;
  #isOpen = false;
  #state: ServiceState | undefined;
  /** Changes that wait until everything was written anew; undefined while nothing is. */
  #waiting: Write[] | undefined;
  #replacement: Promise<void> | undefined;
  /** Set when a change could not be written: what is in the file is no longer all there is. */
  #mustReplace = false;
  /** What went wrong last. */
  #failure: unknown;

  /** Opens the file, and makes it when it is not there. Throws an Error that says what is wrong with it. */
  constructor(path: string) {
    this.#database = openDatabase(path);
    this.#rows = new DataRows(this.#database);
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
    this.#note(() => this.#rows.contract(contract));
  }

  node(contractId: string, node: ServiceNode): void {
    this.#note(() => this.#rows.node(contractId, node));
  }

  nodeGone(contractId: string, node: ServiceNode): void {
    this.#note(() => {
      for (const { id } of walk(node)) {
        this.#rows.run("DELETE FROM node WHERE contract_id = ? AND id = ?", contractId, id);
      }
    });
  }

  history(contractId: string, history: ServiceHistory): void {
    this.#note(() =>
      this.#rows.run(
        "UPDATE contract SET timelines = ? WHERE id = ?",
        JSON.stringify(history.timelines),
        contractId,
      ),
    );
  }

  content(sha256: string, bytes: StoredBytes): void {
    this.#note(() => this.#rows.content(sha256, bytes.chunks));
  }

  contentGone(sha256: string): void {
    this.#note(() => {
      this.#rows.run(
        "DELETE FROM piece WHERE blob_id IN (SELECT blob_id FROM content WHERE sha256 = ?)",
        sha256,
      );
      this.#rows.run("DELETE FROM content WHERE sha256 = ?", sha256);
    });
  }

  account(account: Account, password: string): void {
    this.#note(() => this.#rows.account(account, password));
  }

  session(session: LiveSession): void {
    this.#note(() => this.#rows.session(session));
  }

  sessionGone(token: string): void {
    this.#note(() => this.#rows.run("DELETE FROM session WHERE token = ?", token));
  }

  wrongPasswords(wrong: WrongPasswords): void {
    this.#note(() => this.#rows.wrongPasswords(wrong));
  }

  upload(upload: Upload): void {
    this.#note(() => this.#rows.upload(upload));
  }

  uploadBytes({ chunks }: Upload, offset: number, bytes: Buffer): void {
    this.#note(() => this.#rows.pieces(this.#rows.blobOf(chunks), offset, bytes));
  }

  uploadGone({ id }: Upload): void {
    this.#note(() => {
      this.#rows.run(
        `DELETE FROM piece WHERE blob_id IN (SELECT blob_id FROM upload WHERE id = ?)
           AND blob_id NOT IN (SELECT blob_id FROM content)`,
        id,
      );
      this.#rows.run("DELETE FROM upload WHERE id = ?", id);
    });
  }

  replaceAll(): void {
    this.#mustReplace = true;
  }

  settle(): Promise<void> | undefined {
    // Meanwhile the stores may have become others again.
    if (this.#replacement !== undefined) return this.#replacement.then(() => this.settle());
    if (this.#mustReplace) {
      this.#replacement = this.#replace().finally(() => {
        this.#replacement = undefined;
      });
      return this.#replacement;
    }
    if (!this.#isOpen) return undefined;
    return this.settleNow() ? undefined : Promise.reject(this.#refusal());
  }

  settleNow(): boolean {
    if (this.#mustReplace || this.#waiting !== undefined) return false;
    if (!this.#isOpen) return true;
    try {
      this.#database.exec("COMMIT");
      this.#isOpen = false;
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  async close(): Promise<void> {
    try {
      await this.settle();
    } finally {
      this.#database.close();
    }
  }

  /** Writes a change as part of the open transaction, or keeps it for later. */
  #note(write: Write): void {
    if (this.#waiting !== undefined) {
      this.#waiting.push(write);
      return;
    }
    // What cannot be written is not all that is missing then: everything is written anew.
    if (this.#mustReplace) return;
    try {
      this.#begin();
      write();
    } catch (error) {
      this.#fail(error);
    }
  }

  #begin(): void {
    if (this.#isOpen) return;
    this.#database.exec("BEGIN IMMEDIATE");
    this.#isOpen = true;
  }

  #fail(error: unknown): void {
    this.#failure = error;
    this.#mustReplace = true;
    this.#isOpen = false;
    try {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
    } catch {
      // The first error is the one to be told.
    }
  }

  #refusal(): ProblemError {
    const why = isFull(this.#failure) ? message("system.ENOSPC") : reasonOf(this.#failure);
    return new ProblemError("service-unavailable", message("storage.data-unwritable", { why }));
  }

  /** Writes everything anew in one transaction, with turns for others in between. */
  async #replace(): Promise<void> {
    const state = this.#state;
    if (state === undefined) return;
    const waiting: Write[] = [];
    this.#waiting = waiting;
    this.#mustReplace = false;
    try {
      // Made in one moment: what happens from here on waits.
      const writes = [...this.#allWrites(state)];
      this.#begin();
      for (const table of tablesOf(this.#database)) {
        this.#rows.run(`DELETE FROM ${table}`);
      }
      let sizeBytes = 0;
      for (const [index, { write, bytes }] of writes.entries()) {
        write();
        sizeBytes += bytes;
        if (sizeBytes < TURN_BYTES && index % TURN_ROW_COUNT !== 0) continue;
        sizeBytes = 0;
        await nextTurn();
      }
      // What waits may grow while it is written; nothing waits in between.
      for (const write of waiting) write();
      this.#database.exec("COMMIT");
      this.#isOpen = false;
    } catch (error) {
      this.#fail(error);
      throw this.#refusal();
    } finally {
      this.#waiting = undefined;
    }
  }

  *#allWrites(state: ServiceState): IterableIterator<{ write: Write; bytes: number }> {
    const contents = new Set<string>();
    const light = (write: Write): { write: Write; bytes: number } => ({ write, bytes: 0 });
    for (const contract of state.accounts.contracts()) {
      yield light(() => this.#rows.contract(contract));
      for (const node of walk(contract.storage.tree.root)) {
        if (node.parent === null) continue;
        yield light(() => this.#rows.node(contract.id, node));
        if (node.kind === "folder") continue;
        for (const generation of node.generations) {
          if (contents.has(generation.sha256)) continue;
          contents.add(generation.sha256);
          const { chunks } = contract.storage.read(generation);
          yield* this.#blobWrites(chunks);
          const { sha256 } = generation;
          yield light(() => this.#rows.contentRow(sha256, this.#rows.blobOf(chunks)));
        }
      }
    }
    for (const account of state.accounts.all()) {
      const password = state.accounts.passwordOf(account.loginId);
      yield light(() => this.#rows.account(account, password));
    }
    for (const session of state.sessions.live()) yield light(() => this.#rows.session(session));
    for (const wrong of state.captchas.wrongPasswords()) {
      yield light(() => this.#rows.wrongPasswords(wrong));
    }
    for (const upload of state.uploads.all()) {
      yield* this.#blobWrites(upload.chunks);
      yield light(() => this.#rows.upload(upload));
    }
  }

  *#blobWrites(chunks: readonly Buffer[]): IterableIterator<{ write: Write; bytes: number }> {
    const blobId = this.#rows.blobOf(chunks);
    let offset = 0;
    for (const chunk of chunks) {
      const at = offset;
      yield { write: () => this.#rows.pieces(blobId, at, chunk), bytes: chunk.length };
      offset += chunk.length;
    }
  }
}

/** All of them, so that a new one cannot be forgotten. */
function tablesOf(database: DatabaseSync): readonly string[] {
  return database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all()
    .map(({ name }) => String(name));
}

function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec("PRAGMA page_size = 32768; PRAGMA locking_mode = EXCLUSIVE");
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
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

/** SQLITE_FULL. */
const FULL_ERROR_CODE = 13;

function isFull(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === FULL_ERROR_CODE;
}
