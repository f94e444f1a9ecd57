/* oxlint-disable eslint/no-restricted-globals --
   Reads the global timers at every call on purpose: they are virtual while a VirtualClock is
   installed and the machine's own in a world on real ports. */

/** Timers and elapsed time as the simulated parts need them; `VirtualClock` has the same shape. */
export interface Timers {
  /** Milliseconds since some fixed moment; setting the wall clock does not change it. */
  elapsedMs(): number;
  /** Calls back once after `delayMs`; the returned function cancels. */
  setTimer(delayMs: number, callback: () => void): () => void;
}

/** Whatever timers are global at the moment of each call. */
export const globalTimers: Timers = {
  elapsedMs: () => performance.now(),
  setTimer(delayMs, callback) {
    const handle = setTimeout(callback, delayMs);
    return () => clearTimeout(handle);
  },
};
