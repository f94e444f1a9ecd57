import { DatabaseSync, type StatementSync } from "node:sqlite";

import type {
  SpaceReserve,
  SqlDatabase,
  SqlRow,
  SqlStatement,
  SqlValue,
} from "../../../agent/ports/database.ts";
import { rebuildState } from "../../../agent/repair/rebuild-state.ts";
import { StateDatabase } from "../../../agent/state/state-database.ts";
import { ProcessBoundary } from "./process-boundary.ts";

/** SQLite's code for a disk without room. */
const SQLITE_FULL = 13;

/** Enough for the end of a job, the rows behind it, and its slot and mail. */
const LAST_COMMIT_COUNT = 12;

/** How the agent begins and ends a transaction, to the letter. */
const TRANSACTIONS: ReadonlySet<string> = new Set([
  "BEGIN",
  "BEGIN IMMEDIATE",
  "COMMIT",
  "ROLLBACK",
]);

/** A statement that changed something, as it can be carried out again. */
type Change =
  | { readonly kind: "exec"; readonly sql: string }
  | { readonly kind: "run"; readonly sql: string; readonly values: readonly SqlValue[] };

/** A database with the statements that were ever prepared on it. */
interface OpenDatabase {
  readonly sync: DatabaseSync;
  readonly statements: Map<string, StatementSync>;
}

/**
 * The agent's database file: SQLite in memory that outlives the processes that work on it. A killed
 * process loses the transaction it was in. A power loss loses as well what was committed with
 * `synchronous = NORMAL` since the last commit with `FULL`: the changes up to there are carried out
 * again on a new, empty database. On a full disk no commit succeeds that changes anything, but in the room
 * that the tool gives up for it. A damaged file is modelled as one that was repaired.
 */
export class DatabaseFile {
  readonly #keepsChanges: boolean;
  /** Whether the tables were there from the beginning, so that no change made them. */
  readonly #hadTables: boolean;
  #database: OpenDatabase;
  #durable: Change[] = [];
  #committed: Change[] = [];
  #open: Change[] = [];
  #isFull = true;
  #inTransaction = false;
  #hasWritten = false;
  #isDiskFull = false;
  #isRoomKept = true;
  /** Commits that the room given up has place for. */
  #commitsLeft = 0;

  /** `keepsChanges` makes `losePower` possible, at the price of remembering every change. */
  constructor(keepsChanges: boolean) {
    this.#keepsChanges = keepsChanges;
    const used = emptied.pop();
    this.#hadTables = used !== undefined;
    this.#database = used ?? openDatabase();
  }

  /** The database as one process sees it. */
  connect(boundary: ProcessBoundary): SqlDatabase {
    return {
      exec: (sql) => {
        boundary.assertOpen();
        if (sql === "COMMIT") this.#findRoom();
        // Prepared, they need not be understood anew each time.
        if (TRANSACTIONS.has(sql)) this.#prepared(sql).run();
        else this.#database.sync.exec(sql);
        this.#noteExec(sql);
      },
      prepare: (sql) => {
        boundary.assertOpen();
        return this.#statement(this.#prepared(sql), sql, boundary);
      },
      // The file stays; only the process lets go of it.
      close: () => undefined,
      reserve: this.#reserve,
    };
  }

  /** The disk is full from now on. */
  fillDisk(): void {
    this.#isDiskFull = true;
    this.#commitsLeft = 0;
  }

  /** Whether its disk is full. */
  get isDiskFull(): boolean {
    return this.#isDiskFull;
  }

  /** Somebody made room on the disk. */
  freeDisk(): void {
    this.#isDiskFull = false;
  }

