/* oxlint-disable eslint/no-restricted-globals --
   This is the one place that touches the machine's own event loop: the driver has to turn it while
   virtual time stands still. */

/**
 * The machine's event loop, taken when this module is loaded and so before any virtual clock is
 * installed. Only the driver turns it; nothing here is virtual.
 */
export const nativeLoop: NativeLoop = {
  soon: setImmediate,
  isBusy,
};

/** What the driver needs of the real event loop. */
export interface NativeLoop {
  /**
   * Calls back in the next turn, after everything that is ready now. Keeps the process alive until
   * then: in-memory sockets are no handles of the operating system, so that a run that stalls would
   * otherwise end the process with exit code 0.
   */
  readonly soon: (callback: () => void) => void;
  /**
   * Whether anyone else waits for a turn of the loop (`setImmediate`) or for a real file. What went
   * to `nextTick` or a promise has run by the time a turn begins. Jobs of zlib and crypto do not show.
   */
  readonly isBusy: () => boolean;
}

function isBusy(): boolean {
  for (const resource of process.getActiveResourcesInfo()) {
    if (resource === "Immediate" || resource.startsWith("FSReq")) return true;
  }
  return false;
}
