import { compareKeys } from "../core/compare-keys.ts";
import type { IndexEntry } from "../core/difference.ts";
import type { SqlRow } from "../ports/database.ts";
import type { FileEntry } from "../../protocol/http/schemas.ts";
import type { DiskStat } from "../ports/source-disk.ts";
import { RowReader } from "./row.ts";
import { outOfOrder } from "./state-error.ts";
import type { StateDatabase } from "./state-database.ts";

function toEntry(row: SqlRow): IndexEntry {
  const reader = new RowReader(row);
  return {
    key: reader.text("key"),
    sizeBytes: reader.number("size_bytes"),
    modifiedAtNs: reader.bigint("modified_at_ns"),
    changedAtNs: reader.bigint("changed_at_ns"),
    mode: reader.numberOrNull("mode") ?? undefined,
    sha256: reader.text("sha256"),
    settled: reader.number("settled") === 1,
    deviceId: reader.textOrNull("device_id"),
    fileId: reader.textOrNull("file_id"),
  };
}

/**
 * What one source has on the service, as the agent last knew it: one entry per file and folder key
 * (core/compare-keys.ts).
 */
export class FileIndex {
  readonly #database: StateDatabase;
  readonly #sourceId: number;

  constructor(database: StateDatabase, sourceId: number) {
    this.#database = database;
    this.#sourceId = sourceId;
  }

  /**
   * The entries that are not in doubt, in order of key. Reads page by page and holds no cursor open, so
   * that entries may be written behind the reader meanwhile.
   */
  *inOrder(): Generator<IndexEntry, void> {
    let after = "";
    for (;;) {
      const rows = this.#database.all(
        "SELECT * FROM file_index WHERE source_id = ? AND key > ? AND in_doubt = 0 ORDER BY key LIMIT ?",
        this.#sourceId,
        after,
        this.#database.pages.statePageRowCount,
      );
      for (const row of rows) {
        const entry = toEntry(row);
        if (compareKeys(entry.key, after) <= 0) throw outOfOrder();
        after = entry.key;
        yield entry;
      }
      if (rows.length < this.#database.pages.statePageRowCount) return;
    }
  }

