/** What ended a run before its time. */
export type StopKind =
  | "interrupt"
  | "logout"
  /** The service refused the password that the tool remembers. */
  | "login-lost"
  | "close-tool"
  | "kill"
  | "power-loss"
  | "fill-state-disk";

/** A stop that came while a job was running. */
export interface StopFact {
  readonly kind: StopKind;
  readonly atMs: number;
  /** What was to stop the job already when its process ended: it may have come to some targets, or to none. */
  readonly earlier?: StopFact;
}

/** The end of a process under a job that something else may have been about to stop. */
export function cutShort(earlier: StopFact | undefined, cut: StopFact): StopFact {
  return earlier === undefined ? cut : { ...cut, earlier };
}
