import type { Timers } from "../kernel/timers.ts";
import { nextLocalStart } from "./next-local-start.ts";
import type { PcTask, PcTaskStatus } from "./sim-host.ts";

/** A task as the scheduler keeps it. */
export interface RegisteredTask {
  readonly task: PcTask;
  /** Whether it also starts with nobody signed in. */
  readonly worksSignedOut: boolean;
  /** What it signs in with when it starts; undefined where it needs none. */
  readonly password: string | undefined;
}

interface PcSchedulerOptions {
  readonly clock: Timers & { nowMs(): number };
  readonly zone: () => string;
  /** The task's time has come, whatever the PC is doing. */
  readonly onDue: (registered: RegisteredTask) => void;
}

/** The clock side of the OS scheduler: one task at most, and when its time has come. */
export class PcScheduler {
  readonly #options: PcSchedulerOptions;
  #registered: RegisteredTask | undefined;
  #cancel: () => void = () => undefined;

  constructor(options: PcSchedulerOptions) {
    this.#options = options;
  }

  /** The task, or undefined. */
  get registered(): RegisteredTask | undefined {
    return this.#registered;
  }

  /** Keeps a task in the place of the one before. */
  register(registered: RegisteredTask): void {
    this.#registered = registered;
    this.rearm();
  }

  /** Forgets the task. */
  remove(): void {
    this.#registered = undefined;
    this.#cancel();
  }

  status(): PcTaskStatus {
    if (this.#registered === undefined) {
      return { isRegistered: false, worksSignedOut: false, task: null };
    }
    const { task, worksSignedOut } = this.#registered;
    const { weekdays, minuteOfDay } = task;
    return { isRegistered: true, worksSignedOut, task: { weekdays, minuteOfDay } };
  }

  /** Looks at clock and zone anew: one of them was set. */
  rearm(): void {
    this.#cancel();
    const registered = this.#registered;
    if (registered === undefined || !registered.task.weekdays.some(isWeekday)) return;
    const { clock, zone, onDue } = this.#options;
    const nowMs = clock.nowMs();
    const delayMs = nextLocalStart(zone(), registered.task, nowMs) - nowMs;
    this.#cancel = clock.setTimer(delayMs, () => {
      this.rearm();
      onDue(registered);
    });
  }
}

/** A task for no day of the week is kept, and never starts. */
function isWeekday(day: number): boolean {
  return Number.isInteger(day) && day >= 0 && day <= 6;
}
