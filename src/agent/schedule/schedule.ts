import type { AgentPorts } from "../ports/agent-ports.ts";
import type { BackupRequest } from "../jobs/requests.ts";
import { AgentError } from "../agent-error.ts";
import { countsAnew, dayBeforeFirstSlot, type Schedule } from "./slots.ts";
import type { RunStopKind } from "../jobs/job-stop.ts";
import type { AgentMail } from "../mail/mail.ts";
import type { MailNews } from "../mail/sender.ts";
import type { Host } from "../ports/host.ts";
import { knownHost, ScheduleRecords, type ScheduleStatus } from "./schedule-records.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import { endCutSlots, type SlotPlace, type SlotWork } from "./deal-with-slots.ts";
import { SlotLooks } from "./slot-looks.ts";
import { Scheduler } from "./scheduler.ts";
import { Diary, type DiaryEvent } from "./diary.ts";
import { JobHistory } from "../state/job-history.ts";
import type { SourceFolder } from "../state/records.ts";
import { SlotStore } from "./slot-store.ts";
import type { StateDatabase } from "../state/state-database.ts";
import { isStateFull } from "../state/state-error.ts";
import { troubledFiles } from "../state/troubled-files.ts";
import { message } from "../../messages/message.ts";

/** Who is told what happens while the schedule is held. */
export interface ScheduleListeners {
  /** A row of a slot was written: its job waits, starts or ended, or does not run. */
  readonly onJob?: (job: JobRecord) => void;
  /** All that was due is dealt with; the next slot, null when there is none. */
  readonly onLook?: (nextAtMs: number | null) => void;
  /** What a try to send a mail came to. */
  readonly onMail?: (news: MailNews) => void;
  /**
   * Whether the disk with the state file has room again, which is waited for where it had none at the
   * start. Not called where it had.
   */
  readonly onRoom?: (hasRoom: boolean) => void;
}

/** How soon a disk that was full when the tool was started is looked at again. */
const ROOM_LOOK_EVERY_MS = 60_000;

interface AgentScheduleOptions {
  readonly ports: AgentPorts;
  readonly database: StateDatabase;
  readonly mail: Pick<AgentMail, "enqueueReport" | "startSending">;
  readonly deviceName: () => string;
  readonly sources: () => readonly SourceFolder[];
  readonly isLoggedIn: () => boolean;
  /** Whether nobody is logged in because the service no longer took the password. */
  readonly isLoginLost: () => boolean;
  readonly busyUntilMs: () => number;
  readonly exclusively: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Backs sources up once nothing else runs; resolves to what stopped the run, if anything did. */
  readonly run: (
    sources: readonly SourceFolder[],
    request: BackupRequest,
  ) => Promise<RunStopKind | undefined>;
  /** Closes the jobs that a process of the past left running, or whose end could not be written down. */
  readonly closeOrphans: () => void;
}

/**
 * The automatic backup: schedule, slots and their reports (F12-F15; decision 0011). Methods throw
 * `AgentError` and nothing else.
 */
export class AgentSchedule extends ScheduleRecords {
  readonly #options: AgentScheduleOptions;
  readonly #slots: SlotStore;
  readonly #diary: Diary;
  #state: "idle" | "held" | "closed" = "idle";
  #starting: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  #scheduler: Scheduler | undefined;

  constructor(options: AgentScheduleOptions) {
    super(options.database, options.ports);
    this.#options = options;
    this.#slots = new SlotStore(options.database);
    this.#diary = new Diary(options.database);
  }

  /** Another time or other days; holds from the next slot in the future. */
  set(schedule: Schedule): ScheduleStatus {
    return this.#change({ schedule: checkedSchedule(schedule), isOn: this.#slots.setting().isOn });
  }

  /** 自動バックアップ ON/OFF. Slots that pass while it is OFF are none (D4). */
  setOn(isOn: boolean): ScheduleStatus {
    return this.#change({ schedule: this.#slots.setting().schedule, isOn });
  }

