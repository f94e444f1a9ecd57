import type { DiskEntry } from "./source-disk.ts";

/** A folder's names that did not fit into memory, on their way to being in order. */
export interface SpilledFolder {
  /** Adds names, in any order. */
  add(entries: readonly DiskEntry[]): void;
  /** The names in order of key (core/compare-keys.ts), at most `count` at a time. */
  chunks(count: number): Iterable<readonly DiskEntry[]>;
  /** Frees what the folder took; nothing can be asked afterwards. */
  drop(): void;
}

/** Room outside memory for the names of huge folders (I12). */
export interface NameSpill {
  open(): SpilledFolder;
}
