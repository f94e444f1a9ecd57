import type { BackupCauseId } from "../../../protocol/causes/causes.ts";

/** A contract's capacity at one moment (F45). */
export interface Capacity {
  readonly quotaBytes: number;
  readonly freeBytes: number;
}

/**
 * Which of the three ways of running out of capacity this was (B-IC): full before the job began,
 * a file larger than all that was free then, or the limit reached on the way.
 */
export function capacityCause(target: {
  readonly sizeBytes: number;
  readonly capacityAtStart: Capacity | null;
}): Extract<BackupCauseId, `B-IC-${string}`> {
  const start = target.capacityAtStart;
  if (start === null) return "B-IC-1";
  if (start.freeBytes <= 0) return "B-IC-2";
  return target.sizeBytes > start.freeBytes ? "B-IC-3" : "B-IC-1";
}
