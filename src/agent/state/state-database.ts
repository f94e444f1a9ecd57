import { AgentError } from "../agent-error.ts";
import type { SqlDatabase, SqlRow, SqlStatement, SqlValue } from "../ports/database.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { SCHEMA_STEPS } from "./schema.ts";
import { damagedState, isStateFull, stateError } from "./state-error.ts";
import { isStateSchema, STATE_TABLES } from "./state-schema.ts";
import { message } from "../../messages/message.ts";

/**
 * How safe a transaction is once it returned. Both survive a killed process.
 * - `streaming`: a power loss may undo it, together with all later ones; nothing half-done appears.
 *   For what a job notes on its way.
 * - `acknowledged`: survives a power loss, and so does everything before it. For what a person was
 *   told: settings, the start and the end of a job.
 */
export type Durability = "streaming" | "acknowledged";

const SYNCHRONOUS: Record<Durability, string> = { streaming: "NORMAL", acknowledged: "FULL" };

/** How many rows are taken at a time. */
interface StatePages {
  /** Of a table that is read to its end; a page is all of it that is in memory. Default 512. */
  readonly statePageRowCount: number;
  /** Of a list that a person looks at (F30, F31). Default `LIMITS.historyPageRowCount`. */
  readonly historyPageRowCount: number;
}

const DEFAULT_PAGES: StatePages = {
  statePageRowCount: 512,
  historyPageRowCount: LIMITS.historyPageRowCount,
};

/** How a database is opened. */
export interface StateDatabaseOptions {
  readonly pages?: Partial<StatePages>;
  /** Nothing is written, not even the tables of a newer version: for a command that only looks. Default: no. */
  readonly readOnly?: boolean;
}

/**
 * SQLite with the agent's tables, statements prepared once, and transactions by durability. What fails
 * throws `AgentError`: `state-full`, `state-damaged`, `state-foreign` (another program's tables),
 * `state-newer` (a newer agent's), `state-read-only`, `state-unreadable`, `busy`.
 */
export class StateDatabase {
  readonly pages: StatePages;
  readonly #database: SqlDatabase;
  readonly #statements = new Map<string, SqlStatement>();
  #synchronous: string | undefined;
  #isInTransaction = false;

  /** Brings the tables up to date. Throws when they are not the agent's, or a newer one's. */
  constructor(database: SqlDatabase, { readOnly = false, pages }: StateDatabaseOptions = {}) {
    this.pages = { ...DEFAULT_PAGES, ...pages };
    this.#database = database;
    if (!readOnly) this.#exec("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON");
    this.#migrate(readOnly);
  }

  /**
   * Runs `change` in one transaction; what it throws undoes it. Not to be nested. Throws `state-full`
   * when the disk has not even the room that is kept for the end of what is under way.
   */
  transaction<Result>(durability: Durability, change: () => Result): Result {
    const { reserve } = this.#database;
    if (reserve !== undefined && !reserve.isKept && !reserve.keep()) {
      throw new AgentError("state-full", message("state.full"));
    }
    return this.#transact(durability, change);
  }

  /**
   * Writes down what came to its end, `acknowledged`, on a full disk too: in the room that is kept for it.
   * `change` may run twice.
   */
  lastTransaction<Result>(change: () => Result): Result {
    try {
      return this.#transact("acknowledged", change);
    } catch (error) {
      const { reserve } = this.#database;
      if (!isStateFull(error) || reserve === undefined || !reserve.isKept) throw error;
      reserve.release();
      return this.#transact("acknowledged", change);
    }
  }

  /**
   * Reads one state of the database, whatever another process writes meanwhile; inside a transaction
   * its own. Not to be nested in itself.
   */
  snapshot<Result>(read: () => Result): Result {
    if (this.#isInTransaction) return read();
    this.#exec("BEGIN");
    try {
      const result = read();
      this.#exec("COMMIT");
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  run(sql: string, ...values: SqlValue[]): { lastInsertRowid: number; changes: number } {
    const { lastInsertRowid, changes } = this.#use(() => this.#statement(sql).run(...values));
    return { lastInsertRowid: Number(lastInsertRowid), changes: Number(changes) };
  }

  get(sql: string, ...values: SqlValue[]): SqlRow | undefined {
    return this.#use(() => this.#statement(sql).get(...values));
  }

  all(sql: string, ...values: SqlValue[]): SqlRow[] {
    return this.#use(() => this.#statement(sql).all(...values));
  }

  #transact<Result>(durability: Durability, change: () => Result): Result {
    this.#setSynchronous(SYNCHRONOUS[durability]);
    this.#exec("BEGIN IMMEDIATE");
    this.#isInTransaction = true;
    try {
      const result = change();
      this.#exec("COMMIT");
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    } finally {
      this.#isInTransaction = false;
    }
  }

  /** Undoes a transaction that failed; SQLite may have done so itself, and what failed first is what counts. */
  #rollBack(): void {
    try {
      this.#database.exec("ROLLBACK");
    } catch {
      // No transaction is open any more.
    }
  }

  #statement(sql: string): SqlStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #exec(sql: string): void {
    this.#use(() => this.#database.exec(sql));
  }

  #use<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw stateError(error, () => this.#database.isDiskFull?.() ?? false);
    }
  }

  #setSynchronous(level: string): void {
    // SQLite ignores the pragma inside a transaction, so it is set before each, when it differs.
    if (this.#synchronous === level) return;
    this.#exec(`PRAGMA synchronous = ${level}`);
    this.#synchronous = level;
  }

  #migrate(readOnly: boolean): void {
    const version = Number(this.get("PRAGMA user_version")?.["user_version"] ?? 0);
    const tables = this.all("SELECT name, sql FROM sqlite_schema WHERE type = 'table'");
    const names = new Set(tables.map((row) => String(row["name"])));
    const isOurs = STATE_TABLES.every((name) => names.has(name));
    if (!isOurs && (version > 0 || names.size > 0)) throw foreignState();
    if (version > SCHEMA_STEPS.length) throw newerState(version);
    if (version === SCHEMA_STEPS.length) {
      return this.#checkTables();
    }
    if (readOnly) throw new AgentError("state-read-only", message("state.older"));
    this.#transact("acknowledged", () => {
      for (const step of SCHEMA_STEPS.slice(version)) this.#exec(step);
      this.#exec(`PRAGMA user_version = ${SCHEMA_STEPS.length}`);
    });
  }

  #checkTables(): void {
    const { inMemory } = this.#database;
    if (inMemory === undefined) return;
    const found = this.all("SELECT name, sql FROM sqlite_schema");
    if (!isStateSchema(found, inMemory)) {
      throw damagedState(message("state.tables"));
    }
  }
}

function foreignState(): AgentError {
  return new AgentError("state-foreign", message("state.foreign"));
}

function newerState(version: number): AgentError {
  return new AgentError(
    "state-newer",
    message("state.newer", { found: version, known: SCHEMA_STEPS.length }),
  );
}
