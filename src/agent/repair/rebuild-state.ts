import { AccountStore } from "../account/account-store.ts";
import { MailSettingsStore } from "../mail/settings-store.ts";
import type { SqlDatabase, SqlRow, SqlValue } from "../ports/database.ts";
import { toRow } from "../state/job-details.ts";
import { toJob } from "../state/job-history.ts";
import { RepairState } from "../state/repair-state.ts";
import type { StateDatabase } from "../state/state-database.ts";
import { NO_LOGGED_FACTS, type LoggedFacts, type LoggedSource } from "./logged-facts.ts";
import { salvageRows, type RowsToSalvage } from "./salvage-rows.ts";

/** What of a damaged state file came into the new one, and what did not. */
export interface RepairReport {
  readonly keptJobCount: number;
  /** Jobs that there were and that could not be read. */
  readonly lostJobCount: number;
  readonly keptFileRowCount: number;
  readonly keptIndexEntryCount: number;
  readonly sourcePaths: readonly string[];
  /** Sources among them that were rebuilt from what the history, or the log, says of them. */
  readonly rebuiltSourcePaths: readonly string[];
  /** Who logged in last, as the log tells it; null when it does not. */
  readonly lastLogin: { readonly serviceUrl: string; readonly loginId: string } | null;
  readonly isLoggedIn: boolean;
  readonly hasSchedule: boolean;
  readonly hasMailSettings: boolean;
  /** Whether everything in the file was there and as the tool writes it. */
  readonly isWhole: boolean;
}

/** Rows written in one transaction. */
const ROWS_TOGETHER_COUNT = 5_000;

/** Tables whose rows stand for themselves, with the column that tells them apart. */
const PLAIN_TABLES: readonly RowsToSalvage[] = [
  { table: "setting", key: "name" },
  { table: "account", key: "only_one" },
  { table: "schedule", key: "only_one" },
  { table: "mail_settings", key: "role" },
  { table: "mail_state", key: "only_one" },
  { table: "outbox", key: "id" },
  { table: "diary", key: "id" },
  { table: "slot", key: "day" },
];

/**
 * Fills an empty state with what can be read of a damaged one, row by row; values that the tool never writes
 * are left out. Sources of which only their jobs, or the log, tell are made anew. Nothing of an index is
 * believed without the service: each is marked to be built anew.
 */
export function rebuildState(
  damaged: SqlDatabase,
  fresh: StateDatabase,
  logged: LoggedFacts = NO_LOGGED_FACTS,
): RepairReport {
  const work = new Rebuilding(damaged, fresh);
  for (const rows of PLAIN_TABLES) work.copy(rows);
  for (const day of work.numbers("slot", "day")) {
    work.copy({ table: "slot_source", key: "source_id", within: { day } });
  }
  work.copy({ table: "source", key: "id" });
  const rebuiltSourcePaths = work.copyJobs();
  let keptFileRowCount = 0;
  for (const job of work.numbers("job", "id")) {
    keptFileRowCount += work.copy(
      { table: "job_file", key: "position", within: { job_id: job } },
      (row) => void toRow(row),
    );
    work.copy({ table: "restore_leftover", key: "folder", within: { job_id: job } });
  }
  let keptIndexEntryCount = 0;
  for (const source of work.numbers("source", "id")) {
    const within = { source_id: source };
    keptIndexEntryCount += work.copy({ table: "file_index", key: "key", within });
    work.copy({ table: "pending_upload", key: "key", within });
    // Without them a disk that is not mounted now would count as emptied (D15).
    work.copy({ table: "known_folder", key: "key", within });
  }
  work.keepCounters();
  // Behind the counters: what the log tells gets numbers that no job of the history means.
  const loggedPaths = work.addLogged(logged.sources);
  fresh.transaction("acknowledged", () => {
    new RepairState(fresh).markRepaired();
    fresh.run("UPDATE file_index SET settled = 0");
  });
  work.keepDeviceName();
  const keptJobCount = work.numbers("job", "id").length;
  const lostJobCount = Math.max(0, work.jobCountOnce() - keptJobCount);
  return {
    keptJobCount,
    lostJobCount,
    keptFileRowCount,
    keptIndexEntryCount,
    sourcePaths: fresh.all("SELECT path FROM source ORDER BY id").map(({ path }) => String(path)),
    rebuiltSourcePaths: [...rebuiltSourcePaths, ...loggedPaths],
    lastLogin: logged.login ?? null,
    isLoggedIn: isReadable(() => new AccountStore(fresh).read() !== undefined),
    hasSchedule: fresh.get("SELECT 1 FROM schedule") !== undefined,
    hasMailSettings: isReadable(() => new MailSettingsStore(fresh).confirmed() !== undefined),
    isWhole: work.isWhole && lostJobCount === 0,
  };
}

