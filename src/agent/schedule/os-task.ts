import { LIMITS } from "../../protocol/limits.ts";
import type { OsTask, TaskStatus } from "../ports/host.ts";
import type { Schedule, Slot } from "./slots.ts";
import { dayNumber, weekdayOf } from "../core/zone-time.ts";

const DAY_MINUTES = 1_440;

/** What the OS is to start for a schedule: the tool, `LIMITS.taskLeadMinutes` ahead of each slot (F13). */
export function osTask(schedule: Schedule, command: readonly string[]): OsTask {
  return { command, ...leadTimes(schedule) };
}

/**
 * Whether the OS starts the tool ahead of a slot of this schedule even with nobody signed in. A task
 * that was registered for other times does not.
 */
export function startsSignedOut(status: TaskStatus, schedule: Schedule, slot: Slot): boolean {
  const { isRegistered, worksSignedOut, task } = status;
  if (!isRegistered || !worksSignedOut || task === null) return false;
  const weekday = weekdayOf(dayNumber(slot.date));
  const wanted = leadTimes({ ...schedule, weekdays: [weekday] });
  return (
    task.minuteOfDay === wanted.minuteOfDay &&
    wanted.weekdays.every((day) => task.weekdays.includes(day))
  );
}

/** The times of a schedule less the lead; a slot right after midnight begins on the day before. */
function leadTimes({ weekdays, minuteOfDay }: Schedule): Pick<OsTask, "weekdays" | "minuteOfDay"> {
  const minute = minuteOfDay - LIMITS.taskLeadMinutes;
  if (minute >= 0) return { weekdays: inOrder(weekdays), minuteOfDay: minute };
  return {
    weekdays: inOrder(weekdays.map((day) => (day + 6) % 7)),
    minuteOfDay: minute + DAY_MINUTES,
  };
}

function inOrder(weekdays: readonly number[]): readonly number[] {
  return weekdays.toSorted((a, b) => a - b);
}
