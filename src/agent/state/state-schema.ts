import type { SqlDatabase, SqlRow } from "../ports/database.ts";
import { SCHEMA_STEPS } from "./schema.ts";

/** Tables that every version has: a file without them is not the agent's. */
export const STATE_TABLES: readonly string[] = [
  "setting",
  "account",
  "source",
  "file_index",
  "job",
];

let expected: string | undefined;

/** Whether these rows of `sqlite_schema` are what the steps of the schema make, to the letter. */
export function isStateSchema(rows: readonly SqlRow[], inMemory: () => SqlDatabase): boolean {
  expected ??= madeByTheSteps(inMemory());
  return textOf(rows) === expected;
}

function madeByTheSteps(database: SqlDatabase): string {
  try {
    for (const step of SCHEMA_STEPS) database.exec(step);
    return textOf(database.prepare("SELECT name, sql FROM sqlite_schema").all());
  } finally {
    database.close();
  }
}

/** SQLite's own statistics come and go. */
function textOf(rows: readonly SqlRow[]): string {
  return rows
    .filter(({ name }) => !String(name).startsWith("sqlite_stat"))
    .map(({ name, sql }) => `${String(name)} ${String(sql)}`)
    .toSorted()
    .join("\n");
}
