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
 * The agent's state store: SQLite through node:sqlite, real everywhere; only where the file lives
 * differs. What `exec("COMMIT")` acknowledged survives a killed process and a power loss
 * (`synchronous = FULL`). One agent at a time holds it.
 */
export interface SqlDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqlStatement;
  close(): void;
}
