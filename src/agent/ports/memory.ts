/** The part of a job that asks, so that a simulated gauge can run out at a chosen point. */
export type MemoryActivity = "scan" | "compare" | "restore" | "delete";

/** What a stage holds at once for the sake of so many files: the rest of its memory does not grow with them. */
export interface HeldEntries {
  readonly entryCount: number;
  /** Bytes of UTF-8 of their names or paths, whichever are held. */
  readonly pathBytes: number;
}

/**
 * What the agent asks about its own memory (the agent stops itself before the host does), and tells
 * about it: a stage tells what it takes as it takes it, and gives exactly that back.
 */
export interface MemoryGauge {
  /** Bytes the process holds now; cheap enough to be asked once per hundred files. */
  usedBytes(activity: MemoryActivity): number;
  /** Bytes that the PC lets the process hold; infinite where nothing but its own budget limits it. */
  allowedBytes(): number;
  /** A stage holds these from now on. */
  take(held: HeldEntries): void;
  /** It holds these no more. */
  give(held: HeldEntries): void;
}
