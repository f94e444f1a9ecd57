/** A time as Node's `utimes` takes it: seconds since 1970, as a number or text, or a Date. */
export type DiskTime = number | string | { getTime(): number };

/**
 * The nanoseconds a disk keeps for it. A number of seconds is a double, so that what arrives is
 * exact to about 200 ns only; and a negative number means now (a negative Date or text does not).
 * Node on a real disk does the same.
 */
export function nanosecondsOf(time: DiskTime, nowMs: number): bigint {
  if (typeof time === "number" && time < 0) return nanosecondsOf(nowMs / 1000, nowMs);
  const seconds = typeof time === "object" ? time.getTime() / 1000 : Number(time);
  const whole = Math.floor(seconds);
  return BigInt(whole) * 1_000_000_000n + BigInt(Math.trunc((seconds - whole) * 1e9));
}
