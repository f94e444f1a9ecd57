import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { nextLocalStart } from "./next-local-start.ts";

const MINUTE_MS = 60_000;
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minute of the day and weekday on the wall, by another way than the tested one. */
function wall(zone: string, atMs: number): { minute: number; day: number } {
  const options = { timeZone: zone, dateStyle: "short", timeStyle: "medium" } as const;
  const format = formats.get(zone) ?? new Intl.DateTimeFormat("sv-SE", options);
  formats.set(zone, format);
  const asUtc = new Date(`${format.format(atMs).replace(" ", "T")}Z`);
  return {
    minute: asUtc.getUTCHours() * 60 + asUtc.getUTCMinutes(),
    day: asUtc.getUTCDay(),
  };
}

describe("the next start", () => {
  test("is the first minute that shows the time on a wanted day, or skips it", () => {
    // Hours around changes of the clocks: New York, London and Lord Howe (half an hour).
    const around = fc.constantFrom(
      ["America/New_York", Date.UTC(2026, 2, 8, 7)],
      ["America/New_York", Date.UTC(2026, 10, 1, 6)],
      ["Europe/London", Date.UTC(2026, 2, 29, 1)],
      ["Australia/Lord_Howe", Date.UTC(2026, 9, 3, 15, 30)],
      ["Asia/Tokyo", Date.UTC(2026, 2, 8, 7)],
    ) as fc.Arbitrary<[string, number]>;
    fc.assert(
      fc.property(
        around,
        fc.integer({ min: -180, max: 180 }),
        fc.integer({ min: -240, max: 240 }),
        fc.boolean(),
        ([zone, changeMs], offset, ahead, everyDay) => {
          const afterMs = changeMs + offset * MINUTE_MS;
          const target = wall(zone, afterMs + ahead * MINUTE_MS);
          const weekdays = everyDay ? EVERY_DAY : [target.day];
          const minuteOfDay = target.minute;

          const startMs = nextLocalStart(zone, { weekdays, minuteOfDay }, afterMs);

          const isStart = (atMs: number): boolean => {
            const [shown, before] = [wall(zone, atMs), wall(zone, atMs - MINUTE_MS)];
            if (!weekdays.includes(shown.day)) return false;
            if (before.minute < minuteOfDay && shown.minute > minuteOfDay) return true;
            // The clocks of these zones are changed by half an hour or a whole one.
            const earlier = [30, 60].map((back) => wall(zone, atMs - back * MINUTE_MS));
            return (
              shown.minute === minuteOfDay && !earlier.some(({ minute }) => minute === minuteOfDay)
            );
          };
          expect(isStart(startMs)).toBe(true);
          const endMs = Math.min(startMs, afterMs + 480 * MINUTE_MS);
          const missed: number[] = [];
          for (let atMs = afterMs + MINUTE_MS; atMs < endMs; atMs += MINUTE_MS) {
            if (wall(zone, atMs).minute >= minuteOfDay && isStart(atMs)) missed.push(atMs);
          }
          expect(missed).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("of one weekday is a week later", () => {
    const task = { weekdays: [1], minuteOfDay: 175 };
    const first = nextLocalStart("Asia/Tokyo", task, Date.UTC(2026, 10, 21));

    expect(new Date(first).toISOString()).toBe("2026-11-22T17:55:00.000Z");
    expect(nextLocalStart("Asia/Tokyo", task, first) - first).toBe(7 * 1_440 * MINUTE_MS);
  });

  test("is met once where the clocks show its time twice", () => {
    const task = { weekdays: EVERY_DAY, minuteOfDay: 90 };
    const first = nextLocalStart("America/New_York", task, Date.UTC(2026, 10, 1, 4));

    expect(new Date(first).toISOString()).toBe("2026-11-01T05:30:00.000Z");
    expect(new Date(nextLocalStart("America/New_York", task, first)).toISOString()).toBe(
      "2026-11-02T06:30:00.000Z",
    );
  });
});