  get #reserve(): SpaceReserve {
    const isKept = (): boolean => this.#isRoomKept;
    return {
      get isKept() {
        return isKept();
      },
      keep: () => {
        this.#isRoomKept = !this.#isDiskFull;
        return this.#isRoomKept;
      },
      release: () => {
        this.#isRoomKept = false;
        this.#commitsLeft = LAST_COMMIT_COUNT;
      },
    };
  }

  /** Fails as SQLite does when its file finds no room: the transaction is undone by then. */
  #findRoom(): void {
    if (!this.#isDiskFull || !this.#hasWritten) return;
    if (this.#commitsLeft > 0) {
      this.#commitsLeft -= 1;
      return;
    }
    this.rollBack();
    throw Object.assign(new Error("database or disk is full"), { errcode: SQLITE_FULL });
  }

  /** The process that had it open is gone: what it had not committed goes with it. */
  rollBack(): void {
    this.#open = [];
    if (!this.#inTransaction) return;
    this.#inTransaction = false;
    this.#database.sync.exec("ROLLBACK");
  }

  /** The power is lost: only what was synced is still there. */
  losePower(): void {
    this.rollBack();
    this.#committed = [];
    if (this.#hadTables) empty(this.#database);
    else {
      this.#database.sync.close();
      this.#database = openDatabase();
    }
    for (const change of this.#durable) {
      if (change.kind === "exec") this.#database.sync.exec(change.sql);
      else this.#prepared(change.sql).run(...change.values);
    }
  }

  /** A person has it repaired: what can be read comes into a new file, and nothing of the tables that are `lost`. */
  repair(lost: readonly string[]): void {
    this.rollBack();
    const { sync: damaged } = this.#database;
    for (const table of lost) damaged.exec(`DELETE FROM "${table}"`);
    this.#database = openDatabase();
    this.#durable = [];
    this.#committed = [];
    this.#isFull = true;
    rebuildState(damaged, new StateDatabase(this.connect(new ProcessBoundary())));
    damaged.close();
  }

  /** What a look from outside finds, whoever works on it. */
  look(sql: string): readonly SqlRow[] {
    return this.#prepared(sql).all();
  }

  /** Every row of every table, by the table's name. */
  tables(): DatabaseTables {
    const names = this.look(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    );
    return new Map(
      names.map(({ name }) => [String(name), this.look(`SELECT * FROM "${String(name)}"`)]),
    );
  }

  /** Nobody needs it any more. */
  dispose(): void {
    this.rollBack();
    empty(this.#database);
    emptied.push(this.#database);
  }

  #prepared(sql: string): StatementSync {
    const { sync, statements } = this.#database;
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const prepared = sync.prepare(sql);
    statements.set(sql, prepared);
    return prepared;
  }

  #statement(statement: StatementSync, sql: string, boundary: ProcessBoundary): SqlStatement {
    const isChange = !/^\s*(SELECT|PRAGMA\s+\w+\s*$)/i.test(sql);
    const noteWrite = (): void => {
      this.#hasWritten = true;
    };
    const note = (values: SqlValue[]): void => {
      if (isChange) this.#note({ kind: "run", sql, values });
    };
    return {
      run(...values) {
        boundary.assertOpen();
        const result = statement.run(...values);
        if (isChange) noteWrite();
        note(values);
        return result;
      },
      get(...values) {
        boundary.assertOpen();
        return statement.get(...values);
      },
      all(...values) {
        boundary.assertOpen();
        return statement.all(...values);
      },
      *iterate(...values) {
        for (const row of statement.iterate(...values)) {
          boundary.assertOpen();
          yield row;
        }
      },
    };
  }

  #noteExec(sql: string): void {
    if (sql.startsWith("BEGIN")) {
      this.#inTransaction = true;
      this.#hasWritten = false;
    } else if (sql === "COMMIT") {
      this.#inTransaction = false;
      this.#commit();
    } else if (sql === "ROLLBACK") {
      this.#inTransaction = false;
      this.#open = [];
    } else {
      const level = /PRAGMA\s+synchronous\s*=\s*(\w+)/i.exec(sql)?.[1];
      if (level !== undefined) this.#isFull = level.toUpperCase() === "FULL";
      this.#note({ kind: "exec", sql });
    }
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

/** Rows by their table. */
export type DatabaseTables = ReadonlyMap<string, readonly SqlRow[]>;

/**
 * Databases of earlier scenarios, their tables there and empty: making tables and preparing
 * statements anew would take longer than many a scenario.
 */
const emptied: OpenDatabase[] = [];

function openDatabase(): OpenDatabase {
  return { sync: new DatabaseSync(":memory:"), statements: new Map() };
}

function empty({ sync }: OpenDatabase): void {
  const tables = sync
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%'")
    .all();
  sync.exec("PRAGMA foreign_keys = OFF; BEGIN");
  // Counters of AUTOINCREMENT are a table like the others.
  for (const { name } of tables) sync.exec(`DELETE FROM "${String(name)}"`);
  // The one table that is made with a row in it.
  if (tables.some(({ name }) => name === "mail_state")) {
    sync.exec("INSERT INTO mail_state (only_one) VALUES (1)");
  }
  sync.exec("COMMIT; PRAGMA foreign_keys = ON");
}
