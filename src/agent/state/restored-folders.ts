import type { FolderAttributes } from "../ports/target-disk.ts";
import { RowReader } from "./row.ts";
import type { StateDatabase } from "./state-database.ts";

/** What the service says of a folder under one of its spellings. */
export interface ListedFolder {
  /** Of two folders the one with the greater was written to later. */
  readonly writeOrder: number;
  readonly attributes: FolderAttributes;
}

/**
 * The folders whose time and mode the running restore gives, by their identity on the disk: two that the service
 * tells apart are one where the disk does not (D20), and it is like the one that was written to last. Kept in a
 * temporary table, which SQLite has outside memory.
 */
export class RestoredFolders {
  readonly #database: StateDatabase;

  /** Begins anew. */
  constructor(database: StateDatabase) {
    this.#database = database;
    database.run(
      `CREATE TEMP TABLE IF NOT EXISTS restored_folder (
         file_id TEXT PRIMARY KEY,
         write_order INTEGER NOT NULL,
         modified_at_ns TEXT,
         mode INTEGER
       ) WITHOUT ROWID`,
    );
    database.run("DELETE FROM restored_folder");
  }

  /** The folder was made just now: whatever else had its identity is gone. */
  made(fileId: string, { writeOrder, attributes }: ListedFolder): void {
    this.#database.run(
      "INSERT OR REPLACE INTO restored_folder (file_id, write_order, modified_at_ns, mode) VALUES (?, ?, ?, ?)",
      fileId,
      writeOrder,
      attributes.modifiedAtNs === undefined ? null : String(attributes.modifiedAtNs),
      attributes.mode ?? null,
    );
  }

  has(fileId: string): boolean {
    return this.#find(fileId) !== undefined;
  }

  /** What the folder is to be like, this spelling of it counted. One of which nothing was said yet counts for nothing. */
  newest(fileId: string, listed: ListedFolder): FolderAttributes {
    const known = this.#find(fileId);
    const isSaid = listed.attributes.modifiedAtNs !== undefined;
    if (known !== undefined && (!isSaid || known.writeOrder > listed.writeOrder)) {
      return known.attributes;
    }
    this.made(fileId, listed);
    return listed.attributes;
  }

  #find(fileId: string): ListedFolder | undefined {
    const found = this.#database.get(
      "SELECT write_order, modified_at_ns, mode FROM restored_folder WHERE file_id = ?",
      fileId,
    );
    if (found === undefined) return undefined;
    const row = new RowReader(found);
    const isTimed = row.textOrNull("modified_at_ns") !== null;
    return {
      writeOrder: row.number("write_order"),
      attributes: {
        modifiedAtNs: isTimed ? row.bigint("modified_at_ns") : undefined,
        mode: row.numberOrNull("mode") ?? undefined,
      },
    };
  }
}
