import {
  dateOf,
  dayNumber,
  firstInstantOf,
  localTimeAt,
  weekdayOf,
  type LocalDate,
} from "../core/zone-time.ts";

/** When automatic backups are to run: at a local time, every day or on chosen weekdays (F12). */
export interface Schedule {
  /** 0 is Sunday; every day when all seven are there. Not empty, without repetition. */
  readonly weekdays: readonly number[];
  /** 0 to 1439. */
  readonly minuteOfDay: number;
}

/** One time at which automatic backups are to run. Its date is what tells it from the others. */
export interface Slot {
  readonly date: LocalDate;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

/**
 * Whether a clock that shows `nowMs` was set back so far behind the newest day that was dealt with (a day number) that
 * slots count anew from the present (decision 0011).
 */
export function countsAnew(handledDay: number, zone: string, nowMs: number): boolean {
  return nowMs < countsAnewBeforeMs(handledDay, zone);
}

/** The instant before which {@link countsAnew} holds: the beginning of the day before. */
export function countsAnewBeforeMs(handledDay: number, zone: string): number {
  return firstInstantOf(zone, dateOf(handledDay - 1), 0);
}

/**
 * The first slot of a later date than `afterDay` (a day number). Where clocks skip the time it is the
 * first moment after it, where they repeat it the first of the two (D11).
 */
export function nextSlot(schedule: Schedule, zone: string, afterDay: number): Slot {
  let day = afterDay + 1;
  while (!schedule.weekdays.includes(weekdayOf(day))) day += 1;
  const date = dateOf(day);
  return { date, atMs: firstInstantOf(zone, date, schedule.minuteOfDay) };
}

/** The slots of dates after `afterDay` that are due by `nowMs`, oldest first. */
export function* dueSlots(
  schedule: Schedule,
  zone: string,
  afterDay: number,
  nowMs: number,
): Generator<Slot, void> {
  let slot = nextSlot(schedule, zone, afterDay);
  while (slot.atMs <= nowMs) {
    yield slot;
    slot = nextSlot(schedule, zone, dayNumber(slot.date));
  }
}

/**
 * The day number after which slots count when a schedule begins to hold at `nowMs`: a time of today
 * that is past was never promised.
 */
export function dayBeforeFirstSlot(schedule: Schedule, zone: string, nowMs: number): number {
  const today = dayNumber(localTimeAt(zone, nowMs));
  const slotToday = firstInstantOf(zone, dateOf(today), schedule.minuteOfDay);
  return slotToday <= nowMs ? today : today - 1;
}
