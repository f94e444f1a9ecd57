import type { Schedule } from "./core/schedule.ts";
import type { ScheduleSetting } from "./state/slot-store.ts";

/** The schedule as it stands, and when its next slot is. */
export interface ScheduleStatus extends ScheduleSetting {
  /** Milliseconds since 1970; null without a schedule or with automatic backup OFF. */
  readonly nextAtMs: number | null;
}

/** The automatic backup (F12-F15; decision 0011). Methods throw `AgentError` and nothing else. */
export interface ScheduleApi {
  schedule(): ScheduleStatus;
  /** Another time or other days; holds from the next slot in the future. */
  setSchedule(schedule: Schedule): ScheduleStatus;
  /** 自動バックアップ ON/OFF. Slots that pass while it is OFF are none (D4). */
  setAutomaticBackup(isOn: boolean): ScheduleStatus;
  /**
   * Begins to hold the schedule and to send mails that wait: first what an earlier process left
   * undone, then missed slots, then each slot as it comes. Resolves when the past is dealt with.
   * Closing the tool ends it. Only for the daemon: a process that stays.
   */
  startSchedule(): Promise<void>;
  /** Something outside changed the database or the clock: looks at once. */
  lookAtSchedule(): void;
}
