import { AgentError } from "../agent-error.ts";
import type { Clock } from "../ports/clock.ts";
import type { Host } from "../ports/host.ts";
import type { StateDatabase } from "../state/state-database.ts";
import { SlotStore, type ScheduleSetting } from "./slot-store.ts";
import { countsAnew, dayBeforeFirstSlot, nextSlot } from "./slots.ts";
import { message } from "../../messages/message.ts";

/** The schedule as it stands, and when its next slot is. */
export interface ScheduleStatus extends ScheduleSetting {
  /** Milliseconds since 1970; null without a schedule or with automatic backup OFF. */
  readonly nextAtMs: number | null;
  /**
   * Whether the schedule's time is still to come on a day whose slot was dealt with at another time: that
   * day has none any more (D11).
   */
  readonly isDayDealtWith: boolean;
}

/** The PC whose clock and zone tell when a slot is. */
export interface SchedulePlace {
  readonly clock: Pick<Clock, "nowMs">;
  /** Without it every question about the schedule throws `invalid-setting`. */
  readonly host?: Pick<Host, "zone"> | undefined;
}

/** What is written down about the automatic backup (F12), to be looked at. */
export class ScheduleRecords {
  readonly #slots: SlotStore;
  readonly #place: SchedulePlace;

  constructor(database: StateDatabase, place: SchedulePlace) {
    this.#slots = new SlotStore(database);
    this.#place = place;
  }

  /** The schedule, whether it is on, and its next slot in the future. */
  status(): ScheduleStatus {
    const { clock, host } = this.#place;
    return scheduleStatus(this.#slots, knownHost(host).zone(), clock.nowMs());
  }
}

/** The PC, if the tool was opened with one; else throws `AgentError`. */
export function knownHost<Known>(host: Known | undefined): Known {
  if (host === undefined) throw new AgentError("invalid-setting", message("settings.no-pc"));
  return host;
}

function scheduleStatus(slots: SlotStore, zone: string, nowMs: number): ScheduleStatus {
  const setting = slots.setting();
  const state = slots.state();
  if (state === undefined || state.schedule === null || !state.isOn) {
    return { ...setting, nextAtMs: null, isDayDealtWith: false };
  }
  const { schedule, handledDay } = state;
  const today = dayBeforeFirstSlot(schedule, zone, nowMs);
  const afterDay = countsAnew(handledDay, zone, nowMs) ? today : Math.max(today, handledDay);
  const nextAtMs = nextSlot(schedule, zone, afterDay).atMs;
  const isDayDealtWith = nextAtMs !== nextSlot(schedule, zone, today).atMs;
  return { ...setting, nextAtMs, isDayDealtWith };
}
