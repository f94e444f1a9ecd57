import { RowReader } from "./row.ts";
import type { StateDatabase } from "./state-database.ts";

/** What the disk said of a folder last. */
export interface FolderState {
  /** As in the index (core/compare-keys.ts). */
  readonly key: string;
  readonly modifiedAtNs: bigint;
  /** Permission bits; undefined where the disk has none. */
  readonly mode: number | undefined;
}

/**
 * Times and modes of the folders of one source, and whether the service has them as they are. The source
 * folder itself is not among them. All methods that write belong inside a transaction.
 */
export class FolderStates {
  readonly #database: StateDatabase;
  readonly #sourceId: number;

  constructor(database: StateDatabase, sourceId: number) {
    this.#database = database;
    this.#sourceId = sourceId;
  }

  /** A folder was looked at; what is new of it is not on the service yet. */
  see({ key, modifiedAtNs, mode }: FolderState): void {
    this.#database.run(
      `INSERT INTO folder_state (source_id, key, modified_at_ns, mode, is_saved) VALUES (?, ?, ?, ?, 0)
       ON CONFLICT (source_id, key) DO UPDATE SET
         modified_at_ns = excluded.modified_at_ns, mode = excluded.mode, is_saved = 0
       WHERE modified_at_ns <> excluded.modified_at_ns OR mode IS NOT excluded.mode`,
      this.#sourceId,
      key,
      String(modifiedAtNs),
      mode ?? null,
    );
  }

  /** The service has other times or modes of a folder than were saved, or none. */
  doubt(key: string): void {
    this.#database.run(
      "UPDATE folder_state SET is_saved = 0 WHERE source_id = ? AND key = ?",
      this.#sourceId,
      key,
    );
  }

  /** The service has exactly this, unless the folder changed again meanwhile. */
  saved({ key, modifiedAtNs, mode }: FolderState): void {
    this.#database.run(
      `UPDATE folder_state SET is_saved = 1
       WHERE source_id = ? AND key = ? AND modified_at_ns = ? AND mode IS ?`,
      this.#sourceId,
      key,
      String(modifiedAtNs),
      mode ?? null,
    );
  }

  /** The folder is not on the service any more. */
  remove(key: string): void {
    this.#database.run(
      "DELETE FROM folder_state WHERE source_id = ? AND key = ?",
      this.#sourceId,
      key,
    );
  }

  /** What is believed to be on the service of a folder; undefined for nothing. */
  savedState(key: string): FolderState | undefined {
    const row = this.#database.get(
      "SELECT * FROM folder_state WHERE source_id = ? AND key = ? AND is_saved = 1",
      this.#sourceId,
      key,
    );
    return row === undefined ? undefined : toState(new RowReader(row));
  }

  /** What is not on the service yet, in order of key from behind `after` on, `count` at most. */
  unsaved(after: string, count: number): readonly FolderState[] {
    const rows = this.#database.all(
      "SELECT * FROM folder_state WHERE source_id = ? AND is_saved = 0 AND key > ? ORDER BY key LIMIT ?",
      this.#sourceId,
      after,
      count,
    );
    return rows.map((row) => toState(new RowReader(row)));
  }
}

function toState(reader: RowReader): FolderState {
  return {
    key: reader.text("key"),
    modifiedAtNs: BigInt(reader.text("modified_at_ns")),
    mode: reader.numberOrNull("mode") ?? undefined,
  };
}
