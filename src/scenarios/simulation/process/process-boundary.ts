/** What a port of a process throws that is gone: nobody is left to hear it. */
export class ProcessGoneError extends Error {
  constructor() {
    super("this process is gone");
    this.name = "ProcessGoneError";
  }
}

/**
 * Between one incarnation of the agent and the world. When its process is killed the boundary closes:
 * timers never fire, statements throw, and the simulated disk and network answer nothing more.
 */
export class ProcessBoundary {
  #isClosed = false;

  /** Whether the process is gone. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The process is gone from now on. */
  close(): void {
    this.#isClosed = true;
  }

  /** Throws when the process is gone. */
  assertOpen(): void {
    if (this.#isClosed) throw new ProcessGoneError();
  }
}
