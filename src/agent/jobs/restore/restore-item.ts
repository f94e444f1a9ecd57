import type { Message } from "../../../messages/message.ts";
import type { JobFileRecord } from "../../../protocol/job-record.ts";
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
  /** Permission bits; undefined when nothing is known of them. */
  readonly mode: number | undefined;
  readonly sha256: string;
  /** Of two files the one with the greater was written to later on the service. */
  readonly writeOrder: number;
  /** It, or a folder that it is in, is not the current one of its name: never put under that name. */
  readonly isOlder?: boolean;
}

/** An entry that is not restored, for a reason that is no trouble: its row is 対象外. */
export interface LeftOut {
  readonly kind: "left-out";
  readonly row: Pick<JobFileRecord, "path" | "entryKind" | "sizeBytes">;
  readonly why: Message;
}

/** What the plan hands to those who write, in the order of the listing. */
export type RestoreItem = FileToRestore | SettledEntry | LeftOut;
