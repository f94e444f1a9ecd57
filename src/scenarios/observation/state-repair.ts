/** A repair of the tool's state file: what of its index could be read. */
export type StateRepair = "lost" | "kept";
