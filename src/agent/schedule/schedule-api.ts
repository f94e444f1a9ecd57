import type { Schedule } from "./slots.ts";
import type { MailNews } from "../mail/mail-api.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import type { ScheduleSetting } from "./slot-store.ts";

/** The schedule as it stands, and when its next slot is. */
export interface ScheduleStatus extends ScheduleSetting {
  /** Milliseconds since 1970; null without a schedule or with automatic backup OFF. */
  readonly nextAtMs: number | null;
}

/** Who is told what happens while the schedule is held. */
export interface ScheduleListeners {
  /** A row of a slot was written: its job waits, starts or ended, or does not run. */
  readonly onJob?: (job: JobRecord) => void;
  /** All that was due is dealt with; the next slot, null when there is none. */
  readonly onLook?: (nextAtMs: number | null) => void;
  /** What a try to send a mail came to. */
  readonly onMail?: (news: MailNews) => void;
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
  startSchedule(listeners?: ScheduleListeners): Promise<void>;
  /**
   * Something outside changed the database or the clock: looks at the schedule and at the mails at
   * once. Does nothing where neither is held.
   */
  lookAtSchedule(): void;
}
