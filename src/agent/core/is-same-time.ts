/** Coarsest that hosts keep a time they are handed as a double of seconds: libuv cut it to µs for long. */
const GRAIN_NS = 1_000n;

/**
 * Whether a file on this PC has the modification time that a restore gives it. Hosts take a time as
 * a double of seconds, so it comes back with what doubles of that size leave out.
 */
export function isSameTime(onDiskNs: bigint, wantedNs: bigint): boolean {
  const offNs = onDiskNs - wantedNs;
  const size = wantedNs < 0n ? -wantedNs : wantedNs;
  const grainNs = GRAIN_NS + (size >> 52n);
  return (offNs < 0n ? -offNs : offNs) <= grainNs;
}
