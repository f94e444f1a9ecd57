/** A value SQLite can hold. Integers beyond 2^53 come and go as bigint. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** A row by column name. */
export type SqlRow = Record<string, SqlValue>;

/** A prepared statement, as node:sqlite's `StatementSync` has it. */
export interface SqlStatement {
  run(...values: SqlValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  get(...values: SqlValue[]): SqlRow | undefined;
  all(...values: SqlValue[]): SqlRow[];
  iterate(...values: SqlValue[]): IterableIterator<SqlRow>;
}

/**
 * Space on the disk of the state file that is kept for the case that the disk is full: what came to its
 * end can still be written down.
 */
export interface SpaceReserve {
  /** Whether the space is kept. */
  readonly isKept: boolean;
  /** Keeps it (again); false when the disk has no room for it. */
  keep(): boolean;
  /** Gives it up. */
  release(): void;
}

/**
 * The agent's state store: SQLite through node:sqlite, real everywhere; only where the file lives
 * differs. What `exec("COMMIT")` acknowledged survives a killed process and a power loss
 * (`synchronous = FULL`). One agent at a time holds it. What fails throws an `Error` with SQLite's
 * extended result code as `errcode`.
 */
export interface SqlDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqlStatement;
  close(): void;
  /** Makes an empty database in memory, to see what its tables should be. Absent where they cannot be damaged. */
  readonly inMemory?: () => SqlDatabase;
  /** Absent where nothing is kept. */
  readonly reserve?: SpaceReserve;
  /** Whether the disk has no room left; asked where SQLite only says that the disk failed. Default: it has. */
  readonly isDiskFull?: () => boolean;
}
