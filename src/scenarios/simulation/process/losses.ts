import type { SqlRow } from "../../../agent/ports/database.ts";
import { DURABILITY, type Durability } from "./durability.ts";
import type { DatabaseTables } from "./database-file.ts";

/**
 * What a lost power took of what was acknowledged (I14), by the database before and after: the table of
 * each row that is gone.
 * What the process had in its memory alone is not looked at here: slots and mails that do not come
 * tell of that. Throws for a table or column that `DURABILITY` does not have.
 */
export function losses(before: DatabaseTables, after: DatabaseTables): readonly string[] {
  const isBusy = (before.get("job") ?? []).some((row) => isOpen(row));
  return [...before].flatMap(([table, rows]) => {
    const there = after.get(table) ?? [];
    const lost = (some: readonly SqlRow[], kept: readonly Durability[]): readonly string[] =>
      missing(table, some, there, kept);
    if (!isBusy) return lost(rows, ["acknowledged", "ended", "idle"]);
    const ended = table === "job" ? rows.filter((row) => !isOpen(row)) : [];
    return [...lost(rows, ["acknowledged"]), ...lost(ended, ["acknowledged", "ended"])];
  });
}

/** The table, once for each row that is not there any more, as far as columns of these kinds go. */
function missing(
  table: string,
  rows: readonly SqlRow[],
  after: readonly SqlRow[],
  kept: readonly Durability[],
): readonly string[] {
  const texts = rows.map((row) => textOf(table, row, kept));
  const there = new Set(after.map((row) => textOf(table, row, kept)));
  return texts.filter((text) => text !== NOTHING && !there.has(text)).map(() => table);
}

/** Of a row whose columns may all be lost. */
const NOTHING = "[]";

/** What a row holds in its columns of these kinds. */
function textOf(table: string, row: SqlRow, kept: readonly Durability[]): string {
  const columns = DURABILITY[table]?.columns;
  if (columns === undefined) throw new TypeError(`nothing is said of the table ${table}`);
  const members = Object.entries(row).filter(([name]) => {
    const durability = columns[name];
    if (durability === undefined) throw new TypeError(`nothing is said of ${table}.${name}`);
    return kept.includes(durability);
  });
  return JSON.stringify(members, (_, value: unknown) =>
    typeof value === "bigint" ? `${value}n` : value,
  );
}

function isOpen({ status }: SqlRow): boolean {
  return status === "running" || status === "waiting";
}
