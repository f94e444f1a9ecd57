import { expect, onTestFinished, test } from "vitest";

import { systemZone } from "./system-zone.ts";

test.each(["", "Nowhere/Land", "Asia/Tokyo", "UTC", ":"])(
  "with TZ=%j the zone is one that can be reckoned with",
  (zone) => {
    const before = process.env["TZ"];
    onTestFinished(() => {
      if (before === undefined) delete process.env["TZ"];
      else process.env["TZ"] = before;
    });
    process.env["TZ"] = zone;

    const timeZone = systemZone();

    expect(() => new Intl.DateTimeFormat("en", { timeZone }).format(0)).not.toThrow();
    if (zone === "Asia/Tokyo") expect(timeZone).toBe(zone);
  },
);
