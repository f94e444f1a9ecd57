import type { NameSpill, SpilledFolder } from "../ports/name-spill.ts";
import type { DiskEntry, DiskEntryKind } from "../ports/source-disk.ts";
import type { StateDatabase } from "./state-database.ts";

const SLASH = Buffer.from("/");

function orderKey(entry: DiskEntry): Uint8Array {
  return entry.kind === "folder" ? Buffer.concat([entry.nameBytes, SLASH]) : entry.nameBytes;
}

/** Sorts the names of huge folders in a temporary table, which SQLite keeps in a file of its own. */
export class SqliteNameSpill implements NameSpill {
  readonly #database: StateDatabase;

  constructor(database: StateDatabase) {
    this.#database = database;
    database.run(
      `CREATE TEMP TABLE IF NOT EXISTS spilled_name (
         folder INTEGER NOT NULL,
         order_key BLOB NOT NULL,
         name TEXT,
         name_bytes BLOB NOT NULL,
         kind TEXT NOT NULL,
         PRIMARY KEY (folder, order_key)
       ) WITHOUT ROWID`,
    );
  }

  open(): SpilledFolder {
    const database = this.#database;
    // Several scans may spill into the one table: the first names are added before the next opens.
    const last = database.get("SELECT coalesce(max(folder), 0) AS folder FROM spilled_name");
    const folder = Number(last?.["folder"]) + 1;
    return {
      add(entries) {
        database.transaction("streaming", () => {
          for (const entry of entries) {
            database.run(
              "INSERT OR IGNORE INTO spilled_name (folder, order_key, name, name_bytes, kind) VALUES (?, ?, ?, ?, ?)",
              folder,
              orderKey(entry),
              entry.name ?? null,
              entry.nameBytes,
              entry.kind,
            );
          }
        });
      },
      *chunks(count) {
        let after: Uint8Array = new Uint8Array(0);
        for (;;) {
          const rows = database.all(
            `SELECT order_key, name, name_bytes, kind FROM spilled_name
             WHERE folder = ? AND order_key > ? ORDER BY order_key LIMIT ?`,
            folder,
            after,
            count,
          );
          if (rows.length === 0) return;
          yield rows.map((row) => ({
            name: (row["name"] as string | null) ?? undefined,
            nameBytes: row["name_bytes"] as Uint8Array,
            kind: row["kind"] as DiskEntryKind,
          }));
          after = rows.at(-1)?.["order_key"] as Uint8Array;
        }
      },
      drop() {
        database.transaction("streaming", () => {
          database.run("DELETE FROM spilled_name WHERE folder = ?", folder);
        });
      },
    };
  }
}
