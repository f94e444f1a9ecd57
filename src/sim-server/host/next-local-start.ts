import type { PcTask } from "./sim-host.ts";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
/** Longer than any wait between two starts: a week and what a zone may leave out. */
const HORIZON_MS = 9 * DAY_MINUTES * MINUTE_MS;

/** Clocks are changed by at most so much, in quarters of an hour. */
const CHANGE_MINUTES_MAX = 180;
const CHANGE_STEP_MINUTES = 15;

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The first moment after `afterMs` at which a clock on the wall of `zone` shows the task's time on one
 * of its days; where the zone's clocks skip that time, the first moment after it. Of a time that they
 * show twice only the first counts.
 */
export function nextLocalStart(
  zone: string,
  { weekdays, minuteOfDay }: Pick<PcTask, "weekdays" | "minuteOfDay">,
  afterMs: number,
): number {
  const isDay = (day: number): boolean => weekdays.includes(day);
  let atMs = (Math.floor(afterMs / MINUTE_MS) + 1) * MINUTE_MS;
  while (atMs - afterMs < HORIZON_MS) {
    const wall = wallAt(zone, atMs);
    if (wall.minute === minuteOfDay && isDay(wall.day) && !isRepeated(zone, atMs)) return atMs;
    const before = wallAt(zone, atMs - MINUTE_MS);
    const step = minutesFrom(before.minute, wall.minute);
    // The minute before this one was followed by more than a minute on the wall, the time among it.
    if (step > 1 && step <= CHANGE_MINUTES_MAX && minutesFrom(before.minute, minuteOfDay) < step) {
      const day = minuteOfDay > before.minute ? before.day : wall.day;
      if (isDay(day)) return atMs;
    }
    atMs += stepTo(zone, atMs, minutesFrom(wall.minute, minuteOfDay) || DAY_MINUTES) * MINUTE_MS;
  }
  throw new RangeError(`no day of ${weekdays.join(",")} within ${HORIZON_MS} ms`);
}

/** Whether the clocks of the zone were set back and show a time for the second time. */
function isRepeated(zone: string, atMs: number): boolean {
  const { minute, day } = wallAt(zone, atMs);
  for (let back = CHANGE_STEP_MINUTES; back <= CHANGE_MINUTES_MAX; back += CHANGE_STEP_MINUTES) {
    const before = wallAt(zone, atMs - back * MINUTE_MS);
    if (before.minute === minute && before.day === day) return true;
  }
  return false;
}

/** As far towards a time as the zone's offset stays what it is: whole steps, or a minute at a time. */
function stepTo(zone: string, atMs: number, minutes: number): number {
  let step = minutes;
  const here = wallAt(zone, atMs).minute;
  while (step > 1) {
    const there = wallAt(zone, atMs + step * MINUTE_MS).minute;
    if (there === (here + step) % DAY_MINUTES) return step;
    step = Math.floor(step / 2);
  }
  return 1;
}

/** Minutes forward on the wall from one time of day to another: 0 to 1439. */
function minutesFrom(from: number, to: number): number {
  return (to - from + DAY_MINUTES) % DAY_MINUTES;
}

function wallAt(zone: string, atMs: number): { readonly minute: number; readonly day: number } {
  const parts = formatOf(zone).formatToParts(atMs);
  const text = (type: string): string => parts.find((part) => part.type === type)?.value ?? "";
  return {
    minute: Number(text("hour")) * 60 + Number(text("minute")),
    day: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"].indexOf(text("weekday")),
  };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      weekday: "short",
      hour: "numeric",
      minute: "numeric",
    });
    formats.set(zone, format);
  }
  return format;
}
