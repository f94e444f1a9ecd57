import { RowReader } from "../state/row.ts";
import { damagedState } from "../state/state-error.ts";
import { message } from "../../messages/message.ts";
import type { StateDatabase } from "../state/state-database.ts";

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

/** When the tool was started and closed, logged in and out. `write` belongs inside a transaction. */
export class Diary {
  readonly #database: StateDatabase;

  constructor(database: StateDatabase) {
    this.#database = database;
  }

  write(event: DiaryEvent, atMs: number): void {
    const { lastInsertRowid } = this.#database.run(
      "INSERT INTO diary (at_ms, event) VALUES (?, ?)",
      atMs,
      event,
    );
    this.#database.run("DELETE FROM diary WHERE id <= ?", lastInsertRowid - ENTRY_COUNT_MAX);
  }

  /** The lines in the order they were written. */
  entries(): readonly DiaryEntry[] {
    return this.#database.all("SELECT at_ms, event FROM diary ORDER BY id").map((row) => {
      const reader = new RowReader(row);
      const text = reader.text("event");
      const event = DIARY_EVENTS.find((one) => one === text);
      if (event === undefined) throw damagedState(message("state.unknown-word"));
      return { atMs: reader.number("at_ms"), event };
    });
  }
}
