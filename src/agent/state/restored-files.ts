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
      "CREATE TEMP TABLE IF NOT EXISTS restored_file (file_id TEXT PRIMARY KEY, saved_at TEXT NOT NULL) WITHOUT ROWID",
    );
    database.run("DELETE FROM restored_file");
  }

  /** `savedAt`: when the service got it, as it says. */
  add(fileId: string, savedAt: string): void {
    this.#database.run(
      "INSERT OR REPLACE INTO restored_file (file_id, saved_at) VALUES (?, ?)",
      fileId,
      savedAt,
    );
  }

  has(fileId: string): boolean {
    return this.savedAt(fileId) !== undefined;
  }

  /** When the service got what this job restored there; undefined for what it did not restore. */
  savedAt(fileId: string): string | undefined {
    const row = this.#database.get("SELECT saved_at FROM restored_file WHERE file_id = ?", fileId);
    return row && new RowReader(row).text("saved_at");
  }
}
