/** What a port of a process throws that is gone: nobody is left to hear it. */
export class FencedError extends Error {
  constructor() {
    super("this process is gone");
    this.name = "FencedError";
  }
}

/**
 * Between one incarnation of the agent and the world. When its process is killed the fence closes:
 * promises never settle, timers never fire, statements throw.
 */
export class Fence {
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
    if (this.#isClosed) throw new FencedError();
  }

  /** Passes an outcome on as long as the process is there; afterwards the promise never settles. */
  pass<Value>(work: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      work.then(
        (value) => {
          if (!this.#isClosed) resolve(value);
        },
        (error: unknown) => {
          // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- passed on as it is
          if (!this.#isClosed) reject(error);
        },
      );
    });
  }
}
