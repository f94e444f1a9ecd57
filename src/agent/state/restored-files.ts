import { RowReader } from "./row.ts";
import type { StateDatabase } from "./state-database.ts";

/**
 * The files that the running restore put on the disk, by their identity there: so that a name which
 * the disk cannot tell from another one's does not replace what was just restored (D12). Kept in a
 * temporary table, which SQLite has outside memory.
 */
export class RestoredFiles {
  readonly #database: StateDatabase;

  /** Begins anew. */
  constructor(database: StateDatabase) {
    this.#database = database;
    database.run(
      "CREATE TEMP TABLE IF NOT EXISTS restored_file (file_id TEXT PRIMARY KEY, write_order INTEGER NOT NULL) WITHOUT ROWID",
    );
    database.run("DELETE FROM restored_file");
  }

  /** `writeOrder`: that of the file on the service. */
  add(fileId: string, writeOrder: number): void {
    this.#database.run(
      "INSERT OR REPLACE INTO restored_file (file_id, write_order) VALUES (?, ?)",
      fileId,
      writeOrder,
    );
  }

  has(fileId: string): boolean {
    return this.writeOrder(fileId) !== undefined;
  }

  /** That of what this job restored there; undefined for what it did not restore. */
  writeOrder(fileId: string): number | undefined {
    const row = this.#database.get(
      "SELECT write_order FROM restored_file WHERE file_id = ?",
      fileId,
    );
    return row && new RowReader(row).number("write_order");
  }
}
