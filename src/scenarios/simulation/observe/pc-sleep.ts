/** A sleep of the PC, by elapsed time. */
export interface PcSleep {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How long each sleep was that a job had a part in which began then. */
export function sleepsWithin(sleeps: readonly PcSleep[], startedMs: number): readonly number[] {
  return sleeps.filter(({ toMs }) => toMs >= startedMs).map(({ fromMs, toMs }) => toMs - fromMs);
}
