import { CALENDAR_MS_MAX } from "../../../terminal/format-time.ts";

/** An instant as the JSON lines have it. */
export function instantText(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** An instant that there may not be. */
export function instantOrNull(atMs: number | null): string | null {
  return atMs === null ? null : instantText(atMs);
}

/** An instant of nanoseconds since 1970; null beyond the calendar. */
export function nanosecondsText(atNs: string): string | null {
  const atMs = Number(BigInt(atNs) / 1_000_000n);
  return Math.abs(atMs) <= CALENDAR_MS_MAX ? instantText(atMs) : null;
}
