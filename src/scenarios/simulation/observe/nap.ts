/** A sleep of the PC, by elapsed time. */
export interface Nap {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How long each sleep was that a job had a part in which began then. */
export function napsWithin(naps: readonly Nap[], startedMs: number): readonly number[] {
  return naps.filter(({ toMs }) => toMs >= startedMs).map(({ fromMs, toMs }) => toMs - fromMs);
}
