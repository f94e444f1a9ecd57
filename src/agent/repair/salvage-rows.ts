import type { SqlDatabase, SqlRow, SqlValue } from "../ports/database.ts";

/** Some rows of a table, in the order of a key. */
export interface RowsToSalvage {
  readonly table: string;
  /** The column whose values tell them apart, and give their order. */
  readonly key: string;
  /** What the columns before it in the primary key are. Default: none. */
  readonly within?: Readonly<Record<string, SqlValue>>;
}

/** Rows read together where nothing is broken. */
const ROWS_TOGETHER_COUNT = 200;

/** Most keys that are tried one by one between what was read from either end. */
const TRIED_KEY_COUNT_MAX = 200_000;

/**
 * Reads what can be read of some rows of a damaged database: from their beginning up to the first that
 * cannot be read, from their end down, and where keys are whole numbers each one between.
 */
export function* salvageRows(database: SqlDatabase, rows: RowsToSalvage): Generator<SqlRow, void> {
  const reader = new Reader(database, rows);
  let low: SqlValue | undefined;
  for (const row of reader.upwards()) {
    low = row[rows.key];
    yield row;
  }
  if (!reader.wasStopped) return;
  let high: SqlValue | undefined;
  for (const row of reader.downwards(low)) {
    high = row[rows.key];
    yield row;
  }
  if (typeof high !== "number") return;
  const first = typeof low === "number" ? low + 1 : Math.max(1, high - TRIED_KEY_COUNT_MAX);
  const end = Math.min(high, first + TRIED_KEY_COUNT_MAX);
  for (let key = first; key < end; key += 1) yield* reader.at(key);
}

class Reader {
  /** Whether a row could not be read. */
  wasStopped = false;
  readonly #database: SqlDatabase;
  readonly #key: string;
  readonly #from: string;
  readonly #values: readonly SqlValue[];

  constructor(database: SqlDatabase, { table, key, within = {} }: RowsToSalvage) {
    const names = Object.keys(within);
    this.#database = database;
    this.#key = key;
    this.#from = `SELECT * FROM ${table} WHERE ${names.map((name) => `${name} = ? AND `).join("")}`;
    this.#values = Object.values(within);
  }

  *upwards(): Generator<SqlRow, void> {
    // To SQLite every number is less than any text, and nothing but null is less than this one.
    let after: SqlValue = Number.MIN_SAFE_INTEGER;
    let count = ROWS_TOGETHER_COUNT;
    for (;;) {
      const found = this.#read(`${this.#key} > ? ORDER BY ${this.#key} LIMIT ${count}`, after);
      if (found === undefined && count === 1) break;
      if (found === undefined) {
        count = 1;
        continue;
      }
      for (const row of found) {
        const key = row[this.#key];
        // A tree that leads back into itself never ends.
        if (key === undefined || key === null || !isBehind(key, after)) return this.#stop();
        after = key;
        yield row;
      }
      if (found.length < count) return;
    }
    this.#stop();
  }

  *downwards(low: SqlValue | undefined): Generator<SqlRow, void> {
    // To SQLite every text and number is less than any blob.
    let before: SqlValue = new Uint8Array(0);
    for (;;) {
      const [row]: readonly SqlRow[] =
        this.#read(`${this.#key} < ? ORDER BY ${this.#key} DESC LIMIT 1`, before) ?? [];
      const key: SqlValue | undefined = row?.[this.#key];
      if (row === undefined || key === undefined || key === null) return;
      if (!(before instanceof Uint8Array) && !isBehind(before, key)) return;
      if (low !== undefined && !isBehind(key, low)) return;
      before = key;
      yield row;
    }
  }

  *at(key: number): Generator<SqlRow, void> {
    yield* this.#read(`${this.#key} = ? LIMIT 1`, key) ?? [];
  }

  #stop(): void {
    this.wasStopped = true;
  }

  /** Undefined when they cannot be read. */
  #read(condition: string, value: SqlValue): readonly SqlRow[] | undefined {
    try {
      return this.#database.prepare(this.#from + condition).all(...this.#values, value);
    } catch {
      return undefined;
    }
  }
}

/** Whether a key comes after another one, as SQLite orders numbers and texts. */
function isBehind(key: SqlValue, other: SqlValue): boolean {
  if (typeof key === "number" && typeof other === "number") return key > other;
  if (typeof key === "string" && typeof other === "string") {
    return Buffer.compare(Buffer.from(key), Buffer.from(other)) > 0;
  }
  return typeof key === "string" && typeof other === "number";
}
