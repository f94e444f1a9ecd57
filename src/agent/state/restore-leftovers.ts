import { RowReader } from "./row.ts";
import type { StateDatabase } from "./state-database.ts";

/** A folder in which a restore may have left files under temporary names. */
export interface RestoreLeftover {
  readonly jobId: number;
  /** The disk's own absolute path. */
  readonly folder: string;
}

/** Notes of the folders a restore writes into, so that the next run removes what a killed one left. */
export class RestoreLeftovers {
  readonly #database: StateDatabase;

  constructor(database: StateDatabase) {
    this.#database = database;
  }

  /** Notes a folder; it survives a loss of power, as what is written there next may. */
  add({ jobId, folder }: RestoreLeftover): void {
    this.#database.transaction("acknowledged", () => {
      this.#database.run(
        "INSERT OR IGNORE INTO restore_leftover (job_id, folder) VALUES (?, ?)",
        jobId,
        folder,
      );
    });
  }

  /** Nothing is left there. */
  remove({ jobId, folder }: RestoreLeftover): void {
    this.#database.transaction("streaming", () => {
      this.#database.run(
        "DELETE FROM restore_leftover WHERE job_id = ? AND folder = ?",
        jobId,
        folder,
      );
    });
  }

  /** All of them, a few at a time; those met may be removed meanwhile. */
  *all(): Iterable<RestoreLeftover> {
    let after: RestoreLeftover = { jobId: 0, folder: "" };
    for (;;) {
      const rows = this.#database.all(
        `SELECT job_id, folder FROM restore_leftover WHERE (job_id, folder) > (?, ?)
         ORDER BY job_id, folder LIMIT ?`,
        after.jobId,
        after.folder,
        this.#database.pages.statePageRowCount,
      );
      if (rows.length === 0) return;
      for (const row of rows) {
        const reader = new RowReader(row);
        after = { jobId: reader.number("job_id"), folder: reader.text("folder") };
        yield after;
      }
    }
  }
}