  /** How many entries there are; what the last runs saw. */
  totals(): { readonly fileCount: number; readonly sizeBytes: number } {
    const row = this.#database.get(
      "SELECT count(*) AS file_count, coalesce(sum(size_bytes), 0) AS size_bytes FROM file_index WHERE source_id = ?",
      this.#sourceId,
    );
    const reader = new RowReader(row ?? {});
    return { fileCount: reader.number("file_count"), sizeBytes: reader.number("size_bytes") };
  }

  /** Adds or replaces an entry; belongs inside a transaction. */
  put(entry: IndexEntry): void {
    this.#database.run(
      `INSERT INTO file_index (source_id, key, size_bytes, modified_at_ns, changed_at_ns, mode, sha256, settled, device_id, file_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (source_id, key) DO UPDATE SET
         size_bytes = excluded.size_bytes, modified_at_ns = excluded.modified_at_ns,
         changed_at_ns = excluded.changed_at_ns, mode = excluded.mode, sha256 = excluded.sha256, settled = excluded.settled,
         device_id = excluded.device_id, file_id = excluded.file_id, in_doubt = 0, is_own = 1`,
      this.#sourceId,
      entry.key,
      entry.sizeBytes,
      String(entry.modifiedAtNs),
      String(entry.changedAtNs),
      entry.mode ?? null,
      entry.sha256,
      entry.settled ? 1 : 0,
      entry.deviceId,
      entry.fileId,
    );
  }

  /** What is at a key was found unchanged, as this file on this device; belongs inside a transaction. */
  identify(key: string, { deviceId, fileId }: Pick<DiskStat, "deviceId" | "fileId">): void {
    this.#database.run(
      "UPDATE file_index SET device_id = ?, file_id = ?, is_own = 1 WHERE source_id = ? AND key = ?",
      deviceId,
      fileId,
      this.#sourceId,
      key,
    );
  }

  /** Whether a file with this content and time is what is known of a key, in doubt or not. */
  isAs(
    key: string,
    { sizeBytes, modifiedAtNs, sha256 }: Pick<FileEntry, "sizeBytes" | "modifiedAtNs" | "sha256">,
  ): boolean {
    const row = this.#database.get(
      `SELECT 1 FROM file_index WHERE source_id = ? AND key = ?
         AND size_bytes = ? AND modified_at_ns = ? AND sha256 = ?`,
      this.#sourceId,
      key,
      sizeBytes,
      modifiedAtNs,
      sha256,
    );
    return row !== undefined;
  }

  /** Nothing is certain to be on the service, until it is listed there; belongs inside a transaction. */
  markAllUncertain(): void {
    this.#database.run(
      "UPDATE file_index SET in_doubt = in_doubt + 1, settled = 0 WHERE source_id = ?",
      this.#sourceId,
    );
  }

  /** An entry is listed as it is known, with this mode; belongs inside a transaction. */
  confirm(key: string, mode: number | undefined): void {
    this.#database.run(
      "UPDATE file_index SET in_doubt = 0, mode = ? WHERE source_id = ? AND key = ?",
      mode ?? null,
      this.#sourceId,
      key,
    );
  }

  /** A file is listed that is not known so; belongs inside a transaction. */
  putListed(
    key: string,
    { sizeBytes, modifiedAtNs, sha256 }: Pick<FileEntry, "sizeBytes" | "modifiedAtNs" | "sha256">,
    mode: number | undefined,
  ): void {
    this.put({
      key,
      sizeBytes,
      modifiedAtNs: BigInt(modifiedAtNs),
      changedAtNs: 0n,
      mode,
      sha256,
      settled: false,
      deviceId: null,
      fileId: null,
    });
  }

  /** Nobody knows that the agent put an entry there; belongs inside a transaction. */
  disown(key: string): void {
    this.#database.run(
      "UPDATE file_index SET is_own = 0 WHERE source_id = ? AND key = ?",
      this.#sourceId,
      key,
    );
  }

  /** What is in doubt goes from the index; belongs inside a transaction. */
  removeUncertain(): void {
    this.#database.run(
      "DELETE FROM file_index WHERE source_id = ? AND in_doubt > 0",
      this.#sourceId,
    );
  }

  has(key: string): boolean {
    const row = this.#database.get(
      "SELECT 1 FROM file_index WHERE source_id = ? AND key = ?",
      this.#sourceId,
      key,
    );
    return row !== undefined;
  }

  /** Whether what is at a key has ever been known to be on the service, rather than only sent. */
  hasArrived(key: string): boolean {
    const row = this.#database.get(
      `SELECT 1 FROM file_index WHERE source_id = ? AND key = ? AND (key LIKE '%/' OR sha256 <> '')`,
      this.#sourceId,
      key,
    );
    return row !== undefined;
  }

  /** Whether there is any file, folders aside. */
  hasFiles(): boolean {
    const row = this.#database.get(
      "SELECT 1 FROM file_index WHERE source_id = ? AND key NOT LIKE '%/' LIMIT 1",
      this.#sourceId,
    );
    return row !== undefined;
  }

  /** Notes that a folder is on the service, unless that is known; belongs inside a transaction. */
  putFolder(key: string): void {
    this.#database.run(
      `INSERT OR IGNORE INTO file_index
         (source_id, key, size_bytes, modified_at_ns, changed_at_ns, sha256, settled)
       VALUES (?, ?, 0, '0', '0', '', 1)`,
      this.#sourceId,
      key,
    );
  }

  /**
   * An entry may be gone from the service: noted before a request to delete it goes out. Does nothing
   * without an entry; belongs inside a transaction.
   */
  markUncertain(key: string): void {
    this.#database.run(
      "UPDATE file_index SET in_doubt = in_doubt + 1 WHERE source_id = ? AND key = ?",
      this.#sourceId,
      key,
    );
  }

  /** As `markUncertain`, of everything below a folder that is not in doubt. */
  markUncertainBelow(folderKey: string): void {
    this.#database.run(
      `UPDATE file_index SET in_doubt = 1
       WHERE source_id = ? AND key >= ? AND key < ? AND in_doubt = 0`,
      this.#sourceId,
      folderKey,
      `${folderKey.slice(0, -1)}0`,
    );
  }

  /** What was on its way to a key may be on the service, or not, and has no digest; belongs inside a transaction. */
  putUncertain(sent: Pick<IndexEntry, "key" | "sizeBytes" | "deviceId" | "fileId">): void {
    this.#database.run(
      `INSERT OR IGNORE INTO file_index
         (source_id, key, size_bytes, modified_at_ns, changed_at_ns, sha256, settled, device_id, file_id, in_doubt)
       VALUES (?, ?, ?, '0', '0', '', 0, ?, ?, 1)`,
      this.#sourceId,
      sent.key,
      sent.sizeBytes,
      sent.deviceId,
      sent.fileId,
    );
  }

  /** Takes one `markUncertain` back: no request went out. Those of earlier jobs stay. */
  markCertain(key: string): void {
    this.#database.run(
      "UPDATE file_index SET in_doubt = in_doubt - 1 WHERE source_id = ? AND key = ? AND in_doubt > 0",
      this.#sourceId,
      key,
    );
  }

  /** Belongs inside a transaction. */
  remove(key: string): void {
    this.#database.run(
      "DELETE FROM file_index WHERE source_id = ? AND key = ?",
      this.#sourceId,
      key,
    );
  }
}
