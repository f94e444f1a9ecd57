import type {
  ConflictChoice,
  JobFileRecord,
  JobRecord,
  JobTrigger,
} from "../../protocol/job-record.ts";

/** A moment of a running job (F31). */
export interface Progress {
  readonly jobId: number;
  readonly sourcePath: string;
  readonly filesDone: number;
  /** Null until it is known. */
  readonly filesTotal: number | null;
  readonly bytesDone: number;
  readonly bytesTotal: number | null;
  readonly currentPath: string | null;
}

/** What is backed up, for whom, and who follows it. */
export interface BackupRequest {
  /** The slot it is for, by its day number (F12). */
  readonly slotDay?: number;
  /** Default: every source, in the order they were added. */
  readonly sourceIds?: readonly number[];
  /** Default `manual`. */
  readonly trigger?: JobTrigger;
  /**
   * A person saw what D15 is about and wants the deletions carried out all the same. Only with
   * `trigger` `manual`. Default false.
   */
  readonly confirmDeletions?: boolean;
  /** Called often; keep it cheap. When given, totals are estimated by a second walk. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called when a job row is written, before the job starts, and when it ended. */
  readonly onJob?: (job: JobRecord) => void;
  /** Called for every row of the details as it is recorded. */
  readonly onFile?: (row: JobFileRecord) => void;
}

/** A file that stands where one is to be restored (F42). */
export interface Conflict {
  /** The path on this PC. */
  readonly path: string;
  /** What stands there. */
  readonly existing: { readonly sizeBytes: number; readonly modifiedAtNs: bigint };
  /** What would be put there. */
  readonly restored: { readonly sizeBytes: number; readonly modifiedAtNs: bigint };
}

/** What a person says to a conflict. */
export interface ConflictAnswer {
  readonly choice: ConflictChoice;
  /** Also for all the conflicts that follow in this restore (同処理を他のファイルにも適用する). */
  readonly forAll: boolean;
}

/** What is restored, where it goes, and who follows it (F25, F26). */
export interface RestoreRequest {
  /**
   * Which place on the service: its names joined by `/`, from the area down; or a source folder of
   * this PC or a path in one, which stands for its backup.
   */
  readonly from: string;
  /** Default: the folder when there is one of this path, else the file (decision 0004). */
  readonly entryKind?: "file" | "folder";
  /** The folder on this PC: what is in a restored folder goes right into it, a file under its name. */
  readonly to: string;
  /** Of a file: which generation. Default: the newest (F26). */
  readonly generation?: number;
  /** Default `skip`: what stands there is never touched unasked. */
  readonly onConflict?: ConflictChoice | ((conflict: Conflict) => Promise<ConflictAnswer>);
  readonly trigger?: Extract<JobTrigger, "manual" | "rerun">;
  readonly onProgress?: (progress: Progress) => void;
  readonly onJob?: (job: JobRecord) => void;
  readonly onFile?: (row: JobFileRecord) => void;
}

/** Who follows a 再実行 (F32). `onConflict` answers for a restore in which a person was asked; default `skip`. */
export type RerunRequest = Pick<RestoreRequest, "onConflict" | "onProgress" | "onJob" | "onFile">;
