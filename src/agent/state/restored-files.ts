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
      "CREATE TEMP TABLE IF NOT EXISTS restored_file (file_id TEXT PRIMARY KEY) WITHOUT ROWID",
    );
    database.run("DELETE FROM restored_file");
  }

  add(fileId: string): void {
    this.#database.run("INSERT OR IGNORE INTO restored_file (file_id) VALUES (?)", fileId);
  }

  has(fileId: string): boolean {
    return (
      this.#database.get("SELECT 1 AS found FROM restored_file WHERE file_id = ?", fileId) !==
      undefined
    );
  }
}
