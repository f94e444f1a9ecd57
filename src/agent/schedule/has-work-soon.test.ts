import { expect, test } from "vitest";

import { hasWorkSoon } from "./has-work-soon.ts";

const NOW_MS = 1_800_000_000_000;
const MINUTE_MS = 60_000;

test.each([
  { what: "the past is not dealt with", nextAtMs: undefined, waitingMailCount: 0, stays: true },
  { what: "a slot is due", nextAtMs: NOW_MS - 1, waitingMailCount: 0, stays: true },
  {
    what: "a slot comes within 90 minutes",
    nextAtMs: NOW_MS + 89 * MINUTE_MS,
    waitingMailCount: 0,
    stays: true,
  },
  {
    what: "it comes later",
    nextAtMs: NOW_MS + 90 * MINUTE_MS,
    waitingMailCount: 0,
    stays: false,
  },
  { what: "there is none", nextAtMs: null, waitingMailCount: 0, stays: false },
  { what: "there is none but a mail waits", nextAtMs: null, waitingMailCount: 1, stays: true },
])("a tool that the OS started has work: $stays, where $what", (given) => {
  const { nextAtMs, waitingMailCount, stays } = given;
  expect(hasWorkSoon({ nextAtMs, nowMs: NOW_MS, waitingMailCount })).toBe(stays);
});
