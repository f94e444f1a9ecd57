import { RowReader } from "./row.ts";
import type { StateDatabase } from "./state-database.ts";

/**
 * What is still due after the state file was repaired. The setting `repaired` stays for good, since a source
 * that is added later may be one that was lost: `on` until the service was asked what it has of this PC, then
 * `asked`.
 */
export class RepairState {
  readonly #database: StateDatabase;

  constructor(database: StateDatabase) {
    this.#database = database;
  }

  /** Nothing of any index is believed without the service; belongs inside a transaction. */
  markRepaired(): void {
    this.#put("on");
    this.#database.run("UPDATE source SET index_is_old = 1");
  }

  /** Whether the service has to be asked, for a source or for what it has of this PC at all. */
  get isServiceDue(): boolean {
    const row = this.#database.get(
      `SELECT EXISTS (SELECT 1 FROM setting WHERE name = 'repaired' AND value = 'on')
           OR EXISTS (SELECT 1 FROM source WHERE index_is_old = 1) AS due`,
    );
    return new RowReader(row ?? {}).number("due") === 1;
  }

  /** The service told what it has of this PC; belongs inside a transaction. */
  markAsked(): void {
    this.#put("asked");
  }

  #put(value: string): void {
    this.#database.run(
      "INSERT OR REPLACE INTO setting (name, value) VALUES ('repaired', ?)",
      value,
    );
  }
}
