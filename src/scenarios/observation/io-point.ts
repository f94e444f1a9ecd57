/** What the tool does, or has done to it, at a point. */
export const IO_KINDS = ["disk", "database", "network"] as const;

/** One of {@link IO_KINDS}. */
export type IoKind = (typeof IO_KINDS)[number];

/** A moment right before something that the tool does to the world, or the world to it. */
export interface IoPoint {
  /** Number of the timeline's step. */
  readonly step: number;
  /** From 1, in the order of the step. */
  readonly nth: number;
  /** Since the world began. */
  readonly elapsedMs: number;
  readonly kind: IoKind;
  /** Which call, statement or bytes. */
  readonly detail: string;
}
