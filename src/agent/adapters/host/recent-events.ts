import type { HostEvent } from "../../ports/host.ts";

/** How many lines of a system's log are read at most: several months of any PC. */
export const LOG_LINE_COUNT_MAX = 2_000;

/** Whether an event is about who is signed in; the others are about power. */
export function isSignIn({ kind }: HostEvent): boolean {
  return kind === "sign-in" || kind === "sign-out";
}

/**
 * What `Host.eventsBetween` gives out of all that a log has: events from `fromMs` to `toMs`, both
 * included, oldest first, and before them the last one of power and the last one of sign-in.
 */
export function eventsWithin(
  events: readonly HostEvent[],
  fromMs: number,
  toMs: number,
): readonly HostEvent[] {
  const sorted = events.toSorted((a, b) => a.atMs - b.atMs);
  const before = sorted.filter(({ atMs }) => atMs < fromMs);
  const lasts = new Set([
    before.findLast((event) => !isSignIn(event)),
    before.findLast((event) => isSignIn(event)),
  ]);
  return sorted.filter((event) => lasts.has(event) || (event.atMs >= fromMs && event.atMs <= toMs));
}
