/** The part of a job that asks, so that a simulated gauge can run out at a chosen point. */
export type MemoryActivity = "scan" | "compare" | "restore" | "delete";

/** What the agent asks about its own memory (the agent stops itself before the host does). */
export interface MemoryGauge {
  /** Bytes the process holds now; cheap enough to be asked once per hundred files. */
  usedBytes(activity: MemoryActivity): number;
}
