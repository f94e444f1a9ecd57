import { expect, test } from "vitest";

import { dayAt, isSkipped, secondInstant, slotInstant } from "./slot-times.ts";

const at = (text: string): number => Date.parse(text);

test("a time that clocks skip is the moment behind the gap", () => {
  const day = dayAt("Europe/Berlin", at("2026-03-29T12:00:00Z"));
  expect(isSkipped("Europe/Berlin", day, 150)).toBe(true);
  expect(slotInstant("Europe/Berlin", day, 150)).toBe(at("2026-03-29T01:00:00Z"));
  expect(isSkipped("Europe/Berlin", day, 180)).toBe(false);
  expect(isSkipped("Europe/Berlin", day + 1, 150)).toBe(false);
});

test("a time that clocks show twice is the first of the two, and the second is known", () => {
  const day = dayAt("Australia/Lord_Howe", at("2026-04-04T15:00:00Z"));
  expect(slotInstant("Australia/Lord_Howe", day, 105)).toBe(at("2026-04-04T14:45:00Z"));
  expect(secondInstant("Australia/Lord_Howe", day, 105)).toBe(at("2026-04-04T15:15:00Z"));
});

test("a time that comes once has no second instant", () => {
  const day = dayAt("Europe/Berlin", at("2026-10-25T12:00:00Z"));
  expect(secondInstant("Europe/Berlin", day, 150)).toBe(at("2026-10-25T01:30:00Z"));
  expect(secondInstant("Europe/Berlin", day, 180)).toBeUndefined();
  expect(secondInstant("Europe/Berlin", day - 1, 150)).toBeUndefined();
  expect(secondInstant("Asia/Tokyo", day, 150)).toBeUndefined();
});
