import { dayBeforeFirstSlot, nextSlot } from "./core/schedule.ts";
import type { ScheduleStatus } from "./schedule-api.ts";
import type { SlotStore } from "./state/slot-store.ts";

/** The schedule as it stands on a PC whose clock shows `nowMs` in `zone`, and its next slot in the future. */
export function scheduleStatus(slots: SlotStore, zone: string, nowMs: number): ScheduleStatus {
  const setting = slots.setting();
  const { schedule, isOn } = setting;
  if (schedule === null || !isOn) return { ...setting, nextAtMs: null };
  const today = dayBeforeFirstSlot(schedule, zone, nowMs);
  const handledDay = Math.max(today, slots.handledDay() ?? today);
  return { ...setting, nextAtMs: nextSlot(schedule, zone, handledDay).atMs };
}
