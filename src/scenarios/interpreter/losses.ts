import type { CrashKind } from "./agent-host.ts";
import type { DatabaseTables } from "./fenced-database.ts";

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
 * What is gone after the power was lost though it was acknowledged (I14), in words. What the process
 * had in its memory alone is not looked at here: slots and mails that do not come tell of that.
 */
export function losses(
  kind: CrashKind,
  isBusy: boolean,
  tables: () => DatabaseTables,
  crash: () => void,
): readonly string[] {
  if (kind !== "power-loss") {
    crash();
    return [];
  }
  const before = tables();
  crash();
  const after = tables();
  const names = isBusy ? ACKNOWLEDGED : [...ACKNOWLEDGED, ...SAFE_WHEN_IDLE];
  const lost = names.flatMap((name) => missing(name, before, after));
  return isBusy ? [...lost, ...missing("job", ended(before), after)] : lost;
}

function missing(name: string, before: DatabaseTables, after: DatabaseTables): readonly string[] {
  const there = new Set(after.get(name));
  return (before.get(name) ?? [])
    .filter((row) => !there.has(row))
    .map(() => `a row of ${name} is gone`);
}

/** Jobs whose end was acknowledged. */
function ended(tables: DatabaseTables): DatabaseTables {
  const rows = (tables.get("job") ?? []).filter(
    (row) => !row.includes('"status":"running"') && !row.includes('"status":"waiting"'),
  );
  return new Map([["job", rows]]);
}
