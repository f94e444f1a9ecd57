/** Something that the tool said it waits for, or does not wait for any more. */
export interface WaitFact {
  readonly kind: "no-answer" | "retry" | "over";
  /** When it was said, by the time of the world. */
  readonly elapsedMs: number;
  /** The same by the wall clock of the PC. */
  readonly atMs: number;
  /** As it was said: when the next try is, by that clock; null where none is told. */
  readonly nextTryAtMs: number | null;
  /** As it was said: until when it waits; null where none is told. */
  readonly untilMs: number | null;
}
