/**
 * A slot within this time is waited for with nobody signed in: the lead time of the OS task, and an
 * hour by which clocks may change between its start and the slot.
 */
const SOON_MS = 90 * 60_000;

/** What a tool that holds the schedule has before it. */
interface Work {
  /** The next slot by the PC's clock, null when there is none; undefined until the past is dealt with. */
  readonly nextAtMs: number | null | undefined;
  readonly nowMs: number;
  /** Mails that wait to be sent. */
  readonly waitingMailCount: number;
}

/** Whether a tool that the OS started for a slot stays though nobody is signed in: a slot comes soon, or a mail waits. */
export function hasWorkSoon({ nextAtMs, nowMs, waitingMailCount }: Work): boolean {
  if (nextAtMs === undefined) return true;
  const isSlotSoon = nextAtMs !== null && nextAtMs - nowMs < SOON_MS;
  return isSlotSoon || waitingMailCount > 0;
}
