/** A day of the calendar. */
export interface LocalDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/** What clock and calendar on the wall show. */
export interface LocalTime extends LocalDate {
  /** 0 to 1439. */
  readonly minuteOfDay: number;
  /** 0 to 59. */
  readonly second: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  return format;
}

/** Whether the platform knows a zone by this name (IANA, as `Asia/Tokyo`). */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What the wall shows in a zone at an instant (milliseconds since 1970), by the platform's zone data. */
export function localTimeAt(zone: string, atMs: number): LocalTime {
  const parts = new Map<string, string>();
  for (const { type, value } of formatOf(zone).formatToParts(atMs)) parts.set(type, value);
  const number = (type: string): number => Number(parts.get(type));
  return {
    year: parts.get("era") === "BC" ? 1 - number("year") : number("year"),
    month: number("month"),
    day: number("day"),
    minuteOfDay: number("hour") * 60 + number("minute"),
    second: number("second"),
  };
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
export function dayNumber({ year, month, day }: LocalDate): number {
  // Years are taken to begin in March, so that the leap day is the last of its year.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date of a day number: the inverse of `dayNumber`. */
export function dateOf(days: number): LocalDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day };
}

/** 0 is Sunday. */
export function weekdayOf(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

/** Wall time as one number: milliseconds since 1970 as if the zone were UTC. */
function wallMs(zone: string, atMs: number): number {
  const { minuteOfDay, second, ...date } = localTimeAt(zone, atMs);
  return dayNumber(date) * DAY_MS + minuteOfDay * MINUTE_MS + second * 1_000;
}

/**
 * The instant at which the wall first shows a minute of a day, or the first instant after it where
 * the zone's clocks skip that minute (D11). Where clocks are set back over it, the earlier of the two.
 */
export function firstInstantOf(zone: string, date: LocalDate, minuteOfDay: number): number {
  const wanted = dayNumber(date) * DAY_MS + minuteOfDay * MINUTE_MS;
  // Offsets lie between -12 h and +14 h and change by at most a day (a zone that crossed the date line).
  const candidates = offsetsAround(zone, wanted).map((offsetMs) => wanted - offsetMs);
  const exact = candidates.filter((atMs) => wallMs(zone, atMs) === wanted);
  if (exact.length > 0) return Math.min(...exact);
  // Skipped: the change of offset lies between the two candidates.
  let before = Math.min(...candidates) - 1;
  let after = Math.max(...candidates) + 1;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallMs(zone, middle) < wanted) before = middle;
    else after = middle;
  }
  return after;
}

/** The offsets from UTC that hold in the days around a wall time, in milliseconds. */
function offsetsAround(zone: string, wanted: number): readonly number[] {
  const offsets = new Set<number>();
  for (const shiftMs of [-1.5 * DAY_MS, -DAY_MS / 2, 0, DAY_MS / 2, 1.5 * DAY_MS]) {
    const atMs = wanted + shiftMs;
    offsets.add(wallMs(zone, atMs) - atMs);
  }
  return [...offsets];
}
