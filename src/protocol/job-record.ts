import type { CauseId } from "./causes/causes.ts";
import type { FileStatus } from "./file-status.ts";
import type { JobKind } from "./job-kind.ts";
import type { Status } from "./status.ts";
import type { Message } from "../messages/message.ts";

/** What started a job: a person's run-now, the schedule, or 再実行 of an earlier job (F12, F19). */
export const JOB_TRIGGERS = ["manual", "schedule", "rerun"] as const;
/** What started a job. */
export type JobTrigger = (typeof JOB_TRIGGERS)[number];

/** What to do with a file that stands where one is to be restored (F42). */
export const CONFLICT_CHOICES = ["overwrite", "keep-both", "skip"] as const;
/** What to do with a file that stands where one is to be restored (F42). */
export type ConflictChoice = (typeof CONFLICT_CHOICES)[number];

/** What a job was to do, kept so that 再実行 can show it and do the same again (F19, F32). */
export type JobSettings =
  | ({ readonly kind: "backup" } & Readonly<
      Record<"includeHidden" | "compareUpload" | "compareDelete", boolean>
    >)
  | {
      readonly kind: "restore";
      readonly entryKind: "file" | "folder";
      /** Null: the newest. */
      readonly generation: number | null;
      /** `ask`: a person was asked for each. */
      readonly onConflict: ConflictChoice | "ask";
    };

/**
 * One row of the history lists (F30). Counts and bytes are what was transferred in that job (D3): sent
 * by a backup, restored by a restore, deleted by a delete job.
 */
export interface JobRecord {
  readonly id: number;
  readonly kind: JobKind;
  readonly trigger: JobTrigger;
  /** Null when the source was removed since. */
  readonly sourceId: number | null;
  /** Where from: the source folder; for a restore the place on the service. */
  readonly sourcePath: string;
  /** Where to: the place on the service; for a restore the folder on this PC. */
  readonly destination: string;
  readonly startedAtMs: number;
  /** Null while it runs and for a job that was cut off (D2). */
  readonly endedAtMs: number | null;
  readonly status: Status;
  /** What may have caused the status, most likely first. Several where the agent cannot tell apart. */
  readonly causes: readonly CauseId[];
  /** The slot it belongs to, by its day number since 1970-01-01; null when a person started it. */
  readonly slotDay: number | null;
  /** What it was to do; null for delete jobs and for rows an older agent wrote. */
  readonly settings: JobSettings | null;
  /** Files and folders the job is about, as far as they are known. */
  readonly targetCount: number;
  /** Files among the targets, and their bytes, as far as they are known (削除対象ファイル数, 容量). */
  readonly targetFileCount: number;
  readonly targetBytes: number;
  /** Targets that have a final file status. */
  readonly processedCount: number;
  readonly transferredFileCount: number;
  readonly transferredBytes: number;
  /** Entries that are no targets: links, devices, hidden files when switched off (D16, F18). */
  readonly excludedCount: number;
  /** For people: what happened to the job as a whole, or null. Never holds a secret. */
  readonly detail: Message | null;
}

/** The status of a row in the details: a file status, or 対象外 (D16). */
export type DetailStatus = FileStatus | "excluded";

/** One row of a job's details (F31). */
export interface JobFileRecord {
  readonly jobId: number;
  /** Position in the job, from 1. */
  readonly position: number;
  /** Path below the source folder or the restored one, names joined by `/`; "" is the source folder itself. Undecodable bytes show as U+FFFD. */
  readonly path: string;
  /** The path's bytes in base64 when it is not valid Unicode (D12), else null. */
  readonly pathBase64: string | null;
  readonly entryKind: "file" | "folder" | "other";
  readonly status: DetailStatus;
  readonly causes: readonly CauseId[];
  readonly sizeBytes: number;
  /** For people: the reason, or null. */
  readonly detail: Message | null;
}
