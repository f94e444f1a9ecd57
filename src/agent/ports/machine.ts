/** The PC that the tool runs on. */
export interface Machine {
  /**
   * A text that this PC has and no other, the same after a restart and an update; null where the system keeps none. A
   * PC that was cloned as a whole has that of the first. Never rejects.
   */
  id(): Promise<string | null>;
}
