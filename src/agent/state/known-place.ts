import { formatPlaceTag, parsePlaceTag, type PlaceTag } from "../../protocol/http/place-tag.ts";
import { RowReader } from "./row.ts";
import type { StateDatabase } from "./state-database.ts";

/**
 * Which folder of the service it is that one source's index and notes speak of (D18). Methods that write
 * belong inside a transaction.
 */
export class KnownPlace {
  readonly #database: StateDatabase;
  readonly #sourceId: number;

  constructor(database: StateDatabase, sourceId: number) {
    this.#database = database;
    this.#sourceId = sourceId;
  }

  /** The folder and the newest state of it that was noted; undefined when nothing is known of any. */
  get(): PlaceTag | undefined {
    const row = this.#database.get("SELECT place_tag FROM source WHERE id = ?", this.#sourceId);
    const text = row && new RowReader(row).textOrNull("place_tag");
    return typeof text === "string" ? parsePlaceTag(text) : undefined;
  }

  /** The same folder, at a newer state: together with what was learned of it. */
  advance(place: PlaceTag): void {
    this.#database.run(
      "UPDATE source SET place_tag = ? WHERE id = ?",
      formatPlaceTag(place),
      this.#sourceId,
    );
  }

  /** Another folder, or an older state: whatever was learned is forgotten. */
  moveTo(place: PlaceTag): void {
    for (const table of ["file_index", "folder_state", "pending_upload", "gone_entry"]) {
      this.#database.run(`DELETE FROM ${table} WHERE source_id = ?`, this.#sourceId);
    }
    this.advance(place);
  }
}
