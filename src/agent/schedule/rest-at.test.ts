import { expect, test } from "vitest";

import type { HostEvent } from "../ports/host.ts";
import { restAt } from "./rest-at.ts";

const night: readonly HostEvent[] = [
  { atMs: 0, kind: "boot" },
  { atMs: 1, kind: "sign-in" },
  { atMs: 10, kind: "sleep" },
  { atMs: 20, kind: "wake" },
  { atMs: 30, kind: "shutdown" },
];

test.each([
  [5, "awake"],
  [10, "rested"],
  [19, "rested"],
  [20, "awake"],
  [31, "rested"],
] as const)("at %i the PC is %s, by its log", (atMs, expected) => {
  expect(restAt(night, atMs)).toBe(expected);
});

test.each([
  ["a log that begins with a rest tells that the PC was awake before", night.slice(2, 3), "awake"],
  ["one that begins with a waking tells that it rested", night.slice(3, 4), "rested"],
  ["one of sign-ins alone tells nothing", night.slice(1, 2), "unknown"],
  ["no log tells nothing", [], "unknown"],
] as const)("%s", (_law, events, expected) => {
  expect(restAt(events, 5)).toBe(expected);
});
