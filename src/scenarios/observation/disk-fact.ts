/** What stands at a path of the PC's disk, as the world knows it. */
export interface DiskFact {
  readonly path: string;
  /** The last name's bytes in base64 when it is not valid Unicode, else undefined. */
  readonly nameBase64: string | undefined;
  readonly kind: "file" | "folder" | "symbolic-link" | "fifo" | "socket" | "device";
  readonly hidden: boolean;
  readonly denied: boolean;
  readonly locked: boolean;
  /** Permission bits; they mean something where the disk has such. */
  readonly mode: number;
  /** Of files; empty for the rest. */
  readonly sha256: string;
  /** Of files; 0 for the rest. */
  readonly sizeBytes: number;
  /** Which change last gave it its modification time; 0 since the start. */
  readonly timeStamp: number;
  /** The number of the device it is on; what is mounted with `bind` counts as one of its own. */
  readonly device: number;
  /** Which entry it is: the same over a rename, a move and new content, and never another one's. */
  readonly entryId: number;
}

/** A change of one path: what stood there before and after it. */
export interface DiskChangeFact {
  /** Its place among the changes and disk calls of the scenario. */
  readonly seq: number;
  readonly atMs: number;
  readonly path: string;
  readonly before: DiskFact | undefined;
  readonly after: DiskFact | undefined;
  /** What was done, as the scenario calls it. */
  readonly action: string;
}

/** A call of the agent to the PC's disk. */
export interface DiskCallFact {
  /** Its place among the changes and disk calls of the scenario. */
  readonly seq: number;
  readonly atMs: number;
  readonly call: string;
  readonly path: string;
}
