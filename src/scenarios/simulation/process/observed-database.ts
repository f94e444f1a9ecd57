import type { SqlDatabase, SqlStatement } from "../../../agent/ports/database.ts";

/** How much of a statement tells which it is. */
const DETAIL_LENGTH = 60;

/**
 * A database whose every statement that writes, and every commit of one, is told just before it happens.
 * Transactions that only read are not: nothing is another afterwards, and whoever watches the agent reads
 * through it.
 */
export function observedDatabase(
  database: SqlDatabase,
  onWrite: (detail: string) => void,
): SqlDatabase {
  let hasWritten = false;
  const write = (detail: string): void => {
    hasWritten = true;
    onWrite(detail);
  };
  return {
    exec(sql) {
      if (/^\s*BEGIN/i.test(sql)) hasWritten = false;
      if (/^\s*(CREATE|DROP|ALTER|INSERT|UPDATE|DELETE)/i.test(sql)) write(detailOf(sql));
      if (hasWritten && /^\s*COMMIT/i.test(sql)) onWrite(detailOf(sql));
      database.exec(sql);
    },
    prepare(sql) {
      const statement = database.prepare(sql);
      if (/^\s*(SELECT|PRAGMA)/i.test(sql)) return statement;
      const detail = detailOf(sql);
      const observed: SqlStatement = {
        run(...values) {
          write(detail);
          return statement.run(...values);
        },
        get: (...values) => statement.get(...values),
        all: (...values) => statement.all(...values),
        iterate: (...values) => statement.iterate(...values),
      };
      return observed;
    },
    close: () => database.close(),
    ...(database.reserve && { reserve: database.reserve }),
  };
}

function detailOf(sql: string): string {
  return sql.replaceAll(/\s+/g, " ").trim().slice(0, DETAIL_LENGTH);
}
