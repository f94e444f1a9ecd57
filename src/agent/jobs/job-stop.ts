import type { BackupCauseId, CauseId } from "../../protocol/causes/causes.ts";
import type { FileFailure } from "../core/file-outcome.ts";

/** Why a job does not go on, and what becomes of the targets it did not reach. */
export interface StopReason<Cause extends CauseId = BackupCauseId> {
  /** What the targets that were not reached get, and the job itself. */
  readonly failure: FileFailure<Cause>;
  /**
   * How the rest is treated. `list-rest`: the scan goes on so that every target has its row, but
   * nothing is read or sent any more. `at-once`: what was not discovered stays unlisted.
   */
  readonly rest: "list-rest" | "at-once";
  /** Whether a target that can be told unchanged by its times is still 差分無し. */
  readonly trustsIndex: boolean;
}

/** Whether and why a job is to stop. The first reason that came stays. */
export class JobStop<Cause extends CauseId = BackupCauseId> {
  #reason: StopReason<Cause> | undefined;
  readonly #listeners = new Set<() => void>();

  get reason(): StopReason<Cause> | undefined {
    return this.#reason;
  }

  /** Asks the job to stop; a second call is ignored unless it is `at-once` and the first was not. */
  stop(reason: StopReason<Cause>): void {
    const hurry = reason.rest === "at-once" && this.#reason?.rest === "list-rest";
    if (this.#reason !== undefined && !hurry) return;
    this.#reason = reason;
    for (const listener of this.#listeners) listener();
  }

  /** Calls `listener` when the job is asked to stop; returns how to take that back. */
  onStop(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/** A job's stop as those see it who only wait for it, whatever the kind of job. */
export type StopSignal = Pick<JobStop<CauseId>, "reason" | "onStop">;

/** What an operation throws that gave up because its job is to stop. */
export class StoppedError extends Error {
  constructor() {
    super("the job is stopping");
    this.name = "StoppedError";
  }
}

/** What ends a run before its time: a person, a login that the service no longer takes, or the tool's end. */
export type RunStopKind = "interrupt" | "logout" | "login-lost" | "close";

/**
 * Whether a run is to stop, whatever kind of job it is at. `close` overtakes the others, since nothing
 * may be waited for any more; otherwise the first that came stays.
 */
export class RunStop {
  #kind: RunStopKind | undefined;
  readonly #listeners = new Set<(kind: RunStopKind) => void>();

  get kind(): RunStopKind | undefined {
    return this.#kind;
  }

  stop(kind: RunStopKind): void {
    if (this.#kind !== undefined && (kind !== "close" || this.#kind === "close")) return;
    this.#kind = kind;
    for (const listener of this.#listeners) listener(kind);
  }

  /** Calls `listener` when the run is asked to stop, at once when it was; returns how to take that back. */
  onStop(listener: (kind: RunStopKind) => void): () => void {
    if (this.#kind !== undefined) listener(this.#kind);
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
