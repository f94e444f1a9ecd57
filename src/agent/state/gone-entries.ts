import type { SqlRow } from "../ports/database.ts";
import type { KnownEntry } from "./known-entries.ts";
import { RowReader } from "./row.ts";
import type { StateDatabase } from "./state-database.ts";

/** Rows fetched at a time; a page is all of the table that is in memory. */
const PAGE_ROW_COUNT = 256;

/**
 * What one source has on the service and no longer on this PC, as its last scan saw it: what a delete
 * job is about (F17). Keys as in the index. Methods that write belong inside a transaction.
 */
export class GoneEntries {
  readonly #database: StateDatabase;
  readonly #sourceId: number;

  constructor(database: StateDatabase, sourceId: number) {
    this.#database = database;
    this.#sourceId = sourceId;
  }

  put(entry: KnownEntry): void {
    this.#database.run(
      "INSERT OR REPLACE INTO gone_entry (source_id, key, size_bytes) VALUES (?, ?, ?)",
      this.#sourceId,
      entry.key,
      entry.sizeBytes,
    );
  }

  /**
   * Takes back what is said of a key, of all below it when it is a folder's, and of the folders `above`:
   * they are not gone.
   */
  unmark(key: string, above: readonly string[]): void {
    for (const one of [key, ...above]) {
      this.#database.run(
        "DELETE FROM gone_entry WHERE source_id = ? AND key = ?",
        this.#sourceId,
        one,
      );
    }
    if (!key.endsWith("/")) return;
    // "0" is the character after "/": between them is every key below the folder.
    this.#database.run(
      "DELETE FROM gone_entry WHERE source_id = ? AND key >= ? AND key < ?",
      this.#sourceId,
      key,
      `${key.slice(0, -1)}0`,
    );
  }

  clear(): void {
    this.#database.run("DELETE FROM gone_entry WHERE source_id = ?", this.#sourceId);
  }

  has(key: string): boolean {
    const row = this.#database.get(
      "SELECT 1 FROM gone_entry WHERE source_id = ? AND key = ?",
      this.#sourceId,
      key,
    );
    return row !== undefined;
  }

  /** How many files and folders there are, and the bytes of the files. */
  totals(): { readonly entryCount: number; readonly sizeBytes: number } {
    const row = this.#database.get(
      `SELECT count(*) AS entry_count, coalesce(sum(size_bytes), 0) AS size_bytes
       FROM gone_entry WHERE source_id = ?`,
      this.#sourceId,
    );
    const reader = new RowReader(row ?? {});
    return { entryCount: reader.number("entry_count"), sizeBytes: reader.number("size_bytes") };
  }

  /** The files in order of key, a page at a time. */
  *files(): Generator<readonly KnownEntry[], void> {
    let after = "";
    for (;;) {
      const rows = this.#database.all(
        `SELECT key, size_bytes FROM gone_entry
         WHERE source_id = ? AND key > ? AND key NOT LIKE '%/' ORDER BY key LIMIT ?`,
        this.#sourceId,
        after,
        PAGE_ROW_COUNT,
      );
      if (rows.length === 0) return;
      const page = rows.map((row) => toEntry(row));
      after = page.at(-1)?.key ?? after;
      yield page;
    }
  }

  /** The folders against the order of key, which has each before the one it is in; a page at a time. */
  *foldersInnermostFirst(): Generator<readonly KnownEntry[], void> {
    // To SQLite every text is less than any blob: the first page begins at the last key.
    let before: string | Uint8Array = new Uint8Array(0);
    for (;;) {
      const rows: SqlRow[] = this.#database.all(
        `SELECT key, size_bytes FROM gone_entry
         WHERE source_id = ? AND key < ? AND key LIKE '%/' ORDER BY key DESC LIMIT ?`,
        this.#sourceId,
        before,
        PAGE_ROW_COUNT,
      );
      if (rows.length === 0) return;
      const page = rows.map((row) => toEntry(row));
      before = page.at(-1)?.key ?? before;
      yield page;
    }
  }
}

function toEntry(row: SqlRow): KnownEntry {
  const reader = new RowReader(row);
  return { key: reader.text("key"), sizeBytes: reader.number("size_bytes") };
}
