import type { SqlDatabase, SqlRow, SqlStatement, SqlValue } from "../ports/database.ts";
import { SCHEMA_STEPS } from "./schema.ts";
import { message } from "../../messages/message.ts";
import { SpokenError } from "../../messages/spoken-error.ts";

/**
 * How safe a transaction is once it returned. Both survive a killed process.
 * - `streaming`: a power loss may undo it, together with all later ones; nothing half-done appears.
 *   For what a job notes on its way.
 * - `acknowledged`: survives a power loss, and so does everything before it. For what a person was
 *   told: settings, the start and the end of a job.
 */
export type Durability = "streaming" | "acknowledged";

const SYNCHRONOUS: Record<Durability, string> = { streaming: "NORMAL", acknowledged: "FULL" };

/** The state database is newer than this agent, or no database of the agent at all. */
export class StateVersionError extends SpokenError {
  constructor(found: number) {
    super(message("home.newer-state", { found, known: SCHEMA_STEPS.length }));
    this.name = "StateVersionError";
  }
}

/** SQLite with the agent's tables, statements prepared once, and transactions by durability. */
export class StateDatabase {
  readonly #database: SqlDatabase;
  readonly #statements = new Map<string, SqlStatement>();
  #synchronous: string | undefined;
  #isInTransaction = false;

  /** Brings the tables up to date. Throws `StateVersionError` when a newer agent wrote them. */
  constructor(database: SqlDatabase) {
    this.#database = database;
    database.exec("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON");
    this.#migrate();
  }

  /** Runs `change` in one transaction; what it throws undoes it. Not to be nested. */
  transaction<Result>(durability: Durability, change: () => Result): Result {
    this.#setSynchronous(SYNCHRONOUS[durability]);
    this.#database.exec("BEGIN IMMEDIATE");
    this.#isInTransaction = true;
    try {
      const result = change();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    } finally {
      this.#isInTransaction = false;
    }
  }

  /**
   * Reads one state of the database, whatever another process writes meanwhile; inside a transaction
   * its own. Not to be nested in itself.
   */
  snapshot<Result>(read: () => Result): Result {
    if (this.#isInTransaction) return read();
    this.#database.exec("BEGIN");
    try {
      return read();
    } finally {
      this.#database.exec("COMMIT");
    }
  }

  run(sql: string, ...values: SqlValue[]): { lastInsertRowid: number; changes: number } {
    const { lastInsertRowid, changes } = this.#statement(sql).run(...values);
    return { lastInsertRowid: Number(lastInsertRowid), changes: Number(changes) };
  }

  get(sql: string, ...values: SqlValue[]): SqlRow | undefined {
    return this.#statement(sql).get(...values);
  }

  all(sql: string, ...values: SqlValue[]): SqlRow[] {
    return this.#statement(sql).all(...values);
  }

  #statement(sql: string): SqlStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #setSynchronous(level: string): void {
    // SQLite ignores the pragma inside a transaction, so it is set before each, when it differs.
    if (this.#synchronous === level) return;
    this.#database.exec(`PRAGMA synchronous = ${level}`);
    this.#synchronous = level;
  }

  #migrate(): void {
    const version = Number(this.get("PRAGMA user_version")?.["user_version"] ?? 0);
    if (version > SCHEMA_STEPS.length) throw new StateVersionError(version);
    if (version === SCHEMA_STEPS.length) return;
    this.transaction("acknowledged", () => {
      for (const step of SCHEMA_STEPS.slice(version)) this.#database.exec(step);
      this.#database.exec(`PRAGMA user_version = ${SCHEMA_STEPS.length}`);
    });
  }
}