function isReadable(look: () => boolean): boolean {
  try {
    return look();
  } catch {
    return false;
  }
}

/** Which values SQLite lets into a column. */
interface Column {
  readonly name: string;
  readonly type: string;
  readonly mayBeNull: boolean;
  readonly hasDefault: boolean;
}

class Rebuilding {
  /** Whether all rows so far could be read and were as the tool writes them. */
  isWhole = true;
  readonly #damaged: SqlDatabase;
  readonly #fresh: StateDatabase;
  readonly #columns = new Map<string, readonly Column[]>();

  constructor(damaged: SqlDatabase, fresh: StateDatabase) {
    this.#damaged = damaged;
    this.#fresh = fresh;
  }

  /** Copies rows that `check` does not throw for; how many. */
  copy(rows: RowsToSalvage, check: (row: SqlRow) => void = () => undefined): number {
    let count = 0;
    let waiting: SqlRow[] = [];
    const write = (): void => {
      this.#fresh.transaction("streaming", () => {
        for (const row of waiting) count += this.#put(rows.table, row, check);
      });
      waiting = [];
    };
    for (const row of salvageRows(this.#damaged, rows)) {
      waiting.push(row);
      if (waiting.length >= ROWS_TOGETHER_COUNT) write();
    }
    if (waiting.length > 0) write();
    return count;
  }

  /** Copies the jobs, and makes sources anew of which only they tell; the paths of those. */
  copyJobs(): readonly string[] {
    const rebuilt: string[] = [];
    this.copy({ table: "job", key: "id" }, (row) => {
      const job = toJob(row);
      if (job.sourceId === null || job.kind === "restore") return;
      if (this.#fresh.get("SELECT 1 FROM source WHERE id = ?", job.sourceId) !== undefined) return;
      const isNew =
        this.#fresh.run(
          `INSERT OR IGNORE INTO source (id, path, name, destination, added_at_ms)
           VALUES (?, ?, ?, ?, ?)`,
          job.sourceId,
          job.sourcePath,
          nameIn(job.destination),
          job.destination,
          job.startedAtMs,
        ).changes > 0;
      if (isNew) rebuilt.push(job.sourcePath);
      else row["source_id"] = null;
      this.isWhole = false;
    });
    return rebuilt;
  }

  /** Adds sources of which only the log tells; the paths of those. */
  addLogged(sources: readonly LoggedSource[]): readonly string[] {
    const added: string[] = [];
    for (const { path, destination } of sources) {
      const { changes } = this.#fresh.run(
        `INSERT OR IGNORE INTO source (path, name, destination, added_at_ms)
         SELECT ?, ?, ?, 0 WHERE NOT EXISTS (SELECT 1 FROM source WHERE destination = ?)`,
        path,
        nameIn(destination),
        destination,
        destination,
      );
      if (changes > 0) added.push(path);
    }
    return added;
  }

  /**
   * What this PC is called on the service, where the setting is lost and all sources say one name: under
   * another one new sources would go elsewhere.
   */
  keepDeviceName(): void {
    const names = new Set(
      this.#fresh
        .all("SELECT destination FROM source")
        .map(({ destination }) => String(destination).split("/").at(-2)),
    );
    const [name] = names;
    if (names.size !== 1 || name === undefined) return;
    this.#fresh.run("INSERT OR IGNORE INTO setting (name, value) VALUES ('deviceName', ?)", name);
  }

  /** The values of a column of numbers, in the new state. */
  numbers(table: string, column: string): readonly number[] {
    return this.#fresh
      .all(`SELECT ${column} AS n FROM ${table} ORDER BY ${column}`)
      .map(({ n }) => Number(n));
  }

  /** Numbers that were given once are not given again. */
  keepCounters(): void {
    for (const row of salvageRows(this.#damaged, { table: "sqlite_sequence", key: "name" })) {
      const { name, seq } = row;
      if (typeof name !== "string" || typeof seq !== "number" || !Number.isSafeInteger(seq))
        continue;
      if (seq > COUNTER_MAX) continue;
      this.#fresh.run("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", seq, name);
    }
  }

  /** How many jobs there were once: none is ever deleted. */
  jobCountOnce(): number {
    const row = this.#fresh.get("SELECT max(id) AS last FROM job");
    const last = Number(row?.["last"] ?? 0);
    const counter = this.#fresh.get("SELECT seq FROM sqlite_sequence WHERE name = 'job'");
    const counted = Number(counter?.["seq"] ?? 0);
    // A counter that is far from every job that can be read was damaged itself.
    return last > 0 && counted > last + PLAUSIBLE_LOSS ? last : counted;
  }

  #put(table: string, row: SqlRow, check: (row: SqlRow) => void): 0 | 1 {
    const values = this.#valuesOf(table, row);
    if (values !== undefined) {
      try {
        check(values);
        const names = Object.keys(values);
        const places = names.map(() => "?").join(", ");
        // `mail_state` is there from the beginning.
        const { changes } = this.#fresh.run(
          `INSERT OR REPLACE INTO ${table} (${names.join(", ")}) VALUES (${places})`,
          ...Object.values(values),
        );
        return changes > 0 ? 1 : 0;
      } catch {
        // What it belongs to is gone, or it was never written so.
      }
    }
    this.isWhole = false;
    return 0;
  }

  /** The row as the new table takes it; undefined when a value is none that belongs there. */
  #valuesOf(table: string, row: SqlRow): SqlRow | undefined {
    const values: SqlRow = {};
    for (const column of this.#columnsOf(table)) {
      const value = row[column.name];
      if (value === undefined && column.hasDefault) continue;
      if (!fits(value ?? null, column)) return undefined;
      values[column.name] = value ?? null;
    }
    return values;
  }

  #columnsOf(table: string): readonly Column[] {
    const known = this.#columns.get(table);
    if (known !== undefined) return known;
    const columns = this.#fresh.all(`PRAGMA table_info(${table})`).map((row) => ({
      name: String(row["name"]),
      type: String(row["type"]),
      mayBeNull: row["notnull"] === 0 && row["pk"] === 0,
      hasDefault: row["dflt_value"] !== null,
    }));
    this.#columns.set(table, columns);
    return columns;
  }
}

/** What a source is called on the service. */
function nameIn(destination: string): string {
  return destination.slice(destination.lastIndexOf("/") + 1);
}

/** Most jobs behind the last that can be read that a counter is believed to have counted. */
const PLAUSIBLE_LOSS = 10_000;

/** More jobs than any tool will ever run: a counter beyond it was never counted to. */
const COUNTER_MAX = 2 ** 40;

function fits(value: SqlValue, { type, mayBeNull }: Column): boolean {
  if (value === null) return mayBeNull;
  return type === "TEXT" ? typeof value === "string" : Number.isSafeInteger(value);
}
