import { countsAnew, dayBeforeFirstSlot, nextSlot } from "./slots.ts";
import type { ScheduleStatus } from "./schedule-api.ts";
import type { SlotStore } from "./slot-store.ts";

/** The schedule as it stands on a PC whose clock shows `nowMs` in `zone`, and its next slot in the future. */
export function scheduleStatus(slots: SlotStore, zone: string, nowMs: number): ScheduleStatus {
  const setting = slots.setting();
  const state = slots.state();
  if (state === undefined || state.schedule === null || !state.isOn) {
    return { ...setting, nextAtMs: null };
  }
  const { schedule, seenMs, handledDay } = state;
  const today = dayBeforeFirstSlot(schedule, zone, nowMs);
  const afterDay = countsAnew(seenMs, nowMs) ? today : Math.max(today, handledDay);
  return { ...setting, nextAtMs: nextSlot(schedule, zone, afterDay).atMs };
}
