import { message } from "../../messages/message.ts";
import { invalidArgument } from "../../command-line/invalid-argument.ts";

/** The days as they are written in options; 0 is Sunday. */
const DAY_NAMES = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** The days of a schedule that names none. */
export const EVERY_DAY: readonly number[] = [0, 1, 2, 3, 4, 5, 6];

/** Reads a local time such as `3:00` or `23:55` as minutes of the day. */
export function parseTimeOfDay(text: string): number {
  const found = /^(\d{1,2}):(\d\d)$/.exec(text);
  const [hour, minute] = [Number(found?.[1]), Number(found?.[2])];
  if (found === null || hour > 23 || minute > 59) {
    throw invalidArgument(message("usage.time-of-day"));
  }
  return hour * 60 + minute;
}

/** Reads weekdays such as `mon,fri`, in any order, as numbers in order. */
export function parseWeekdays(text: string): readonly number[] {
  const days = text
    .toLowerCase()
    .split(",")
    .map((name) => DAY_NAMES.indexOf(name.trim()));
  if (days.includes(-1)) {
    throw invalidArgument(message("usage.weekdays", { days: DAY_NAMES.join(",") }));
  }
  return [...new Set(days)].toSorted((a, b) => a - b);
}
