import { DatabaseSync, type StatementSync } from "node:sqlite";

import type { SqlDatabase, SqlRow, SqlStatement, SqlValue } from "../../agent/ports/database.ts";
import type { Fence } from "./fence.ts";

/** A statement that changed something, as it can be carried out again. */
type Change =
  | { readonly kind: "exec"; readonly sql: string }
  | { readonly kind: "run"; readonly sql: string; readonly values: readonly SqlValue[] };

/**
 * The agent's database file: SQLite in memory that outlives the processes that work on it. A killed
 * process loses the transaction it was in. A power loss loses as well what was committed with
 * `synchronous = NORMAL` since the last commit with `FULL`: the changes up to there are carried out
 * again on a new, empty database. Not modelled: a damaged file, a full disk.
 */
export class DatabaseFile {
  readonly #keepsChanges: boolean;
  #database: DatabaseSync;
  #durable: Change[] = [];
  #committed: Change[] = [];
  #open: Change[] = [];
  #isFull = true;
  #inTransaction = false;

  /** `keepsChanges` makes `losePower` possible, at the price of remembering every change. */
  constructor(keepsChanges: boolean) {
    this.#keepsChanges = keepsChanges;
    this.#database = new DatabaseSync(":memory:");
  }

  /** The database as one process sees it. */
  connect(fence: Fence): SqlDatabase {
    const statements = new Map<string, SqlStatement>();
    return {
      exec: (sql) => {
        fence.assertOpen();
        this.#database.exec(sql);
        this.#noteExec(sql);
      },
      prepare: (sql) => {
        fence.assertOpen();
        const known = statements.get(sql);
        if (known !== undefined) return known;
        const made = this.#statement(this.#database.prepare(sql), sql, fence);
        statements.set(sql, made);
        return made;
      },
      // The file stays; only the process lets go of it.
      close: () => undefined,
    };
  }

  /** The process that had it open is gone: what it had not committed goes with it. */
  rollBack(): void {
    this.#open = [];
    if (!this.#inTransaction) return;
    this.#inTransaction = false;
    this.#database.exec("ROLLBACK");
  }

  /** The power is lost: only what was synced is still there. */
  losePower(): void {
    this.rollBack();
    this.#committed = [];
    this.#database.close();
    this.#database = new DatabaseSync(":memory:");
    for (const change of this.#durable) {
      if (change.kind === "exec") this.#database.exec(change.sql);
      else this.#database.prepare(change.sql).run(...change.values);
    }
  }

  /** Frees the memory. */
  dispose(): void {
    this.#database.close();
  }

  #statement(statement: StatementSync, sql: string, fence: Fence): SqlStatement {
    const note = (values: SqlValue[]): void => this.#noteRun(sql, values);
    return {
      run(...values) {
        fence.assertOpen();
        const result = statement.run(...values);
        note(values);
        return result;
      },
      get(...values) {
        fence.assertOpen();
        return statement.get(...values) as SqlRow | undefined;
      },
      all(...values) {
        fence.assertOpen();
        return statement.all(...values) as SqlRow[];
      },
      *iterate(...values) {
        for (const row of statement.iterate(...values)) {
          fence.assertOpen();
          yield row as SqlRow;
        }
      },
    };
  }

  #noteExec(sql: string): void {
    if (/^\s*BEGIN/i.test(sql)) {
      this.#inTransaction = true;
    } else if (/^\s*COMMIT/i.test(sql)) {
      this.#inTransaction = false;
      this.#commit();
    } else if (/^\s*ROLLBACK/i.test(sql)) {
      this.#inTransaction = false;
      this.#open = [];
    } else {
      const level = /PRAGMA\s+synchronous\s*=\s*(\w+)/i.exec(sql)?.[1];
      if (level !== undefined) this.#isFull = level.toUpperCase() === "FULL";
      this.#note({ kind: "exec", sql });
    }
  }

  #noteRun(sql: string, values: readonly SqlValue[]): void {
    if (/^\s*(SELECT|PRAGMA\s+\w+\s*$)/i.test(sql)) return;
    this.#note({ kind: "run", sql, values });
  }

  #note(change: Change): void {
    if (!this.#keepsChanges) return;
    this.#open.push(change);
    if (!this.#inTransaction) this.#commit();
  }

  #commit(): void {
    this.#committed.push(...this.#open);
    this.#open = [];
    // A sync of the log makes everything durable that was written to it before.
    if (this.#isFull) this.#durable.push(...this.#committed.splice(0));
  }
}
