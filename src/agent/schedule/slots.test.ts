import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { dayBeforeFirstSlot, dueSlots, nextSlot, type Schedule } from "./slots.ts";
import { dayNumber, localTimeAt, weekdayOf } from "../core/zone-time.ts";

const DAY_MS = 86_400_000;
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

const zone = fc.constantFrom("Asia/Tokyo", "America/New_York", "Pacific/Apia", "Europe/London");
const schedule: fc.Arbitrary<Schedule> = fc.record({
  weekdays: fc.subarray(EVERY_DAY, { minLength: 1 }),
  minuteOfDay: fc.integer({ min: 0, max: 1_439 }),
});
const instant = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2080, 0, 1) });

describe("the slots of a schedule", () => {
  test("come once on each chosen weekday, in order, whatever the zone does", () => {
    fc.assert(
      fc.property(schedule, zone, instant, (plan, where, startMs) => {
        const first = dayBeforeFirstSlot(plan, where, startMs);
        const slots = [...dueSlots(plan, where, first, startMs + 60 * DAY_MS)];
        const days = slots.map(({ date }) => dayNumber(date));

        expect(new Set(days).size).toBe(days.length);
        for (const [index, { atMs }] of slots.entries()) {
          expect(atMs).toBeGreaterThan(slots[index - 1]?.atMs ?? startMs);
          expect(plan.weekdays).toContain(weekdayOf(days[index] ?? 0));
        }
        const last = days.at(-1) ?? first;
        const wanted = Array.from({ length: last - first }, (_, index) => first + 1 + index);
        expect(days).toEqual(wanted.filter((day) => plan.weekdays.includes(weekdayOf(day))));
      }),
      { numRuns: 100 },
    );
  });

  test("show their time on the wall, but where clocks skip it", () => {
    const plan = { weekdays: EVERY_DAY, minuteOfDay: 150 };
    const springForward = dayNumber({ year: 2026, month: 3, day: 7 });

    const slot = nextSlot(plan, "America/New_York", springForward);

    expect(localTimeAt("America/New_York", slot.atMs)).toMatchObject({ day: 8, minuteOfDay: 180 });
  });

  test("are due at their very millisecond", () => {
    const plan = { weekdays: EVERY_DAY, minuteOfDay: 180 };
    const { atMs, date } = nextSlot(plan, "Asia/Tokyo", 20_000);
    const before = dayNumber(date) - 1;

    expect([...dueSlots(plan, "Asia/Tokyo", before, atMs - 1)]).toEqual([]);
    expect([...dueSlots(plan, "Asia/Tokyo", before, atMs)]).toHaveLength(1);
  });
});

test("a time of today that is past is no slot when the schedule begins", () => {
  const plan = { weekdays: EVERY_DAY, minuteOfDay: 180 };
  const today = dayNumber({ year: 2026, month: 11, day: 22 });
  const { atMs } = nextSlot(plan, "Asia/Tokyo", today - 1);

  expect(dayBeforeFirstSlot(plan, "Asia/Tokyo", atMs - 1)).toBe(today - 1);
  expect(dayBeforeFirstSlot(plan, "Asia/Tokyo", atMs)).toBe(today);
});
