/** How often a fault of a run truly struck, as the simulated part counted it. */
export interface FiredFault {
  readonly layer: "network" | "outage" | "storage" | "disk" | "memory";
  /** Its number in the run's list of that layer. */
  readonly index: number;
  readonly hitCount: number;
}
