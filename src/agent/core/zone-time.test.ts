import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { dateOf, dayNumber, firstInstantOf, isZone, localTimeAt, weekdayOf } from "./zone-time.ts";

const ZONES = [
  "Asia/Tokyo",
  "America/New_York",
  "Europe/Berlin",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "America/Sao_Paulo",
  "Asia/Kathmandu",
  "Africa/Casablanca",
  "UTC",
];
const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2090, 0, 1) });

describe("a day number", () => {
  test("and its date are each other's inverse, and agree with the platform's calendar", () => {
    fc.assert(
      fc.property(fc.integer({ min: -800_000, max: 800_000 }), (days) => {
        const date = dateOf(days);
        const platform = new Date(days * 86_400_000);

        expect(dayNumber(date)).toBe(days);
        expect(date).toEqual({
          year: platform.getUTCFullYear(),
          month: platform.getUTCMonth() + 1,
          day: platform.getUTCDate(),
        });
        expect(weekdayOf(days)).toBe(platform.getUTCDay());
      }),
    );
  });
});

describe("the first instant of a local time", () => {
  test("shows that time on the wall, and no earlier instant does", () => {
    fc.assert(
      fc.property(zone, instant, (name, atMs) => {
        const shown = localTimeAt(name, atMs);
        const first = firstInstantOf(name, shown, shown.minuteOfDay);

        expect(first).toBeLessThanOrEqual(atMs);
        expect(localTimeAt(name, first)).toEqual({ ...shown, second: 0 });
        const minuteBefore = localTimeAt(name, first - 1);
        expect(minuteBefore.minuteOfDay).not.toBe(shown.minuteOfDay);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["skipped in spring", "America/New_York", [2026, 3, 8, 150], "2026-03-08T07:00:00.000Z"],
    ["repeated in autumn", "America/New_York", [2026, 11, 1, 90], "2026-11-01T05:30:00.000Z"],
    [
      "skipped by half an hour",
      "Australia/Lord_Howe",
      [2026, 10, 4, 135],
      "2026-10-03T15:30:00.000Z",
    ],
    [
      "of a day that Samoa left out",
      "Pacific/Apia",
      [2011, 12, 30, 180],
      "2011-12-30T10:00:00.000Z",
    ],
    ["skipped at midnight", "America/Sao_Paulo", [2018, 11, 4, 10], "2018-11-04T03:00:00.000Z"],
    ["of a leap day", "Asia/Tokyo", [2028, 2, 29, 180], "2028-02-28T18:00:00.000Z"],
    ["in a war summer of Japan", "Asia/Tokyo", [1949, 7, 1, 180], "1949-06-30T17:00:00.000Z"],
  ] as const)("%s is where D11 has it", (_name, where, [year, month, day, minute], expected) => {
    const atMs = firstInstantOf(where, { year, month, day }, minute);

    expect(new Date(atMs).toISOString()).toBe(expected);
  });
});

test("what the wall shows is the platform's own answer, at the seconds around a change too", () => {
  const anyZone = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
  // Most zones have changed their clocks at some whole quarter of an hour since 1900.
  const quarter = fc.integer({ min: -2_450_000, max: 4_200_000 }).map((count) => count * 900_000);
  const shift = fc.constantFrom(-1_000, -1, 0, 1, 999, 123_456);
  fc.assert(
    fc.property(anyZone, quarter, shift, (name, atMs, shiftMs) => {
      const platform = new Intl.DateTimeFormat("sv-SE", {
        timeZone: name,
        dateStyle: "short",
        timeStyle: "medium",
      });
      const { year, month, day, minuteOfDay, second } = localTimeAt(name, atMs + shiftMs);
      const two = (value: number): string => String(value).padStart(2, "0");
      const time = [Math.floor(minuteOfDay / 60), minuteOfDay % 60, second].map(two).join(":");

      expect(`${year}-${two(month)}-${two(day)} ${time}`).toBe(platform.format(atMs + shiftMs));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ["Asia/Tokyo", true],
  ["Mars/Olympus", false],
  ["", false],
])("the zone %j is known: %s", (name, isKnown) => {
  expect(isZone(name)).toBe(isKnown);
});
