import type { SqlRow } from "../ports/database.ts";
import type { KnownEntry } from "./known-entries.ts";
import { RowReader } from "./row.ts";
import type { StateDatabase } from "./state-database.ts";

const HELD_FOR = ["elsewhere", "newcomer", "device", "emptied"] as const;

/** Those that a person can confirm (D15), as SQL. */
const UNCONFIRMED = "'device', 'emptied'";

/** A folder that is noted only because a file in it is gone is nothing of its own, as SQL. */
const IS_KNOWN = `(key NOT LIKE '%/' OR EXISTS (SELECT 1 FROM file_index
  WHERE source_id = gone_entry.source_id AND key = gone_entry.key))`;

/**
 * Why the copy of something that is gone is not deleted.
 * - `elsewhere`: its file, or a folder it was in, is what stands unsaved at `by` (D19).
 * - `newcomer`: it may be what stands unsaved at `by`; the disk's ids do not tell (D19).
 * - `device`: it lay on another device than what is at the folder `by` now (D15).
 * - `emptied`: the folder `by` had many files and is suddenly empty (D15).
 */
export interface Held {
  readonly for: (typeof HELD_FOR)[number];
  /** A path below the source. */
  readonly by: string;
}

/** An entry that is gone, with what holds its copy. */
export interface HeldEntry extends KnownEntry {
  readonly held: Held;
}

/**
 * What one source has on the service and no longer on this PC, as its last scan saw it: what a delete
 * job is about (F17). Keys as in the index. Methods that write belong inside a transaction.
 */
export class GoneEntries {
  readonly #database: StateDatabase;
  readonly #sourceId: number;

  constructor(database: StateDatabase, sourceId: number) {
    this.#database = database;
    this.#sourceId = sourceId;
  }

