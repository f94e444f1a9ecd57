const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Milliseconds of a day of the calendar, where clocks are left alone. */
const DAY_MS = 24 * HOUR_MS;

/** Offsets from UTC lie within this, and so does a change of one that concerns a slot. */
const AROUND_MS = 27 * HOUR_MS;
/** No zone changes its offset twice within this. */
const STEP_MS = 3 * HOUR_MS;

const formats = new Map<string, Intl.DateTimeFormat>();
const instants = new Map<string, number>();

/** The wall clock of a zone as one number: milliseconds as if the zone were UTC. To the minute. */
function wallOf(zone: string, atMs: number): number {
  let format = formats.get(zone);
  if (format === undefined) {
    // Swedes write dates as everybody should: `2026-11-21 03:00:00`.
    format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: zone,
      dateStyle: "short",
      timeStyle: "medium",
    });
    formats.set(zone, format);
  }
  // oxlint-disable-next-line no-restricted-globals -- reads a text; asks no clock
  return Date.parse(`${format.format(atMs).replace(" ", "T")}Z`);
}

/** The day that the calendar on the wall of a zone shows, counted from 1970-01-01. */
export function dayAt(zone: string, atMs: number): number {
  return Math.floor(wallOf(zone, atMs) / DAY_MS);
}

/** 0 is Sunday. */
export function weekdayOfDay(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/**
 * The first instant at which the wall of a zone shows that minute of that day or a later one: where
 * clocks skip it, the moment after the gap; where they repeat it, the first of the two (D11). Found
 * by cutting the days around it into stretches within which the zone's clocks are left alone.
 */
export function slotInstant(zone: string, day: number, minuteOfDay: number): number {
  const key = `${zone} ${day} ${minuteOfDay}`;
  const known = instants.get(key);
  if (known !== undefined) return known;
  const wanted = day * DAY_MS + minuteOfDay * MINUTE_MS;
  const found = firstReaching(zone, wanted);
  instants.set(key, found);
  return found;
}

/** Whether the clocks of a zone skip that minute of that day. */
export function isSkipped(zone: string, day: number, minuteOfDay: number): boolean {
  return (
    wallOf(zone, slotInstant(zone, day, minuteOfDay)) !== day * DAY_MS + minuteOfDay * MINUTE_MS
  );
}

/** When the clocks of a zone, set back, show that minute of that day once more; undefined where they do not. */
export function secondInstant(zone: string, day: number, minuteOfDay: number): number | undefined {
  const wanted = day * DAY_MS + minuteOfDay * MINUTE_MS;
  const firstMs = slotInstant(zone, day, minuteOfDay);
  return changesAround(zone, wanted)
    .map((changeMs) => wanted - (wallOf(zone, changeMs) - changeMs))
    .find((atMs) => atMs > firstMs && wallOf(zone, atMs) === wanted);
}

function firstReaching(zone: string, wanted: number): number {
  let from = wanted - AROUND_MS;
  for (const to of [...changesAround(zone, wanted), Infinity]) {
    const offsetMs = wallOf(zone, from) - from;
    const atMs = Math.max(from, wanted - offsetMs);
    if (atMs < to) return atMs;
    from = to;
  }
  return from;
}

/** The instants around a wall time at which the zone's offset changes, in order. */
function changesAround(zone: string, wanted: number): readonly number[] {
  const found: number[] = [];
  for (let atMs = wanted - AROUND_MS; atMs < wanted + AROUND_MS; atMs += STEP_MS) {
    let [before, after] = [atMs, atMs + STEP_MS];
    const offsetMs = wallOf(zone, before) - before;
    if (wallOf(zone, after) - after === offsetMs) continue;
    while (after - before > MINUTE_MS) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE_MS) * MINUTE_MS;
      if (wallOf(zone, middle) - middle === offsetMs) before = middle;
      else after = middle;
    }
    found.push(after);
  }
  return found;
}
