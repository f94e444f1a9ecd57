/** What ends a run before its time: a person, or the tool's end. */
export type RunStopKind = "interrupt" | "logout" | "close";

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
