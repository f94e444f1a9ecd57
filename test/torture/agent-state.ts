import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** A row of a table, as SQLite gives it. */
export type StateRow = Readonly<Record<string, unknown>>;

/** A row of a job's details. */
interface StateFile {
  readonly path: string;
  readonly status: string;
}

/** What the agent's database holds, read by plain SQL and not by the agent. */
export interface AgentState {
  /** What `integrity_check` and `foreign_key_check` object to. */
  readonly damage: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** The draft of the mail settings; null when there is none. */
  readonly mail: StateRow | null;
  readonly schedule: StateRow | null;
  /** Paths of the source folders. */
  readonly sources: readonly string[];
  readonly jobs: ReadonlyMap<number, StateRow>;
  /** Rows of the details by job, then by position. */
  readonly files: ReadonlyMap<number, ReadonlyMap<number, StateFile>>;
  /** Keys of the file index by the source's path. */
  readonly index: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Reads the state that a process left behind. From a copy: SQLite mends what a killed process left when
 * it opens a file, and that has to remain the agent's own business.
 */
export function readAgentState(homePath: string): AgentState {
  const folder = mkdtempSync(join(tmpdir(), "azukeru-state-"));
  try {
    for (const name of ["agent.db", "agent.db-wal"]) {
      if (existsSync(join(homePath, name))) copyFileSync(join(homePath, name), join(folder, name));
    }
    using database = opened(join(folder, "agent.db"));
    return stateIn(database.sync);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function opened(path: string): Disposable & { readonly sync: DatabaseSync } {
  const sync = new DatabaseSync(path);
  return { sync, [Symbol.dispose]: () => sync.close() };
}

function stateIn(database: DatabaseSync): AgentState {
  const all = (sql: string): StateRow[] => database.prepare(sql).all();
  const integrity = all("PRAGMA integrity_check").map((row) => String(row["integrity_check"]));
  const foreign = all("PRAGMA foreign_key_check").map(
    (row) => `foreign key: ${JSON.stringify(row)}`,
  );
  const files = new Map<number, Map<number, StateFile>>();
  for (const row of all("SELECT job_id, position, path, status FROM job_file")) {
    const rows = files.get(Number(row["job_id"])) ?? new Map<number, StateFile>();
    files.set(Number(row["job_id"]), rows);
    rows.set(Number(row["position"]), { path: String(row["path"]), status: String(row["status"]) });
  }
  const sources = all("SELECT path FROM source ORDER BY path").map(({ path }) => String(path));
  const index = new Map(sources.map((path) => [path, new Set<string>()]));
  const keys = all(
    "SELECT source.path, key FROM file_index JOIN source ON source.id = file_index.source_id",
  );
  for (const { path, key } of keys) index.get(String(path))?.add(String(key));
  return {
    damage: [...integrity.filter((line) => line !== "ok"), ...foreign],
    settings: Object.fromEntries(
      all("SELECT name, value FROM setting").map(({ name, value }) => [String(name), value]),
    ),
    mail: all("SELECT * FROM mail_settings WHERE role = 'draft'")[0] ?? null,
    schedule: all("SELECT weekdays, minute_of_day, is_on FROM schedule")[0] ?? null,
    sources,
    jobs: new Map(all("SELECT * FROM job").map((row) => [Number(row["id"]), row])),
    files,
    index,
  };
}
