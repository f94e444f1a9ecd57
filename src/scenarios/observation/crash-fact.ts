/** A process that ended without being asked, and what its successor does not have though it may not lack it. */
export interface CrashFact {
  /** `pc` or `neighbour`. */
  readonly device: string;
  readonly elapsedMs: number;
  readonly kind: "kill" | "power-loss";
  /** What was acknowledged before and is not there any more, in words. */
  readonly losses: readonly string[];
}