  put(entry: KnownEntry): void {
    this.#database.run(
      `INSERT INTO gone_entry (source_id, key, size_bytes, device_id, file_id) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (source_id, key) DO UPDATE SET size_bytes = excluded.size_bytes,
         device_id = coalesce(excluded.device_id, device_id),
         file_id = coalesce(excluded.file_id, file_id)`,
      this.#sourceId,
      entry.key,
      entry.sizeBytes,
      entry.deviceId,
      entry.fileId,
    );
  }

  /** Holds the copies of every entry whose file the backup saw elsewhere and did not save (D19). */
  holdUnsaved(): void {
    this.#database.run(
      `UPDATE gone_entry SET held_for = 'elsewhere', held_by = (
         SELECT min(key) FROM unsaved_entry
         WHERE source_id = gone_entry.source_id AND file_id = gone_entry.file_id)
       WHERE source_id = ? AND held_for IS NULL AND file_id IN (
         SELECT file_id FROM unsaved_entry WHERE source_id = ? AND file_id IS NOT NULL)`,
      this.#sourceId,
      this.#sourceId,
    );
  }

  /** Holds the entry at a key, unless it is held. */
  hold(key: string, held: Held): void {
    this.#database.run(
      "UPDATE gone_entry SET held_for = ?, held_by = ? WHERE source_id = ? AND key = ? AND held_for IS NULL",
      held.for,
      held.by,
      this.#sourceId,
      key,
    );
  }

  /** Holds the entries of a file, by its id. */
  holdFile(fileId: string, held: Held): void {
    this.#database.run(
      "UPDATE gone_entry SET held_for = ?, held_by = ? WHERE source_id = ? AND file_id = ? AND held_for IS NULL",
      held.for,
      held.by,
      this.#sourceId,
      fileId,
    );
  }

  /** Holds what is in a folder, and the folder. */
  holdFolder(key: string, held: Held): void {
    this.#database.run(
      `UPDATE gone_entry SET held_for = ?, held_by = ?
       WHERE source_id = ? AND key >= ? AND key < ? AND held_for IS NULL`,
      held.for,
      held.by,
      this.#sourceId,
      key,
      `${key.slice(0, -1)}0`,
    );
  }

  /** A folder in which something is held is held with it; one that a person cannot confirm comes first. */
  holdFoldersAround(): void {
    const inIt = `FROM gone_entry AS held WHERE held.source_id = folder.source_id
      AND held.held_for IS NOT NULL AND held.key > folder.key
      AND held.key < substr(folder.key, 1, length(folder.key) - 1) || '0'`;
    const first = `${inIt} ORDER BY held.held_for IN (${UNCONFIRMED}), held.key LIMIT 1`;
    this.#database.run(
      `UPDATE gone_entry AS folder
       SET held_for = (SELECT held.held_for ${first}), held_by = (SELECT held.held_by ${first})
       WHERE source_id = ? AND key LIKE '%/' AND held_for IS NULL AND EXISTS (SELECT 1 ${inIt})`,
      this.#sourceId,
    );
  }

  /** A person confirms what D15 is about: it is not held any more. */
  releaseUnconfirmed(): void {
    this.#database.run(
      `UPDATE gone_entry SET held_for = NULL, held_by = NULL
       WHERE source_id = ? AND held_for IN (${UNCONFIRMED})`,
      this.#sourceId,
    );
  }

  /** The folders that D15 is about, in order; at most `countMax`. */
  unconfirmedFolders(countMax: number): readonly string[] {
    const rows = this.#database.all(
      `SELECT DISTINCT held_by FROM gone_entry WHERE source_id = ?
         AND held_for IN (${UNCONFIRMED}) AND ${IS_KNOWN} ORDER BY held_by LIMIT ?`,
      this.#sourceId,
      countMax,
    );
    return rows.map((row) => new RowReader(row).text("held_by"));
  }

  /** Whether there is anything to do or to tell of besides what D15 is about. */
  hasOthers(): boolean {
    const row = this.#database.get(
      `SELECT 1 FROM gone_entry WHERE source_id = ?
         AND (held_for IS NULL OR held_for NOT IN (${UNCONFIRMED})) AND ${IS_KNOWN} LIMIT 1`,
      this.#sourceId,
    );
    return row !== undefined;
  }

  /** Whether any entry is left that nothing holds. */
  hasFree(): boolean {
    const row = this.#database.get(
      `SELECT 1 FROM gone_entry WHERE source_id = ? AND held_for IS NULL AND ${IS_KNOWN} LIMIT 1`,
      this.#sourceId,
    );
    return row !== undefined;
  }

  /** Files and known folders that nothing holds, in order of key, a page at a time. */
  free(): Generator<readonly KnownEntry[], void> {
    return this.#pages(`held_for IS NULL AND ${IS_KNOWN}`, toEntry);
  }

  /** Files and known folders that are held, in order of key, a page at a time. */
  held(): Generator<readonly HeldEntry[], void> {
    return this.#pages(`held_for IS NOT NULL AND ${IS_KNOWN}`, (row) => {
      const reader = new RowReader(row);
      const held = { for: heldFor(reader.text("held_for")), by: reader.text("held_by") };
      return { ...toEntry(row), held };
    });
  }

  /**
   * How many files below a folder are gone; undefined when the source still has one there that is saved
   * and not gone.
   */
  emptiedFileCount(folderKey: string): number | undefined {
    const range = [this.#sourceId, folderKey, `${folderKey.slice(0, -1)}0`] as const;
    const standing = this.#database.get(
      `SELECT 1 FROM file_index AS known WHERE source_id = ? AND key > ? AND key < ? AND key NOT LIKE '%/'
         AND NOT EXISTS (SELECT 1 FROM gone_entry WHERE source_id = known.source_id AND key = known.key)
       LIMIT 1`,
      ...range,
    );
    if (standing !== undefined) return undefined;
    const row = this.#database.get(
      `SELECT count(*) AS file_count FROM gone_entry
       WHERE source_id = ? AND key > ? AND key < ? AND key NOT LIKE '%/'`,
      ...range,
    );
    return new RowReader(row ?? {}).number("file_count");
  }

  /**
   * Takes back what is said of a key, of all below it when it is a folder's, and of the folders `above`:
   * they are not gone.
   */
  unmark(key: string, above: readonly string[]): void {
    for (const one of [key, ...above]) {
      this.#database.run(
        "DELETE FROM gone_entry WHERE source_id = ? AND key = ?",
        this.#sourceId,
        one,
      );
    }
    if (!key.endsWith("/")) return;
    // "0" is the character after "/": between them is every key below the folder.
    this.#database.run(
      "DELETE FROM gone_entry WHERE source_id = ? AND key >= ? AND key < ?",
      this.#sourceId,
      key,
      `${key.slice(0, -1)}0`,
    );
  }

  clear(): void {
    this.#database.run("DELETE FROM gone_entry WHERE source_id = ?", this.#sourceId);
  }

  has(key: string): boolean {
    const row = this.#database.get(
      "SELECT 1 FROM gone_entry WHERE source_id = ? AND key = ?",
      this.#sourceId,
      key,
    );
    return row !== undefined;
  }

  /** How many files and folders there are, and the bytes of the files. */
  totals(): { readonly entryCount: number; readonly sizeBytes: number } {
    const row = this.#database.get(
      `SELECT count(*) AS entry_count, coalesce(sum(size_bytes), 0) AS size_bytes
       FROM gone_entry WHERE source_id = ?`,
      this.#sourceId,
    );
    const reader = new RowReader(row ?? {});
    return { entryCount: reader.number("entry_count"), sizeBytes: reader.number("size_bytes") };
  }

  /** The files that nothing holds, in order of key, a page at a time. */
  files(): Generator<readonly KnownEntry[], void> {
    return this.#pages("held_for IS NULL AND key NOT LIKE '%/'", toEntry);
  }

  /**
   * The folders that nothing holds, against the order of key, which has each before the one it is in; a page
   * at a time.
   */
  *foldersInnermostFirst(): Generator<readonly KnownEntry[], void> {
    // To SQLite every text is less than any blob: the first page begins at the last key.
    let before: string | Uint8Array = new Uint8Array(0);
    for (;;) {
      const rows: SqlRow[] = this.#database.all(
        `SELECT * FROM gone_entry
         WHERE source_id = ? AND key < ? AND key LIKE '%/' AND held_for IS NULL
         ORDER BY key DESC LIMIT ?`,
        this.#sourceId,
        before,
        this.#database.pages.statePageRowCount,
      );
      if (rows.length === 0) return;
      const page = rows.map((row) => toEntry(row));
      before = page.at(-1)?.key ?? before;
      yield page;
    }
  }

  *#pages<Entry extends KnownEntry>(
    condition: string,
    toItem: (row: SqlRow) => Entry,
  ): Generator<readonly Entry[], void> {
    let after = "";
    for (;;) {
      const rows = this.#database.all(
        `SELECT * FROM gone_entry WHERE source_id = ? AND key > ? AND ${condition} ORDER BY key LIMIT ?`,
        this.#sourceId,
        after,
        this.#database.pages.statePageRowCount,
      );
      if (rows.length === 0) return;
      const page = rows.map((row) => toItem(row));
      after = page.at(-1)?.key ?? after;
      yield page;
    }
  }
}

function toEntry(row: SqlRow): KnownEntry {
  const reader = new RowReader(row);
  return {
    key: reader.text("key"),
    sizeBytes: reader.number("size_bytes"),
    deviceId: reader.textOrNull("device_id"),
    fileId: reader.textOrNull("file_id"),
  };
}

function heldFor(text: string): Held["for"] {
  const found = HELD_FOR.find((one) => one === text);
  if (found === undefined) throw new TypeError(`${text} is no reason to hold a copy`);
  return found;
}
