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
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The last instant a calendar knows, and as far before 1970 the first. */
const CALENDAR_MS_MAX = 8.64e15;

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
  const shownMs = wallMs(zone, atMs);
  const day = Math.floor(shownMs / DAY_MS);
  const secondOfDay = Math.floor((shownMs - day * DAY_MS) / 1_000);
  return {
    ...dateOf(day),
    minuteOfDay: Math.floor(secondOfDay / 60),
    second: secondOfDay % 60,
  };
}

/** The platform's own answer: slow, since it makes a text of every part. */
function askPlatform(zone: string, atMs: number): number {
  const parts = new Map<string, string>();
  for (const { type, value } of formatOf(zone).formatToParts(atMs)) parts.set(type, value);
  const number = (type: string): number => Number(parts.get(type));
  const year = parts.get("era") === "BC" ? 1 - number("year") : number("year");
  const days = dayNumber({ year, month: number("month"), day: number("day") });
  const seconds = (number("hour") * 60 + number("minute")) * 60 + number("second");
  return days * DAY_MS + seconds * 1_000 - Math.floor(atMs / 1_000) * 1_000;
}

/** Offsets at whole hours by zone: a schedule asks for the same few again and again. */
const offsets = new Map<string, Map<number, number>>();
const KEPT_OFFSET_COUNT_MAX = 10_000;

function offsetAtHour(zone: string, hour: number): number {
  let known = offsets.get(zone);
  if (known === undefined || known.size >= KEPT_OFFSET_COUNT_MAX) {
    known = new Map();
    offsets.set(zone, known);
  }
  let offsetMs = known.get(hour);
  if (offsetMs === undefined) {
    offsetMs = askPlatform(zone, hour * HOUR_MS);
    known.set(hour, offsetMs);
  }
  return offsetMs;
}

/** The offset from UTC: that of both ends of the hour where they agree, since no zone changes twice in one. */
function offsetAt(zone: string, atMs: number): number {
  const hour = Math.floor(atMs / HOUR_MS);
  if (Math.abs(atMs) > CALENDAR_MS_MAX - HOUR_MS) return askPlatform(zone, atMs);
  const offsetMs = offsetAtHour(zone, hour);
  return offsetMs === offsetAtHour(zone, hour + 1) ? offsetMs : askPlatform(zone, atMs);
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
  return Math.floor(atMs / 1_000) * 1_000 + offsetAt(zone, atMs);
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
  const found = new Set<number>();
  for (const shiftMs of [-1.5 * DAY_MS, -DAY_MS / 2, 0, DAY_MS / 2, 1.5 * DAY_MS]) {
    const atMs = wanted + shiftMs;
    found.add(wallMs(zone, atMs) - atMs);
  }
  return [...found];
}
