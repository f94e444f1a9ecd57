import type { SqlRow } from "../ports/database.ts";
import type { SourceFolder } from "./records.ts";
import { RowReader } from "./row.ts";
import type { StateDatabase } from "./state-database.ts";

function toSource(row: SqlRow): SourceFolder {
  const reader = new RowReader(row);
  return {
    id: reader.number("id"),
    path: reader.text("path"),
    name: reader.text("name"),
    destination: reader.text("destination"),
    addedAtMs: reader.number("added_at_ms"),
  };
}

/** The source folders, in the order they were added (F11). */
export class SourceStore {
  readonly #database: StateDatabase;

  constructor(database: StateDatabase) {
    this.#database = database;
  }

  list(): readonly SourceFolder[] {
    return this.#database.all("SELECT * FROM source ORDER BY id").map((row) => toSource(row));
  }

  /** After a repair a source that is added may be one that was lost: what the service has of it counts. */
  add(source: Omit<SourceFolder, "id">): SourceFolder {
    return this.#database.transaction("acknowledged", () => {
      const { lastInsertRowid } = this.#database.run(
        `INSERT INTO source (path, name, destination, added_at_ms, index_is_old)
         VALUES (?, ?, ?, ?, EXISTS (SELECT 1 FROM setting WHERE name = 'repaired'))`,
        source.path,
        source.name,
        source.destination,
        source.addedAtMs,
      );
      return { ...source, id: lastInsertRowid };
    });
  }

  /** The device the source was on when its deletions were last in order (D15); null before the first look. */
  deviceId(id: number): string | null {
    const row = this.#database.get("SELECT device_id FROM source WHERE id = ?", id);
    return row === undefined ? null : new RowReader(row).textOrNull("device_id");
  }

  /** The PC on which its deletions were last in order; null before the first look, and where that cannot be told. */
  machine(id: number): string | null {
    const row = this.#database.get("SELECT machine FROM source WHERE id = ?", id);
    return row === undefined ? null : new RowReader(row).textOrNull("machine");
  }

  /** Remembers where its deletions are in order. Writes nothing where nothing is another. */
  rememberPlace(id: number, deviceId: string | null, machine: string | null): void {
    if (this.deviceId(id) === deviceId && this.machine(id) === machine) return;
    this.#database.transaction("acknowledged", () => {
      this.#database.run(
        "UPDATE source SET device_id = ?, machine = ? WHERE id = ?",
        deviceId,
        machine,
        id,
      );
    });
  }

  /** Whether the index may be older than what the service has, after a repair. */
  isIndexOld(id: number): boolean {
    const row = this.#database.get("SELECT index_is_old FROM source WHERE id = ?", id);
    return row !== undefined && new RowReader(row).number("index_is_old") === 1;
  }

  /** Belongs inside a transaction. */
  setIndexOld(id: number, isOld: boolean): void {
    this.#database.run("UPDATE source SET index_is_old = ? WHERE id = ?", isOld ? 1 : 0, id);
  }

  /** Removes the source with its index; its jobs stay in the history. */
  remove(id: number): void {
    this.#database.transaction("acknowledged", () => {
      this.#database.run("DELETE FROM source WHERE id = ?", id);
    });
  }
}
