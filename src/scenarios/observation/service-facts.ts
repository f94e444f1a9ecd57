/** One generation of a file on the service, its bytes looked at. */
export interface GenerationFact {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** From 1, the first ever stored. */
  readonly generation: number;
  /** Nanoseconds since 1970, as decimal text. */
  readonly modifiedAtNs: string;
  /** Permission bits as four octal digits; null for none. */
  readonly mode: string | null;
}

/** What the service was told of a folder; null for what it was not told. */
export interface StoredFolderFact {
  /** Nanoseconds since 1970, as decimal text. */
  readonly modifiedAtNs: string | null;
  /** Permission bits as four octal digits. */
  readonly mode: string | null;
}

/** One file on the service, newest generation first. */
export interface ServiceFileFact {
  readonly generations: readonly GenerationFact[];
}

/** The service at one moment, as far as one destination folder goes. */
export interface ServiceFacts {
  readonly destinationExists: boolean;
  /** Path below the destination -> file. */
  readonly files: ReadonlyMap<string, ServiceFileFact>;
  /** Paths below the destination. */
  readonly folders: ReadonlySet<string>;
  /** Path below the destination -> what is known of that folder. */
  readonly folderFacts: ReadonlyMap<string, StoredFolderFact>;
  readonly quotaBytes: number;
  readonly usedBytes: number;
  /** Sum over every generation the service keeps, counted by the world. */
  readonly storedBytes: number;
  readonly generationCountMax: number;
}
