import type { SQLInputValue } from "node:sqlite";

import type { Account, Contract } from "../stores/account-store.ts";
import type { WrongPasswords } from "../stores/captcha-store.ts";
import type { ServiceHistory } from "../stores/service-history.ts";
import type { ServiceNode } from "../stores/service-nodes.ts";
import { walk } from "../stores/service-tree.ts";
import type { LiveSession } from "../stores/session-store.ts";
import type { Upload } from "../stores/upload-store.ts";

/** Bytes of a piece at most. */
const PIECE_BYTES_MAX = 2 ** 20;

/**
 * A statement with its values. They are taken when a change is made, since it may be written down later,
 * when what it tells of has changed again.
 */
export interface RowChange {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
  /** Bytes of a content in it. */
  readonly contentBytes: number;
}

/** Says what has to be written to the data file for a thing to be there as it is now. */
export class DataRows {
  /** A number that no blob has. */
  nextBlobId = 1;
  /** The blob of what an upload or a content has, by its list of pieces. */
  readonly #blobs = new WeakMap<readonly Buffer[], number>();

  /** A list of pieces was read from this blob. */
  noteBlob(chunks: readonly Buffer[], blobId: number): void {
    this.#blobs.set(chunks, blobId);
  }

  /** A contract as it is now. */
  contract({ id, terms, storage }: Contract): RowChange[] {
    return [
      change(
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
      ),
    ];
  }

  /** How far the timelines of a contract went. */
  history(contractId: string, { timelines }: ServiceHistory): RowChange[] {
    const text = JSON.stringify(timelines);
    return [change("UPDATE contract SET timelines = ? WHERE id = ?", text, contractId)];
  }

