import { expect, test } from "vitest";

import type { PcRecord } from "../../observation/pc-record.ts";
import { leftBeforeSlot } from "./left-before-slot.ts";

const MINUTE_MS = 60_000;
const SLOT_MS = 1_800_000_000_000;
/** By elapsed time. */
const LEFT_MS = 100 * MINUTE_MS;

function record(minutesBefore: number, isClockSet: boolean): Pick<PcRecord, "starts" | "facts"> {
  const leftMs = LEFT_MS;
  const wallMs = SLOT_MS - minutesBefore * MINUTE_MS;
  const start = { elapsedMs: 0, isHolding: true, isOnFullDisk: false, isWaitTold: false, leftMs };
  const closed = {
    elapsedMs: leftMs,
    wallMs,
    isDuringRun: false,
    change: { what: "tool", state: "closed" },
  } as const;
  const set = {
    elapsedMs: leftMs + 1,
    wallMs,
    isDuringRun: false,
    change: { what: "clock", beforeMs: 0 },
  } as const;
  return { starts: [start], facts: isClockSet ? [closed, set] : [closed] };
}

test.each([
  { minutesBefore: 4, isClockSet: false, breaks: true },
  { minutesBefore: 29, isClockSet: false, breaks: true },
  { minutesBefore: 31, isClockSet: false, breaks: false },
  { minutesBefore: -1, isClockSet: false, breaks: false },
  { minutesBefore: 4, isClockSet: true, breaks: false },
])(
  "a tool that leaves $minutesBefore minutes before a slot, the clock set: $isClockSet, breaks I9: $breaks",
  ({ minutesBefore, isClockSet, breaks }) => {
    const found = leftBeforeSlot(
      [{ day: 20_833, slotMs: SLOT_MS, cameMs: LEFT_MS + minutesBefore * MINUTE_MS }],
      record(minutesBefore, isClockSet),
    );
    expect(found.map(({ invariant }) => invariant)).toEqual(breaks ? ["I9"] : []);
  },
);
