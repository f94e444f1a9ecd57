import type { KnownEntry } from "../../state/known-entries.ts";

/** A file or folder that is gone here and to be deleted on the service. */
export interface DeleteTarget extends KnownEntry {
  readonly entryKind: "file" | "folder";
  /** Below the source folder, names joined by `/`. */
  readonly path: string;
}

/** An entry as a target. */
export function toDeleteTarget(entry: KnownEntry): DeleteTarget {
  const { key } = entry;
  return key.endsWith("/")
    ? { ...entry, entryKind: "folder", path: key.slice(0, -1) }
    : { ...entry, entryKind: "file", path: key };
}
