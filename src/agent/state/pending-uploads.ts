import { RowReader } from "./row.ts";
import type { StateDatabase } from "./state-database.ts";

/** A file whose bytes were on their way when this was noted. */
export interface PendingUpload {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAtNs: bigint;
  /** Which file it was and when it was changed last; null where an older agent wrote the note. */
  readonly changedAtNs: bigint | null;
  readonly deviceId: string | null;
  readonly fileId: string | null;
  /** The upload resource of a large file; null for a file that goes in one request. */
  readonly upload: { readonly url: string; readonly appendBytesMax: number } | null;
}

/**
 * Notes of one source's files that are being sent, so that after a cut nothing is sent again that
 * was committed, and a large file goes on from where it stopped. Methods that write belong inside
 * a transaction.
 */
export class PendingUploads {
  readonly #database: StateDatabase;
  readonly #sourceId: number;

  constructor(database: StateDatabase, sourceId: number) {
    this.#database = database;
    this.#sourceId = sourceId;
  }

  find(key: string): PendingUpload | undefined {
    const row = this.#database.get(
      "SELECT * FROM pending_upload WHERE source_id = ? AND key = ?",
      this.#sourceId,
      key,
    );
    if (row === undefined) return undefined;
    const reader = new RowReader(row);
    const url = reader.textOrNull("upload_url");
    const isOlder = reader.textOrNull("changed_at_ns") === null;
    return {
      key,
      sizeBytes: reader.number("size_bytes"),
      modifiedAtNs: reader.bigint("modified_at_ns"),
      changedAtNs: isOlder ? null : reader.bigint("changed_at_ns"),
      deviceId: reader.textOrNull("device_id"),
      fileId: reader.textOrNull("file_id"),
      upload: url === null ? null : { url, appendBytesMax: reader.number("append_bytes_max") },
    };
  }

  /** Notes of what is below a folder. */
  below(folderKey: string): readonly PendingUpload[] {
    const rows = this.#database.all(
      "SELECT key FROM pending_upload WHERE source_id = ? AND key >= ? AND key < ?",
      this.#sourceId,
      folderKey,
      `${folderKey.slice(0, -1)}0`,
    );
    return rows.flatMap((row) => this.find(new RowReader(row).text("key")) ?? []);
  }

  /** The keys of all notes, in order, a page at a time; notes may be written behind the reader meanwhile. */
  *keys(): Generator<string, void> {
    let after = "";
    for (;;) {
      const rows = this.#database.all(
        "SELECT key FROM pending_upload WHERE source_id = ? AND key > ? ORDER BY key LIMIT ?",
        this.#sourceId,
        after,
        this.#database.pages.statePageRowCount,
      );
      for (const row of rows) yield (after = new RowReader(row).text("key"));
      if (rows.length < this.#database.pages.statePageRowCount) return;
    }
  }

  put(pending: PendingUpload): void {
    this.#database.run(
      `INSERT OR REPLACE INTO pending_upload
         (source_id, key, size_bytes, modified_at_ns, changed_at_ns, device_id, file_id,
          upload_url, append_bytes_max)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      this.#sourceId,
      pending.key,
      pending.sizeBytes,
      String(pending.modifiedAtNs),
      pending.changedAtNs === null ? null : String(pending.changedAtNs),
      pending.deviceId,
      pending.fileId,
      pending.upload?.url ?? null,
      pending.upload?.appendBytesMax ?? null,
    );
  }

  remove(key: string): void {
    this.#database.run(
      "DELETE FROM pending_upload WHERE source_id = ? AND key = ?",
      this.#sourceId,
      key,
    );
  }
}
