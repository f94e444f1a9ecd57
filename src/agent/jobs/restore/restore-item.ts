import type { ServicePath } from "../../../protocol/service-path.ts";
import type { SettledEntry } from "./settled-entry.ts";
import type { TargetFolder } from "./target-folder.ts";

/** A file that is to be restored, as the listing has it. */
export interface FileToRestore {
  readonly kind: "file";
  /** Its row's path: below the restored folder, names joined by `/`. */
  readonly path: string;
  /** What it is called here. */
  readonly name: string;
  /** Where it goes; held for the file's name. */
  readonly folder: TargetFolder;
  readonly place: ServicePath;
  /** Absent: the newest. */
  readonly generation?: number;
  readonly sizeBytes: number;
  readonly modifiedAtNs: bigint;
  readonly sha256: string;
}

/** What the plan hands to those who write, in the order of the listing. */
export type RestoreItem = FileToRestore | SettledEntry;
