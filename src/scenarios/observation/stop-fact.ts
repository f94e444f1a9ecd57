/** What ended a run before its time. */
export type StopKind = "interrupt" | "logout" | "close-tool" | "kill" | "power-loss";

/** A stop that came while a job was running. */
export interface StopFact {
  readonly kind: StopKind;
  readonly atMs: number;
}
