import type { PcFact } from "../../observation/pc-record.ts";

/** When a slot came, and when it was noticed. */
export interface SlotMoments {
  /** Its time by the wall clock. */
  readonly slotMs: number;
  /** When the wall clock showed that time last before it was noticed, by elapsed time. */
  readonly cameMs: number;
  /** When it was noticed at the earliest and at the latest, by elapsed time. */
  readonly noticedFromMs: number;
  readonly noticedMs: number;
  /** What the wall clock showed when it was noticed at the latest. */
  readonly noticedWallMs: number;
}

/**
 * The sources that have a row for a slot, by their paths: those that were in the list when it came and still are when
 * it is noticed. `perhaps`: where a source was taken out while it may have been noticed, and where the clock was set
 * back between the adding and the notice, so that both times by the clock do not tell which was earlier.
 */
export function sourcesAtSlot(
  facts: readonly PcFact[],
  { slotMs, cameMs, noticedFromMs, noticedMs, noticedWallMs }: SlotMoments,
): ReadonlyMap<string, "surely" | "perhaps"> {
  const found = new Map<string, "surely" | "perhaps">();
  for (const { change, elapsedMs, wallMs } of facts) {
    if (elapsedMs > noticedMs) break;
    if (change.what === "source-removed") {
      if (elapsedMs > noticedFromMs && found.has(change.path)) found.set(change.path, "perhaps");
      else found.delete(change.path);
    }
    if (change.what !== "source") continue;
    const wasThere = elapsedMs <= cameMs;
    // A time of adding that is still to come was noted before the clock was set back.
    const looksThere = wallMs <= slotMs || wallMs > noticedWallMs;
    if (wasThere !== looksThere) found.set(change.path, "perhaps");
    else if (wasThere) found.set(change.path, "surely");
    else found.delete(change.path);
  }
  return found;
}