  /**
   * Begins to hold the schedule and to send mails that wait: first what an earlier process left
   * undone, then missed slots, then each slot as it comes. Resolves when the past is dealt with. On a full
   * disk too: slots that come there do not run, and what cannot be written down waits for room.
   * Closing the tool ends it. Only for the daemon: a process that stays.
   */
  async start(listeners: ScheduleListeners = {}): Promise<void> {
    if (this.#state !== "idle") return;
    this.#state = "held";
    this.#starting = this.#start(listeners);
    await this.#starting;
  }

  async #start(listeners: ScheduleListeners): Promise<void> {
    const { ports, exclusively, closeOrphans, mail } = this.#options;
    const work = this.#work(listeners);
    await exclusively(async () => {
      closeOrphans();
      // Those for which a full disk has no room left are ended by a look that finds some.
      onFullDiskToo(() => endCutSlots(work));
      this.note("tool-started");
    });
    if (this.#state === "closed") return this.#noteClosed();
    mail.startSending(listeners.onMail);
    const { clock, log } = ports;
    const looks = new SlotLooks(work);
    const waitForRoom = this.#roomWatch(listeners);
    this.#scheduler = new Scheduler({
      clock,
      log,
      async look(mayHaveChanged) {
        const lookAgainAtMs = waitForRoom();
        const looked = await looks.look(mayHaveChanged);
        listeners.onLook?.(looked.nextAtMs);
        return { nextAtMs: earliest(lookAgainAtMs, looked.nextAtMs) };
      },
    });
    await this.#scheduler.start();
  }

  /** Looks whether there is room for what the start had to write, and tells; when to look again, if so. */
  #roomWatch({ onRoom }: ScheduleListeners): () => number | null {
    const { clock, log } = this.#options.ports;
    let hadRoom = true;
    return () => {
      this.#diary.catchUp();
      const hasRoom = !this.#diary.isBehind;
      if (hasRoom !== hadRoom) {
        log.write("warn", hasRoom ? "disk-has-room-again" : "waiting-for-room-on-the-disk");
        onRoom?.(hasRoom);
      }
      hadRoom = hasRoom;
      return hasRoom ? null : clock.nowMs() + ROOM_LOOK_EVERY_MS;
    };
  }

  /** Something outside changed the database or the clock. Does nothing where no schedule is held. */
  lookNow(): void {
    this.#scheduler?.lookNow();
  }

  /** Writes into the tool's diary what it did; on a full disk once there is room. */
  note(event: DiaryEvent): void {
    this.#diary.note(event, this.#options.ports.clock.nowMs());
  }

  /** Holds the schedule no more; resolves when nothing is under way. */
  async close(): Promise<void> {
    if (this.#state === "closed") return this.#closing;
    this.#state = "closed";
    this.#closing = this.#close();
    await this.#closing;
  }

  async #close(): Promise<void> {
    const scheduler = this.#scheduler;
    await scheduler?.stop();
    await this.#starting?.catch(() => undefined);
    if (scheduler !== undefined) this.#noteClosed();
  }

  #noteClosed(): void {
    this.#diary.noteLast("tool-closed", this.#options.ports.clock.nowMs());
  }

  #change(setting: Pick<ScheduleStatus, "schedule" | "isOn">): ScheduleStatus {
    const { database, ports } = this.#options;
    const nowMs = ports.clock.nowMs();
    const { schedule } = setting;
    const first = schedule ?? { weekdays: [0], minuteOfDay: 0 };
    const zone = this.#host().zone();
    const today = dayBeforeFirstSlot(first, zone, nowMs);
    const before = this.#slots.handledDay();
    // A slot that was dealt with stays so, whatever time its day now has (D11).
    const isDealtWith = before !== undefined && !countsAnew(before, zone, nowMs);
    const handledDay = isDealtWith ? Math.max(today, before) : today;
    database.transaction("acknowledged", () => this.#slots.change(setting, handledDay));
    this.lookNow();
    return this.status();
  }

  #work({ onJob }: ScheduleListeners): SlotWork {
    const { ports, database, sources, isLoggedIn, isLoginLost, busyUntilMs } = this.#options;
    const { exclusively, run } = this.#options;
    const { clock, log } = ports;
    const startedAtMs = clock.nowMs();
    const startedElapsedMs = clock.elapsedMs();
    return {
      clock,
      log,
      host: this.#host(),
      database,
      slots: this.#slots,
      history: new JobHistory(database),
      diary: this.#diary,
      get startedAtMs(): number {
        // A clock that was set back since must not put the start into the future; the other clock
        // may stand still while the PC sleeps, which must not bring it nearer.
        const ranMs = clock.elapsedMs() - startedElapsedMs;
        return Math.min(startedAtMs, clock.nowMs() - ranMs);
      },
      busyUntilMs,
      sources,
      isLoggedIn,
      isLoginLost,
      exclusively,
      run: (chosen, slotDay) =>
        run(chosen, { trigger: "schedule", slotDay, ...(onJob && { onJob }) }),
      report: (slot) => this.#report(slot),
      closeOrphans: this.#options.closeOrphans,
      onJob,
    };
  }

  #report({ day }: SlotPlace): void {
    const { database, mail, deviceName } = this.#options;
    const jobsBefore = this.#slots.open().find((slot) => slot.day === day)?.jobsBefore ?? 0;
    const jobs = new JobHistory(database).ofSlot(day, jobsBefore).map((job) => {
      const { rows, count } = troubledFiles(database, job.id);
      return { job, troubledFiles: rows, troubledFileCount: count };
    });
    mail.enqueueReport({ deviceName: deviceName(), zone: this.#host().zone(), jobs });
  }

  #host(): Host {
    return knownHost(this.#options.ports.host);
  }
}

function earliest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

/** Does what may be left to a later look where the disk is full. */
function onFullDiskToo(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!isStateFull(error)) throw error;
  }
}

function checkedSchedule({ weekdays, minuteOfDay }: Schedule): Schedule {
  const days = [...new Set(weekdays)].toSorted((left, right) => left - right);
  const isTime = Number.isInteger(minuteOfDay) && minuteOfDay >= 0 && minuteOfDay < 1_440;
  const areDays = days.every((day) => Number.isInteger(day) && day >= 0 && day <= 6);
  if (isTime && areDays && days.length > 0) return { weekdays: days, minuteOfDay };
  throw new AgentError("invalid-setting", message("settings.schedule"));
}
