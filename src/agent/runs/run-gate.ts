import { AgentError } from "../agent-error.ts";
import { RunStop, type RunStopKind } from "../jobs/job-stop.ts";
import type { Clock } from "../ports/clock.ts";
import { message } from "../../messages/message.ts";

/** Lets one run of jobs through at a time, and stops it when asked to. */
export class RunGate {
  readonly #clock: Pick<Clock, "nowMs">;
  #running: { readonly stop: RunStop; readonly ended: Promise<unknown> } | undefined;
  #busyUntilMs = 0;
  #isClosed = false;

  constructor(clock: Pick<Clock, "nowMs">) {
    this.#clock = clock;
  }

  /** Whether the tool is closed: nothing is begun any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** Until when something ran last, by the wall clock: the present while it does, 0 when nothing did. */
  get busyUntilMs(): number {
    return this.isBusy ? this.#clock.nowMs() : this.#busyUntilMs;
  }

  /** Throws `AgentError` (`closed`, `busy`) unless a person may begin something now. */
  mustBeIdle(): void {
    if (this.#isClosed) throw new AgentError("closed", message("home.closed"));
    if (!this.isBusy) return;
    throw new AgentError("busy", message("home.busy"));
  }

  /** Lets a person begin nothing more and asks the run under way to stop. */
  close(): void {
    this.#isClosed = true;
    this.ask("close");
  }

  /** Carries jobs out; only while nothing else runs. */
  async run<Result>(work: (stop: RunStop) => Promise<Result>): Promise<Result> {
    if (this.#running !== undefined) throw new TypeError("two runs at once");
    const stop = new RunStop();
    const ended = work(stop);
    this.#running = { stop, ended };
    try {
      return await ended;
    } finally {
      this.#running = undefined;
      this.#busyUntilMs = this.#clock.nowMs();
    }
  }

  /** Resolves once nothing runs. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running.ended.catch(() => undefined);
  }

  /** Asks the run under way to stop; nothing when none is. */
  ask(kind: RunStopKind): void {
    this.#running?.stop.stop(kind);
  }

  /** Asks the run under way to stop and waits for its end. */
  async stop(kind: RunStopKind): Promise<void> {
    this.ask(kind);
    await this.#running?.ended.catch(() => undefined);
  }
}
