/**
 * How the in-memory parts tell the driver that something is still moving. A part bumps it for every
 * step it makes (a chunk delivered, a disk call answered); the driver lets no virtual time pass
 * until a few turns went by without a bump. `hold` is for work the driver cannot see otherwise, such
 * as a thread-pool job (zlib, scrypt, a real file).
 */
export class Activity {
  #steps = 0;
  #held = 0;

  /** Steps so far; only ever grows. */
  get steps(): number {
    return this.#steps;
  }

  /** Jobs that are held open now; time stands still while there are any. */
  get held(): number {
    return this.#held;
  }

  /** Records one step. */
  bump(): void {
    this.#steps += 1;
  }

  /** Stops virtual time until the returned function is called; calling it twice does nothing more. */
  hold(): () => void {
    this.#held += 1;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#held -= 1;
      this.#steps += 1;
    };
  }

  /** Stops virtual time until `work` has settled, and passes its outcome on. */
  async during<Value>(work: PromiseLike<Value>): Promise<Value> {
    const release = this.hold();
    try {
      return await work;
    } finally {
      release();
    }
  }
}
