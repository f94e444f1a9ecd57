import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";

import type { Account, Contract } from "../stores/account-store.ts";
import type { WrongPasswords } from "../stores/captcha-store.ts";
import type { ServiceNode } from "../stores/service-nodes.ts";
import type { LiveSession } from "../stores/session-store.ts";
import type { Upload } from "../stores/upload-store.ts";

/** Bytes of a piece at most. */
const PIECE_BYTES_MAX = 2 ** 20;

/** Writes rows of the data file, as part of whatever transaction is open. Throws what SQLite throws. */
export class DataRows {
  /** A number that no blob has. */
  nextBlobId = 1;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** The blob of what an upload or a content has, by its list of pieces. */
  readonly #blobs = new WeakMap<readonly Buffer[], number>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** A list of pieces was read from this blob. */
  noteBlob(chunks: readonly Buffer[], blobId: number): void {
    this.#blobs.set(chunks, blobId);
  }

  /** A contract as it is now. */
  contract({ id, terms, storage }: Contract): void {
    this.run(
      `INSERT OR REPLACE INTO contract
         (id, edition, plan, generation_count_max, quota_bytes, next_id, timelines)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      id,
      terms.edition,
      terms.plan,
      terms.generationCountMax,
      storage.quotaBytes,
      storage.tree.nextId,
      JSON.stringify(storage.history.timelines),
    );
  }

  /** A folder or file as it is now; the root has no row. */
  node(contractId: string, node: ServiceNode): void {
    if (node.parent === null) return;
    this.run(
      `INSERT OR REPLACE INTO node (contract_id, id, parent_id, name, created_at_ms, attributes, generations, superseded_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      contractId,
      node.id,
      node.parent.id,
      JSON.stringify(node.name),
      node.kind === "folder" ? node.createdAtMs : null,
      node.kind === "folder" && node.attributes !== null ? JSON.stringify(node.attributes) : null,
      node.kind === "file" ? JSON.stringify(node.generations) : null,
      node.supersededAtMs ?? null,
    );
    this.run(
      "UPDATE contract SET next_id = max(next_id, ?) WHERE id = ?",
      Number(node.id.slice(1)) + 1,
      contractId,
    );
  }

  /** A content with its bytes, unless an upload has written them already. */
  content(sha256: string, chunks: readonly Buffer[]): void {
    const isWritten = this.#blobs.has(chunks);
    const blobId = this.blobOf(chunks);
    if (!isWritten) {
      let offset = 0;
      for (const chunk of chunks) {
        this.pieces(blobId, offset, chunk);
        offset += chunk.length;
      }
    }
    this.contentRow(sha256, blobId);
  }

  /** Whose blob a content is. */
  contentRow(sha256: string, blobId: number): void {
    this.run("INSERT OR REPLACE INTO content (sha256, blob_id) VALUES (?, ?)", sha256, blobId);
  }

  /** Bytes of a blob, from `offset` on. */
  pieces(blobId: number, offset: number, bytes: Buffer): void {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES_MAX) {
      this.run(
        "INSERT OR REPLACE INTO piece (blob_id, position, bytes) VALUES (?, ?, ?)",
        blobId,
        offset + at,
        bytes.subarray(at, at + PIECE_BYTES_MAX),
      );
    }
  }

  /** An account with its password. */
  account({ loginId, nickname, contract }: Account, password: string): void {
    this.run(
      `INSERT INTO account (login_id, nickname, contract_id, password) VALUES (?, ?, ?, ?)
       ON CONFLICT (login_id) DO UPDATE SET
         password = excluded.password, contract_id = excluded.contract_id`,
      loginId,
      nickname,
      contract.id,
      password,
    );
  }

  /** A session as it is now. */
  session({ token, account, deviceName, createdAtMs, lastUsedAtMs }: LiveSession): void {
    this.run(
      `INSERT OR REPLACE INTO session (token, login_id, device_name, created_at_ms, last_used_at_ms)
       VALUES (?, ?, ?, ?, ?)`,
      token,
      account.loginId,
      deviceName,
      createdAtMs,
      lastUsedAtMs,
    );
  }

  /** How many wrong passwords in a row a login ID had; none takes the row away. */
  wrongPasswords({ loginId, count }: WrongPasswords): void {
    const key = JSON.stringify(loginId);
    // Taken out first: whose wrong password was the last stands last.
    this.run("DELETE FROM wrong_passwords WHERE login_id = ?", key);
    if (count === 0) return;
    this.run("INSERT INTO wrong_passwords (login_id, count) VALUES (?, ?)", key, count);
  }

  /** An upload as it is now, without its bytes. */
  upload(upload: Upload): void {
    const { id, target, sha256, lengthBytes, lastUsedAtMs, result, chunks } = upload;
    this.run(
      `INSERT INTO upload (id, blob_id, target, sha256, length_bytes, last_used_at_ms, result)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET sha256 = excluded.sha256, length_bytes = excluded.length_bytes,
         last_used_at_ms = excluded.last_used_at_ms, result = excluded.result`,
      id,
      this.blobOf(chunks),
      target && JSON.stringify({ ...target, account: target.account.loginId }),
      sha256,
      lengthBytes,
      lastUsedAtMs,
      result && JSON.stringify(result),
    );
  }

  /** The blob of a list of pieces; a new one for a list that has none. */
  blobOf(chunks: readonly Buffer[]): number {
    const known = this.#blobs.get(chunks);
    if (known !== undefined) return known;
    const blobId = this.nextBlobId;
    this.nextBlobId += 1;
    this.#blobs.set(chunks, blobId);
    return blobId;
  }

  /** Runs a statement, prepared once. */
  run(sql: string, ...values: SQLInputValue[]): void {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    statement.run(...values);
  }
}
