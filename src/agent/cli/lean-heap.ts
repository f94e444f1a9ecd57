import { setFlagsFromString } from "node:v8";

/**
 * Tells V8 to collect early rather than to let garbage pile up while the machine has memory left.
 * Without it a backup of ten times the files peaks 120 MB higher, all of it garbage (I12); with it
 * the peak stays within a few MB. Has to run before much is allocated.
 */
export function leanHeap(): void {
  setFlagsFromString("--optimize-for-size");
  setFlagsFromString("--max-semi-space-size=8");
}
