/** The agent made or removed a name on the disk. */
export interface NameFact {
  readonly act: "made" | "removed";
  /** Where it truly stands, links on the way followed. */
  readonly path: string;
}
