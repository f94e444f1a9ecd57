import type { Schedule } from "./slots.ts";
import { RowReader } from "../state/row.ts";
import type { StateDatabase } from "../state/state-database.ts";

/** When automatic backups run, and whether they do (F12, F15). */
export interface ScheduleSetting {
  /** Null until a person chose one. */
  readonly schedule: Schedule | null;
  /** 自動バックアップ ON/OFF. Default true; without a schedule it changes nothing. */
  readonly isOn: boolean;
}

/** The schedule and how far it was dealt with. */
export interface ScheduleState extends ScheduleSetting {
  /** The day number up to which every slot was dealt with. */
  readonly handledDay: number;
}

/** A slot that was begun and is not yet reported. */
export interface OpenSlot {
  readonly day: number;
  readonly atMs: number;
  /** The sources that have no row for it yet. */
  readonly sourceIds: readonly number[];
  /** ID of the newest job there was when it began. */
  readonly jobsBefore: number;
}

/**
 * The schedule, how far its slots were dealt with, and the slot that is being dealt with. Methods that
 * write belong inside a transaction, so that a slot's rows and its note change together (I9).
 */
export class SlotStore {
  readonly #database: StateDatabase;

  constructor(database: StateDatabase) {
    this.#database = database;
  }

  setting(): ScheduleSetting {
    const { schedule, isOn } = this.state() ?? { schedule: null, isOn: true };
    return { schedule, isOn };
  }

  /** Undefined before the first schedule. */
  state(): ScheduleState | undefined {
    const row = this.#database.get("SELECT * FROM schedule WHERE only_one = 1");
    if (row === undefined) return undefined;
    const reader = new RowReader(row);
    const weekdays = reader.textOrNull("weekdays");
    return {
      schedule:
        weekdays === null
          ? null
          : {
              weekdays: weekdays.split(",").map(Number),
              minuteOfDay: reader.number("minute_of_day"),
            },
      isOn: reader.number("is_on") === 1,
      handledDay: reader.number("handled_day"),
    };
  }

  /** The day number up to which every slot was dealt with; undefined before the first schedule. */
  handledDay(): number | undefined {
    return this.state()?.handledDay;
  }

  /** Another schedule holds; slots up to `handledDay` are none of it. */
  change({ schedule, isOn }: ScheduleSetting, handledDay: number): void {
    this.#database.run(
      `INSERT INTO schedule (only_one, weekdays, minute_of_day, is_on, handled_day)
       VALUES (1, ?, ?, ?, ?)
       ON CONFLICT (only_one) DO UPDATE SET weekdays = excluded.weekdays,
         minute_of_day = excluded.minute_of_day, is_on = excluded.is_on,
         handled_day = excluded.handled_day`,
      schedule === null ? null : schedule.weekdays.join(","),
      schedule?.minuteOfDay ?? 0,
      isOn ? 1 : 0,
      handledDay,
    );
  }

  /** Slots up to this day are dealt with, or will be by what `begin` noted. */
  setHandledDay(day: number): void {
    this.#database.run("UPDATE schedule SET handled_day = ? WHERE only_one = 1", day);
  }

  /** Notes a slot with the sources that are to get a row each; it counts as dealt with from here on. */
  begin({ day, atMs, sourceIds }: Omit<OpenSlot, "jobsBefore">): void {
    this.setHandledDay(day);
    // A clock that was set back by more than a day may come to a date again (decision 0011).
    this.#database.run(
      `INSERT OR REPLACE INTO slot (day, at_ms, jobs_before)
       VALUES (?, ?, (SELECT coalesce(max(id), 0) FROM job))`,
      day,
      atMs,
    );
    for (const sourceId of sourceIds) {
      this.#database.run("INSERT INTO slot_source (day, source_id) VALUES (?, ?)", day, sourceId);
    }
  }

  /** The slot has all its rows, and its mail is on its way. */
  end(day: number): void {
    this.#database.run("DELETE FROM slot WHERE day = ?", day);
  }

  /** Slots whose note is still there, oldest first. */
  open(): readonly OpenSlot[] {
    const rows = this.#database.all("SELECT * FROM slot ORDER BY day");
    return rows.map((row) => {
      const reader = new RowReader(row);
      const day = reader.number("day");
      const sources = this.#database.all(
        "SELECT source_id FROM slot_source WHERE day = ? ORDER BY source_id",
        day,
      );
      const sourceIds = sources.map((source) => new RowReader(source).number("source_id"));
      return {
        day,
        atMs: reader.number("at_ms"),
        sourceIds,
        jobsBefore: reader.number("jobs_before"),
      };
    });
  }
}