  /** A folder or file as it is now; the root has no row. */
  node(contractId: string, node: ServiceNode): RowChange[] {
    if (node.parent === null) return [];
    return [
      change(
        `INSERT OR REPLACE INTO node (contract_id, id, parent_id, name, created_at_ms, attributes, generations, superseded_at_ms, write_order)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        contractId,
        node.id,
        node.parent.id,
        JSON.stringify(node.name),
        node.kind === "folder" ? node.createdAtMs : null,
        node.kind === "folder" && node.attributes !== null ? JSON.stringify(node.attributes) : null,
        node.kind === "file" ? JSON.stringify(node.generations) : null,
        node.supersededAtMs ?? null,
        node.writeOrder,
      ),
      change(
        "UPDATE contract SET next_id = max(next_id, ?) WHERE id = ?",
        Math.max(Number(node.id.slice(1)), node.writeOrder) + 1,
        contractId,
      ),
    ];
  }

  /** A folder or file that is gone, with all that was in it. */
  nodeGone(contractId: string, node: ServiceNode): RowChange[] {
    return Array.from(walk(node), ({ id }) =>
      change("DELETE FROM node WHERE contract_id = ? AND id = ?", contractId, id),
    );
  }

  /** A content with its bytes, unless an upload has written them already. */
  content(sha256: string, chunks: readonly Buffer[]): RowChange[] {
    const isWritten = this.#blobs.has(chunks);
    return [...(isWritten ? [] : this.blob(chunks)), this.contentRow(sha256, chunks)];
  }

  /** Whose blob a content is. */
  contentRow(sha256: string, chunks: readonly Buffer[]): RowChange {
    return change(
      "INSERT OR REPLACE INTO content (sha256, blob_id) VALUES (?, ?)",
      sha256,
      this.#blobOf(chunks),
    );
  }

  /** A content that is gone, with its bytes. */
  contentGone(sha256: string): RowChange[] {
    return [
      change(
        "DELETE FROM piece WHERE blob_id IN (SELECT blob_id FROM content WHERE sha256 = ?)",
        sha256,
      ),
      change("DELETE FROM content WHERE sha256 = ?", sha256),
    ];
  }

  /** All bytes of a list of pieces. */
  blob(chunks: readonly Buffer[]): RowChange[] {
    let offset = 0;
    return chunks.flatMap((chunk) => {
      const at = offset;
      offset += chunk.length;
      return this.pieces(chunks, at, chunk);
    });
  }

  /** Bytes of a list of pieces, from `offset` on. */
  pieces(chunks: readonly Buffer[], offset: number, bytes: Buffer): RowChange[] {
    const blobId = this.#blobOf(chunks);
    const changes: RowChange[] = [];
    for (let at = 0; at < bytes.length; at += PIECE_BYTES_MAX) {
      const piece = bytes.subarray(at, at + PIECE_BYTES_MAX);
      changes.push({
        sql: "INSERT OR REPLACE INTO piece (blob_id, position, bytes) VALUES (?, ?, ?)",
        values: [blobId, offset + at, piece],
        contentBytes: piece.length,
      });
    }
    return changes;
  }

  /** An account with its password. */
  account({ loginId, nickname, contract }: Account, password: string): RowChange[] {
    return [
      change(
        `INSERT INTO account (login_id, nickname, contract_id, password) VALUES (?, ?, ?, ?)
         ON CONFLICT (login_id) DO UPDATE SET
           password = excluded.password, contract_id = excluded.contract_id`,
        loginId,
        nickname,
        contract.id,
        password,
      ),
    ];
  }

  /** A session as it is now. */
  session({ token, account, deviceName, createdAtMs, lastUsedAtMs }: LiveSession): RowChange[] {
    return [
      change(
        `INSERT OR REPLACE INTO session (token, login_id, device_name, created_at_ms, last_used_at_ms)
         VALUES (?, ?, ?, ?, ?)`,
        token,
        account.loginId,
        deviceName,
        createdAtMs,
        lastUsedAtMs,
      ),
    ];
  }

  /** A session that is over. */
  sessionGone(token: string): RowChange[] {
    return [change("DELETE FROM session WHERE token = ?", token)];
  }

  /** How many wrong passwords in a row a login ID had; none takes the row away. */
  wrongPasswords({ loginId, count }: WrongPasswords): RowChange[] {
    const key = JSON.stringify(loginId);
    // Taken out first: whose wrong password was the last stands last.
    const gone = change("DELETE FROM wrong_passwords WHERE login_id = ?", key);
    if (count === 0) return [gone];
    return [
      gone,
      change("INSERT INTO wrong_passwords (login_id, count) VALUES (?, ?)", key, count),
    ];
  }

  /** An upload as it is now, without its bytes. */
  upload(upload: Upload): RowChange[] {
    const { id, target, sha256, lengthBytes, lastUsedAtMs, result, chunks } = upload;
    return [
      change(
        `INSERT INTO upload (id, blob_id, target, sha256, length_bytes, last_used_at_ms, result)
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET sha256 = excluded.sha256, length_bytes = excluded.length_bytes,
           last_used_at_ms = excluded.last_used_at_ms, result = excluded.result`,
        id,
        this.#blobOf(chunks),
        target && JSON.stringify({ ...target, account: target.account.loginId }),
        sha256,
        lengthBytes,
        lastUsedAtMs,
        result && JSON.stringify(result),
      ),
    ];
  }

  /** An upload that is over, with its bytes unless they became a content. */
  uploadGone({ id }: Upload): RowChange[] {
    return [
      change(
        `DELETE FROM piece WHERE blob_id IN (SELECT blob_id FROM upload WHERE id = ?)
           AND blob_id NOT IN (SELECT blob_id FROM content)`,
        id,
      ),
      change("DELETE FROM upload WHERE id = ?", id),
    ];
  }

  /** The blob of a list of pieces; a new one for a list that has none. */
  #blobOf(chunks: readonly Buffer[]): number {
    const known = this.#blobs.get(chunks);
    if (known !== undefined) return known;
    const blobId = this.nextBlobId;
    this.nextBlobId += 1;
    this.#blobs.set(chunks, blobId);
    return blobId;
  }
}

function change(sql: string, ...values: SQLInputValue[]): RowChange {
  return { sql, values, contentBytes: 0 };
}
