import { setImmediate as nextTurn } from "node:timers/promises";
import type { DatabaseSync, StatementSync } from "node:sqlite";

import { message } from "../../../messages/message.ts";
import { reasonOf } from "../../../messages/reason-of.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { RowChange } from "./data-rows.ts";

/** Bytes of contents that are written in one go, so that requests are heard between. */
const TURN_BYTES = 2 ** 20;
const TURN_CHANGE_COUNT = 2_000;
/** Bytes of contents in one transaction, as long as others wait for their own: its end takes time too. */
const TRANSACTION_BYTES = 4 * 2 ** 20;

/** Where what was told without waiting in between ends: what is in the stores there is valid. */
const MOMENT = "moment";

/**
 * Writes changes to a database in the order in which they are told. What is little is written at once; what
 * is much waits and is written in turns, and all that is told behind it waits too.
 *
 * A transaction ends only where a moment does: changes that are told without waiting in between are written
 * down together or not at all.
 */
export class ChangeWriter {
  readonly #database: DatabaseSync;
  readonly #everything: () => readonly RowChange[];
  readonly #statements = new Map<string, StatementSync>();
  #waiting: (RowChange | typeof MOMENT)[] = [];
  /** While what waits is written. Rejects when it cannot be. */
  #turns: Promise<void> | undefined;
  #momentIsOpen = false;
  /** Bytes of contents in the open transaction. */
  #openBytes = 0;
  /** Set when a change could not be written: what is in the file is no longer all there is. */
  #mustReplace = false;
  /** What went wrong last. */
  #failure: unknown;

  /** `everything` says what has to be written when the database is to be filled anew. */
  constructor(database: DatabaseSync, everything: () => readonly RowChange[]) {
    this.#database = database;
    this.#everything = everything;
  }

  /** Takes changes that were made just now. Never throws; what went wrong is told by `settle`. */
  write(changes: readonly RowChange[]): void {
    // What cannot be written is not all that is missing then: everything is written anew.
    if (this.#mustReplace) return;
    const contentBytes = changes.reduce((sum, each) => sum + each.contentBytes, 0);
    if (this.#turns !== undefined || contentBytes > TURN_BYTES) {
      this.#wait(changes);
      return;
    }
    try {
      for (const change of changes) this.#run(change);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Everything is to be written anew, in one transaction. */
  replaceAll(): void {
    this.#mustReplace = true;
  }

  /** See `ServiceData`. */
  settle(): Promise<void> | undefined {
    if (this.#turns !== undefined) return this.#turns.then(() => this.settle());
    if (this.#mustReplace) {
      this.#replace();
      return this.settle();
    }
    if (!this.#database.isTransaction) return undefined;
    return this.settleNow() ? undefined : Promise.reject(this.#refusal());
  }

  /** See `ServiceData`. */
  settleNow(): boolean {
    if (this.#mustReplace || this.#turns !== undefined) return false;
    try {
      this.#commit();
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  #wait(changes: readonly RowChange[]): void {
    for (const change of changes) this.#waiting.push(change);
    if (!this.#momentIsOpen) {
      this.#momentIsOpen = true;
      // Whoever waits for anything goes on behind this.
      queueMicrotask(() => {
        this.#momentIsOpen = false;
        if (this.#waiting.length > 0) this.#waiting.push(MOMENT);
      });
    }
    this.#startTurns();
  }

  /** Empties all tables and fills them, whatever else is told meanwhile behind it. */
  #replace(): void {
    this.#mustReplace = false;
    try {
      // All of it is one moment, and what waits is in it.
      if (this.#database.isTransaction) this.#rollBack();
      this.#waiting = [
        ...tablesOf(this.#database).map((table) => ({
          sql: `DELETE FROM ${table}`,
          values: [],
          contentBytes: 0,
        })),
        ...this.#everything(),
      ];
      this.#wait([]);
    } catch (error) {
      this.#fail(error);
    }
  }

  #startTurns(): void {
    if (this.#turns !== undefined) return;
    this.#turns = this.#writeInTurns().finally(() => {
      this.#turns = undefined;
    });
    // Told to whoever settles.
    this.#turns.catch(() => undefined);
  }

  async #writeInTurns(): Promise<void> {
    // What comes later in this turn belongs to the same moment.
    await nextTurn();
    try {
      while (this.#waiting.length > 0) {
        const count = this.#writeTurn();
        this.#waiting.splice(0, count);
        if (this.#waiting.length > 0) await nextTurn();
      }
    } catch (error) {
      this.#waiting = [];
      this.#fail(error);
      throw this.#refusal();
    }
  }

  /** Writes as much of what waits as one turn takes. How many of it that were. */
  #writeTurn(): number {
    let turnBytes = 0;
    let count = 0;
    for (const each of this.#waiting) {
      if (turnBytes >= TURN_BYTES || count >= TURN_CHANGE_COUNT) break;
      count += 1;
      if (each !== MOMENT) {
        this.#run(each);
        turnBytes += each.contentBytes;
      } else if (this.#openBytes >= TRANSACTION_BYTES) {
        this.#commit();
        break;
      }
    }
    return count;
  }

  #run({ sql, values, contentBytes }: RowChange): void {
    if (!this.#database.isTransaction) this.#database.exec("BEGIN IMMEDIATE");
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    statement.run(...values);
    this.#openBytes += contentBytes;
  }

  #commit(): void {
    if (this.#database.isTransaction) this.#database.exec("COMMIT");
    this.#openBytes = 0;
  }

  #fail(error: unknown): void {
    this.#failure = error;
    this.#mustReplace = true;
    try {
      this.#rollBack();
    } catch {
      // The first error is the one to be told.
    }
  }

  #rollBack(): void {
    this.#openBytes = 0;
    if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
  }

  #refusal(): ProblemError {
    const why = isFull(this.#failure) ? message("system.ENOSPC") : reasonOf(this.#failure);
    return new ProblemError("service-unavailable", message("storage.data-unwritable", { why }));
  }
}

/** All of them, so that a new one cannot be forgotten. */
function tablesOf(database: DatabaseSync): readonly string[] {
  return database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all()
    .map(({ name }) => String(name));
}

/** SQLITE_FULL. */
const FULL_ERROR_CODE = 13;

function isFull(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === FULL_ERROR_CODE;
}
