import { RowReader } from "./row.ts";
import type { StateDatabase } from "./state-database.ts";

/** Something that a backup saw in the source and did not save. */
export interface UnsavedEntry {
  /** As in the index: a folder's ends in `/`. */
  readonly key: string;
  /** Null where it could not be looked at. */
  readonly deviceId: string | null;
  readonly fileId: string | null;
  /** Where a folder stands that the scan did not go into; null of everything else. */
  readonly diskPath: string | null;
}

/** What the last backup of a source did not save. Methods that write belong inside a transaction. */
export class UnsavedEntries {
  readonly #database: StateDatabase;
  readonly #sourceId: number;

  constructor(database: StateDatabase, sourceId: number) {
    this.#database = database;
    this.#sourceId = sourceId;
  }

  put({ key, deviceId, fileId, diskPath }: UnsavedEntry): void {
    this.#database.run(
      "INSERT INTO unsaved_entry (source_id, key, device_id, file_id, disk_path) VALUES (?, ?, ?, ?, ?)",
      this.#sourceId,
      key,
      deviceId,
      fileId,
      diskPath,
    );
  }

  clear(): void {
    this.#database.run("DELETE FROM unsaved_entry WHERE source_id = ?", this.#sourceId);
  }

  /** The folders, in no order. */
  folders(): readonly UnsavedEntry[] {
    const rows = this.#database.all(
      "SELECT * FROM unsaved_entry WHERE source_id = ? AND key LIKE '%/'",
      this.#sourceId,
    );
    return rows.map((row) => {
      const reader = new RowReader(row);
      return {
        key: reader.text("key"),
        deviceId: reader.textOrNull("device_id"),
        fileId: reader.textOrNull("file_id"),
        diskPath: reader.textOrNull("disk_path"),
      };
    });
  }

  /**
   * One that was never saved under its key, by device; under null one whose device is not known. What a
   * file is whose old name is gone can be told from its id only.
   */
  newcomers(): ReadonlyMap<string | null, string> {
    const rows = this.#database.all(
      `SELECT device_id, min(key) AS key FROM unsaved_entry AS unsaved WHERE source_id = ?
         AND NOT EXISTS (SELECT 1 FROM file_index
           WHERE source_id = unsaved.source_id AND key = unsaved.key)
         AND NOT EXISTS (SELECT 1 FROM known_folder
           WHERE source_id = unsaved.source_id AND key = unsaved.key)
       GROUP BY device_id`,
      this.#sourceId,
    );
    return new Map(
      rows.map((row) => {
        const reader = new RowReader(row);
        return [reader.textOrNull("device_id"), reader.text("key")];
      }),
    );
  }

  /** Whether there is any below a folder. */
  hasBelow(folderKey: string): boolean {
    const row = this.#database.get(
      "SELECT 1 FROM unsaved_entry WHERE source_id = ? AND key > ? AND key < ? LIMIT 1",
      this.#sourceId,
      folderKey,
      `${folderKey.slice(0, -1)}0`,
    );
    return row !== undefined;
  }
}
