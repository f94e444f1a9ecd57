import { expect, onTestFinished, test } from "vitest";

import { systemZone } from "./system-zone.ts";

test.each([
  ["", "UTC"],
  ["Nowhere/Land", "UTC"],
  ["Asia/Tokyo", "Asia/Tokyo"],
])("with TZ=%j the zone is %s, one that can be reckoned with", (zone, expected) => {
  const before = process.env["TZ"];
  onTestFinished(() => {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  });
  process.env["TZ"] = zone;

  const timeZone = systemZone();

  expect(() => new Intl.DateTimeFormat("en", { timeZone }).format(0)).not.toThrow();
  expect(timeZone).toBe(expected);
});
