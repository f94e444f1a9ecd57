import * as fc from "fast-check";
import { expect, test } from "vitest";

import { LIMITS } from "../../protocol/limits.ts";
import { osTask, startsSignedOut } from "./os-task.ts";
import { nextSlot } from "./slots.ts";
import { localTimeAt, dayNumber, weekdayOf } from "../core/zone-time.ts";

const schedule = fc.record({
  weekdays: fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
  minuteOfDay: fc.integer({ min: 0, max: 1_439 }),
});
const COMMAND = ["node", "azukeru-agent.js"];

test("the task starts the lead time ahead of each slot, on the day before where that is past midnight", () => {
  fc.assert(
    fc.property(schedule, fc.integer({ min: 10_000, max: 40_000 }), (plan, day) => {
      const slot = nextSlot(plan, "Asia/Tokyo", day);
      const start = localTimeAt("Asia/Tokyo", slot.atMs - LIMITS.taskLeadMinutes * 60_000);

      const task = osTask(plan, COMMAND);

      expect(task.minuteOfDay).toBe(start.minuteOfDay);
      expect(task.weekdays).toContain(weekdayOf(dayNumber(start)));
      expect(task.weekdays).toHaveLength(plan.weekdays.length);
      expect(task.weekdays).toEqual(task.weekdays.toSorted((a, b) => a - b));
    }),
  );
});

test("every day stays every day", () => {
  const everyDay = [0, 1, 2, 3, 4, 5, 6];

  expect(osTask({ weekdays: everyDay, minuteOfDay: 2 }, COMMAND)).toEqual({
    command: COMMAND,
    weekdays: everyDay,
    minuteOfDay: 1_437,
  });
});

test("a slot is started for by its own schedule's task, when that works signed out, and by no other", () => {
  fc.assert(
    fc.property(schedule, schedule, fc.boolean(), (plan, other, worksSignedOut) => {
      const slot = nextSlot(plan, "Asia/Tokyo", 20_000);
      const status = { isRegistered: true, worksSignedOut, task: osTask(plan, COMMAND) };

      expect(startsSignedOut(status, plan, slot)).toBe(worksSignedOut);
      fc.pre(other.minuteOfDay !== plan.minuteOfDay);
      expect(startsSignedOut({ ...status, task: osTask(other, COMMAND) }, plan, slot)).toBe(false);
    }),
  );
});

test("a weekday that the task leaves out is not started for", () => {
  const monday = { weekdays: [1], minuteOfDay: 180 };
  const slot = nextSlot(monday, "Asia/Tokyo", 20_000);
  const task = osTask({ weekdays: [2, 3], minuteOfDay: 180 }, COMMAND);

  expect(startsSignedOut({ isRegistered: true, worksSignedOut: true, task }, monday, slot)).toBe(
    false,
  );
  expect(
    startsSignedOut({ isRegistered: false, worksSignedOut: false, task: null }, monday, slot),
  ).toBe(false);
});
