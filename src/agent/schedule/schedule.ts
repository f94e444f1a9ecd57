import type { AgentPorts } from "../ports/agent-ports.ts";
import type { BackupRequest } from "../jobs/requests.ts";
import { AgentError } from "../agent-error.ts";
import { countsAnew, dayBeforeFirstSlot, type Schedule } from "./slots.ts";
import type { RunStopKind } from "../jobs/job-stop.ts";
import type { MailApi } from "../mail/mail-api.ts";
import type { Host } from "../ports/host.ts";
import { scheduleStatus } from "./status.ts";
import type { ScheduleApi, ScheduleListeners, ScheduleStatus } from "./schedule-api.ts";
import { dealWithSlots, endCutSlots, type SlotPlace, type SlotWork } from "./deal-with-slots.ts";
import { Scheduler } from "./scheduler.ts";
import { Diary, type DiaryEvent } from "./diary.ts";
import { JobHistory } from "../state/job-history.ts";
import type { SourceFolder } from "../state/records.ts";
import { SlotStore } from "./slot-store.ts";
import type { StateDatabase } from "../state/state-database.ts";
import { troubledFiles } from "../state/troubled-files.ts";

/** What `AgentSchedule` is made of. */
export interface AgentScheduleOptions {
  readonly ports: AgentPorts;
  readonly database: StateDatabase;
  readonly mail: Pick<MailApi, "enqueueReport" | "startSendingMail">;
  readonly deviceName: () => string;
  readonly sources: () => readonly SourceFolder[];
  readonly isLoggedIn: () => boolean;
  readonly busyUntilMs: () => number;
  readonly exclusively: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Backs sources up once nothing else runs; resolves to what stopped the run, if anything did. */
  readonly run: (
    sources: readonly SourceFolder[],
    request: BackupRequest,
  ) => Promise<RunStopKind | undefined>;
  /** Closes the jobs that a process of the past left running. */
  readonly closeOrphans: () => void;
}

/** The automatic backup: schedule, slots and their reports. See `ScheduleApi` for what each method does. */
export class AgentSchedule implements ScheduleApi {
  readonly #options: AgentScheduleOptions;
  readonly #slots: SlotStore;
  readonly #diary: Diary;
  #state: "idle" | "held" | "closed" = "idle";
  #starting: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  #scheduler: Scheduler | undefined;

  constructor(options: AgentScheduleOptions) {
    this.#options = options;
    this.#slots = new SlotStore(options.database);
    this.#diary = new Diary(options.database);
  }

  schedule(): ScheduleStatus {
    return scheduleStatus(this.#slots, this.#host().zone(), this.#options.ports.clock.nowMs());
  }

  setSchedule(schedule: Schedule): ScheduleStatus {
    return this.#change({ schedule: checkedSchedule(schedule), isOn: this.#slots.setting().isOn });
  }

  setAutomaticBackup(isOn: boolean): ScheduleStatus {
    return this.#change({ schedule: this.#slots.setting().schedule, isOn });
  }

  async startSchedule(listeners: ScheduleListeners = {}): Promise<void> {
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
      endCutSlots(work);
      this.note("tool-started");
    });
    if (this.#state === "closed") return this.note("tool-closed");
    mail.startSendingMail(listeners.onMail);
    const { clock, log } = ports;
    this.#scheduler = new Scheduler({
      clock,
      log,
      async look() {
        const looked = await dealWithSlots(work);
        listeners.onLook?.(looked.nextAtMs);
        return looked;
      },
    });
    await this.#scheduler.start();
  }

  lookAtSchedule(): void {
    this.#scheduler?.lookNow();
  }

  /** Writes into the tool's diary what it did. */
  note(event: DiaryEvent): void {
    const { database, ports } = this.#options;
    database.transaction("acknowledged", () => this.#diary.write(event, ports.clock.nowMs()));
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
    if (scheduler !== undefined) this.note("tool-closed");
  }

  #change(setting: Pick<ScheduleStatus, "schedule" | "isOn">): ScheduleStatus {
    const { database, ports } = this.#options;
    const nowMs = ports.clock.nowMs();
    const { schedule } = setting;
    const first = schedule ?? { weekdays: [0], minuteOfDay: 0 };
    const today = dayBeforeFirstSlot(first, this.#host().zone(), nowMs);
    const before = this.#slots.state();
    // A slot that was dealt with stays so, whatever time its day now has (D11).
    const isDealtWith = before !== undefined && !countsAnew(before.seenMs, nowMs);
    const handledDay = isDealtWith ? Math.max(today, before.handledDay) : today;
    database.transaction("acknowledged", () => this.#slots.change(setting, handledDay, nowMs));
    this.lookAtSchedule();
    return this.schedule();
  }

  #work({ onJob }: ScheduleListeners): SlotWork {
    const { ports, database, sources, isLoggedIn, busyUntilMs, exclusively, run } = this.#options;
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
      exclusively,
      run: (chosen, slotDay) =>
        run(chosen, { trigger: "schedule", slotDay, ...(onJob && { onJob }) }),
      report: (slot) => this.#report(slot),
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
    const { host } = this.#options.ports;
    if (host === undefined) throw new AgentError("invalid-setting", "this tool knows no PC");
    return host;
  }
}

function checkedSchedule({ weekdays, minuteOfDay }: Schedule): Schedule {
  const days = [...new Set(weekdays)].toSorted((left, right) => left - right);
  const isTime = Number.isInteger(minuteOfDay) && minuteOfDay >= 0 && minuteOfDay < 1_440;
  const areDays = days.every((day) => Number.isInteger(day) && day >= 0 && day <= 6);
  if (isTime && areDays && days.length > 0) return { weekdays: days, minuteOfDay };
  throw new AgentError(
    "invalid-setting",
    "a schedule is a time from 00:00 to 23:59 on at least one day of the week",
  );
}
