import type { FileFailure } from "../../core/file-outcome.ts";
import type { DiskEntryKind, DiskStat } from "../../ports/source-disk.ts";

/** A file or an empty folder that is to be on the service. */
export interface Target {
  readonly kind: "target";
  readonly entryKind: "file" | "folder";
  /** Its place in the order of the index (core/compare-keys.ts). */
  readonly key: string;
  /** Below the source folder, names joined by `/`. */
  readonly path: string;
  readonly diskPath: string;
  readonly stat: DiskStat;
}

/** A file or folder that should be on the service and cannot be. */
export interface FailedTarget {
  readonly kind: "failed";
  readonly entryKind: "file" | "folder";
  readonly path: string;
  /** The path's bytes when they are not valid Unicode (D12). */
  readonly pathBytes: Uint8Array | null;
  readonly failure: FileFailure;
  /** What it is, where that was looked at; absent when it could not be. */
  readonly stat?: DiskStat | undefined;
  /** Of a folder. */
  readonly diskPath?: string;
}

/** An entry that is no target: a link, a device, ... (D16), or hidden while such are left out (F18). */
export interface Excluded {
  readonly kind: "excluded";
  readonly entryKind: "file" | "folder" | "other";
  readonly path: string;
  readonly why: DiskEntryKind | "hidden";
  /** Of a hidden file or folder: what it is, where that was looked at, and where it stands. */
  readonly stat?: DiskStat | undefined;
  readonly diskPath?: string;
}

/** A folder below the source, whatever is in it: what it is like is saved beside what it holds. */
export interface SeenFolder {
  readonly kind: "seen-folder";
  /** Its place in the order of the index (core/compare-keys.ts). */
  readonly key: string;
  readonly stat: DiskStat;
}

/** What the scan yields, in order of key; a folder that was seen comes behind all that is in it. */
export type ScanItem = Target | FailedTarget | Excluded | SeenFolder;
