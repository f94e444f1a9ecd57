import type { SqlDatabase, SqlStatement } from "../../agent/ports/database.ts";

/** How much of a statement tells which it is. */
const DETAIL_LENGTH = 60;

/** A database whose every statement that writes, and every commit, is told just before it happens. */
export function pointedDatabase(
  database: SqlDatabase,
  onWrite: (detail: string) => void,
): SqlDatabase {
  return {
    exec(sql) {
      if (/^\s*(COMMIT|CREATE|DROP|ALTER|INSERT|UPDATE|DELETE)/i.test(sql)) onWrite(detailOf(sql));
      database.exec(sql);
    },
    prepare(sql) {
      const statement = database.prepare(sql);
      if (/^\s*(SELECT|PRAGMA)/i.test(sql)) return statement;
      const pointed: SqlStatement = {
        run(...values) {
          onWrite(detailOf(sql));
          return statement.run(...values);
        },
        get: (...values) => statement.get(...values),
        all: (...values) => statement.all(...values),
        iterate: (...values) => statement.iterate(...values),
      };
      return pointed;
    },
    close: () => database.close(),
  };
}

function detailOf(sql: string): string {
  return sql.replaceAll(/\s+/g, " ").trim().slice(0, DETAIL_LENGTH);
}
