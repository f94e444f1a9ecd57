import type { ServicePath } from "../../../protocol/service-path.ts";
import type { FileOutcome } from "../../core/file-outcome.ts";
import type { RestoreCauseId } from "../../../protocol/cause.ts";
import type { JobFileRecord } from "../../state/records.ts";
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

/** Something that has its outcome already: an empty folder that was made, what is not to be written. */
export interface SettledEntry {
  readonly kind: "settled";
  readonly row: Pick<JobFileRecord, "path" | "entryKind">;
  readonly outcome: FileOutcome<RestoreCauseId>;
}

/** What the plan hands to those who write, in the order of the listing. */
export type RestoreItem = FileToRestore | SettledEntry;
