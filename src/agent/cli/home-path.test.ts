import { join } from "node:path";

import { expect, test } from "vitest";

import { homePathOf } from "./home-path.ts";

const env = { HOME: "/home/taro" };

test("is what --home says, before AZUKERU_HOME, before the default", () => {
  expect(homePathOf("/a", { env: { ...env, AZUKERU_HOME: "/b" } })).toBe("/a");
  expect(homePathOf(undefined, { env: { ...env, AZUKERU_HOME: "/b" } })).toBe("/b");
});

test("is by default where each system keeps the state of applications", () => {
  const at = (platform: NodeJS.Platform, more: Record<string, string> = {}): string =>
    homePathOf(undefined, { platform, env: { ...env, ...more } });

  expect(at("linux")).toBe("/home/taro/.local/state/azukeru-agent");
  expect(at("linux", { XDG_STATE_HOME: "/state" })).toBe("/state/azukeru-agent");
  expect(at("darwin")).toBe(join("/home/taro", "Library", "Application Support", "azukeru-agent"));
  expect(at("win32", { APPDATA: "C:\\app" })).toContain("C:\\app\\azukeru-agent");
});

test("takes an empty variable, and a relative one of the system, for one that is not set", () => {
  const at = (more: Record<string, string>, platform: NodeJS.Platform = "linux"): string =>
    homePathOf(undefined, { platform, env: { ...env, ...more } });
  const standard = "/home/taro/.local/state/azukeru-agent";

  expect(at({ AZUKERU_HOME: "" })).toBe(standard);
  expect(at({ XDG_STATE_HOME: "" })).toBe(standard);
  expect(at({ XDG_STATE_HOME: "rel/state" })).toBe(standard);
  expect(at({ APPDATA: "rel" }, "win32")).not.toContain("\\rel\\");
  expect(at({ HOME: "" })).not.toMatch(/^\.|^azukeru|^\.local/);
});
