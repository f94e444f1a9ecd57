import { expect, test } from "vitest";

import { nodeHost } from "./node-host.ts";
import { systemZone } from "./system-zone.ts";

const programs = { run: async () => ({ kind: "missing" }) as const };

test.each([
  ["win32", "Windows 11 Pro", "windows"],
  ["win32", "Windows Server 2012 R2 Standard", "windows-server-2012"],
  ["win32", "Windows Server 2022 Standard", "windows-server"],
  ["darwin", "", "macos"],
  ["linux", "", "linux"],
] as const)("%s %s is of kind %s", (platform, systemName, kind) => {
  expect(nodeHost({ platform, systemName, env: {}, programs }).kind).toBe(kind);
});

test("the zone is what TZ says at the moment of asking, and the system's own without it", () => {
  const before = process.env["TZ"];
  try {
    process.env["TZ"] = "Pacific/Apia";
    expect(systemZone()).toBe("Pacific/Apia");
    process.env["TZ"] = "Asia/Tokyo";
    expect(systemZone()).toBe("Asia/Tokyo");
    delete process.env["TZ"];
    expect(systemZone()).not.toBe("");
  } finally {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  }
});
