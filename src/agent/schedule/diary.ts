import { RowReader } from "../state/row.ts";
import { damagedState } from "../state/state-error.ts";
import { message } from "../../messages/message.ts";
import type { StateDatabase } from "../state/state-database.ts";
import { isStateFull } from "../state/state-error.ts";

/** What the tool itself did, as far as missed slots are explained by it (decision 0011). */
const DIARY_EVENTS = ["tool-started", "tool-closed", "logged-in", "logged-out"] as const;

/** One of {@link DIARY_EVENTS}. */
export type DiaryEvent = (typeof DIARY_EVENTS)[number];

/** One line of the diary. */
export interface DiaryEntry {
  readonly atMs: number;
  readonly event: DiaryEvent;
}

/** Older lines than so many say nothing about a slot that is still to be explained. */
const ENTRY_COUNT_MAX = 10_000;

/**
 * When the tool was started and closed, logged in and out. A line that finds no room on a full disk is
 * kept in memory, and lost when the process ends before there is room.
 */
export class Diary {
  readonly #database: StateDatabase;
  #unwritten: readonly DiaryEntry[] = [];

  constructor(database: StateDatabase) {
    this.#database = database;
  }

  /** Whether lines wait for room on the disk. */
  get isBehind(): boolean {
    return this.#unwritten.length > 0;
  }

  /** Adds a line; on a full disk `catchUp` has to write it. Not inside a transaction. */
  note(event: DiaryEvent, atMs: number): void {
    this.#unwritten = [...this.#unwritten, { event, atMs }];
    this.catchUp();
  }

  /** Adds the last line of a process, which finds room on a full disk too, or is lost. */
  noteLast(event: DiaryEvent, atMs: number): void {
    this.#unwritten = [...this.#unwritten, { event, atMs }];
    this.#writeAll((write) => this.#database.lastTransaction(write));
  }

  /** Writes the lines that wait for room; does nothing where there is still none. */
  catchUp(): void {
    if (this.isBehind) this.#writeAll((write) => this.#database.transaction("acknowledged", write));
  }

  /** The lines in their order, with those that wait for room. */
  entries(): readonly DiaryEntry[] {
    const written = this.#database.all("SELECT at_ms, event FROM diary ORDER BY id").map((row) => {
      const reader = new RowReader(row);
      const text = reader.text("event");
      const event = DIARY_EVENTS.find((one) => one === text);
      if (event === undefined) throw damagedState(message("state.unknown-word"));
      return { atMs: reader.number("at_ms"), event };
    });
    return [...written, ...this.#unwritten];
  }

  #writeAll(transaction: (write: () => void) => void): void {
    try {
      transaction(() => {
        for (const entry of this.#unwritten) this.#write(entry);
      });
      this.#unwritten = [];
    } catch (error) {
      if (!isStateFull(error)) throw error;
    }
  }

  #write({ event, atMs }: DiaryEntry): void {
    const { lastInsertRowid } = this.#database.run(
      "INSERT INTO diary (at_ms, event) VALUES (?, ?)",
      atMs,
      event,
    );
    this.#database.run("DELETE FROM diary WHERE id <= ?", lastInsertRowid - ENTRY_COUNT_MAX);
  }
}
