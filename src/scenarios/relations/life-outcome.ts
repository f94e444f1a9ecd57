/** What a life came to, told so that two of them can be compared: no times, no IDs, nothing of how it came about. */
export interface LifeOutcome {
  /** A line for each job in its order: kind, folder, status, causes and counts. */
  readonly jobs: readonly string[];
  /** Of each job the lines of its details, in the order of their paths. */
  readonly rows: readonly (readonly string[])[];
  /** Path on the service -> its generations, the newest first. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** Folders on the service. */
  readonly folders: ReadonlySet<string>;
  /** Path on the PC, in a folder that was restored to -> what stands there. */
  readonly restored: ReadonlyMap<string, string>;
}
