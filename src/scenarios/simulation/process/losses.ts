import type { DatabaseTables } from "./database-file.ts";

/** What the tool may not lose at all, once it was there. */
const ACKNOWLEDGED = [
  "setting",
  "account",
  "source",
  "mail_settings",
  "mail_state",
  "outbox",
  "slot",
  "slot_source",
  "diary",
] as const;

/** What is safe once no job is under way: the end of a job makes everything before it safe. */
const SAFE_WHEN_IDLE = ["job", "job_file", "file_index", "restore_leftover"] as const;

/**
 * What a lost power took of what was acknowledged (I14), in words, by the database before and after.
 * What the process had in its memory alone is not looked at here: slots and mails that do not come
 * tell of that.
 */
export function losses(before: DatabaseTables, after: DatabaseTables): readonly string[] {
  const isBusy = rowsOf("job", before).some((row) => isOpen(row));
  const names = isBusy ? ACKNOWLEDGED : [...ACKNOWLEDGED, ...SAFE_WHEN_IDLE];
  const lost = names.flatMap((name) => missing(name, rowsOf(name, before), after));
  if (!isBusy) return lost;
  const ended = rowsOf("job", before).filter((row) => !isOpen(row));
  return [...lost, ...missing("job", ended, after)];
}

function missing(name: string, rows: readonly string[], after: DatabaseTables): readonly string[] {
  const there = new Set(after.get(name));
  return rows.filter((row) => !there.has(row)).map(() => `a row of ${name} is gone`);
}

function rowsOf(name: string, tables: DatabaseTables): readonly string[] {
  return tables.get(name) ?? [];
}

function isOpen(jobRow: string): boolean {
  return jobRow.includes('"status":"running"') || jobRow.includes('"status":"waiting"');
}
