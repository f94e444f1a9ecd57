/** One place of the source that is changed. */
export interface Patch {
  /** Below the project. */
  readonly file: string;
  /** Text that stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** Something taken away from the agent or the service, which the scenarios must notice. */
export interface Bug {
  readonly name: string;
  /** What is no longer done. */
  readonly takesAway: string;
  readonly patches: readonly Patch[];
}
