/**
 * The one place of the storage service that waits: for faults that delay. It uses the global timers
 * because the simulator puts virtual ones in their place; on real ports they are real.
 */
export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    // oxlint-disable-next-line no-restricted-globals -- the named edge: virtual in the simulator
    setTimeout(resolve, ms);
  });
}
