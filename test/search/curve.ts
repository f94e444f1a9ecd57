/** How scenarios are searched: all fresh, or guided by what was kept. */
export type Way = "random" | "guided";

/** A bug that a search found, and when first. */
export interface Found {
  readonly bug: string;
  readonly way: Way;
  readonly seed: number;
  readonly cpuSeconds: number;
}

/** How many bugs were found up to a moment, over all seeds together. */
interface CurvePoint {
  /** Seconds of processor time. */
  readonly at: number;
  readonly counts: Readonly<Record<Way, number>>;
}

const PARTS = [1, 2, 4, 6, 8, 12, 16];

/** How many bugs each way had found at some moments, of which the last is the end. */
export function curve(found: readonly Found[], seconds: number): readonly CurvePoint[] {
  return PARTS.map((part) => {
    const at = Math.round((part / 16) * seconds);
    const countOf = (way: Way): number =>
      found.filter((each) => each.way === way && each.cpuSeconds <= at).length;
    return { at, counts: { random: countOf("random"), guided: countOf("guided") } };
  });
}
