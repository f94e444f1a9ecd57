import { RowReader } from "../state/row.ts";
import type { StateDatabase } from "../state/state-database.ts";

/** Remembers for which month the usage notice was shown last (F35). */
export class UsageNoticeStore {
  readonly #database: StateDatabase;

  constructor(database: StateDatabase) {
    this.#database = database;
  }

  /** As `2026-11`; undefined before the first. */
  month(): string | undefined {
    const row = this.#database.get("SELECT value FROM setting WHERE name = 'usageNoticeMonth'");
    return row === undefined ? undefined : new RowReader(row).text("value");
  }

  noteMonth(month: string): void {
    this.#database.transaction("acknowledged", () => {
      this.#database.run(
        "INSERT OR REPLACE INTO setting (name, value) VALUES ('usageNoticeMonth', ?)",
        month,
      );
    });
  }
}
