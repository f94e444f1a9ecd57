/** What somebody did in the explorer to a single entry of a destination. */
export interface ExplorerFact {
  /** Its place among the changes, disk calls and deletions of the scenario. */
  readonly seq: number;
  readonly act: "delete-file" | "rename-file" | "delete-folder" | "put-file" | "replace-file";
  /** The destination folder it happened in. */
  readonly destination: string;
  /** Below that folder, names joined by `/`. A renaming is a fact of both its paths. */
  readonly path: string;
  /** Of the bytes that were put; undefined for everything else. */
  readonly sha256: string | undefined;
}
