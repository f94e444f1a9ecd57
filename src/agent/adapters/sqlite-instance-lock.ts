import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** SQLite's own code for "another connection holds this". */
const SQLITE_BUSY = 5;

/**
 * The right to be the one agent that works in a home folder. It is a lock the operating system
 * holds for this process on `lock.db`, so it ends with the process however that ends: no stale
 * lock after `kill -9` or a power loss, and no process ID to guess about.
 *
 * It does not hold between machines that share the folder over a network file system without locks.
 */
export class SqliteInstanceLock {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /**
   * Takes the lock of `homePath`, waiting up to `waitMs` (default 0) for a process that is about to
   * finish; the wait blocks. `undefined` when another process holds it. The folder must exist. Another
   * `fileName` is another right.
   */
  static tryAcquire(
    homePath: string,
    waitMs = 0,
    fileName = "lock.db",
  ): SqliteInstanceLock | undefined {
    const database = new DatabaseSync(join(homePath, fileName), { timeout: waitMs });
    try {
      // No journal on the disk, which may be full: nothing is ever committed here.
      database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY");
      database.exec("BEGIN EXCLUSIVE");
    } catch (error) {
      database.close();
      if (isBusy(error)) return undefined;
      throw error;
    }
    return new SqliteInstanceLock(database);
  }

  /** Gives the lock back. Doing it twice is allowed. */
  release(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}
