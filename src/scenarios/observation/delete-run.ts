import type { JobRecord } from "../../protocol/job-record.ts";
import type { DeviceName } from "./device-name.ts";
import type { ExplorerFact } from "./explorer-fact.ts";
import type { JobObservation } from "./job-observation.ts";
import type { BackupRun } from "./backup-run.ts";
import type { ObservationWindow } from "./observation-window.ts";

/** A request to delete something, as the service received it. */
export interface DeletionRequest {
  /** Its place among the changes and disk calls of the scenario. */
  readonly seq: number;
  readonly entryKind: "file" | "folder";
  /** Below the destination, names joined by `/`. */
  readonly path: string;
}

/** What the world knows about the time in which a delete job worked. */
export interface DeletionWork extends ObservationWindow {
  /** Requests to delete something below the destination, in the order in which they arrived. */
  readonly deletionRequests: readonly DeletionRequest[];
  /** The row as it was when the job had just begun. */
  readonly jobAtStart: JobRecord;
}

/**
 * One delete job of one agent: it worked, or it is only said why it did not. Its `stop` ended the run
 * of backups, whatever job it met.
 */
export interface DeleteRun extends JobObservation {
  readonly phase: BackupRun["phase"];
  readonly device: DeviceName;
  /** The backup it follows; undefined when that one never began. */
  readonly backup: BackupRun | undefined;
  /** Whether the person saw what D15 is about and wants the deletions all the same. */
  readonly isConfirmed: boolean;
  /** Whether its row was seen 待機中. */
  readonly hasWaited: boolean;
  /** Sources that come after it in the run, and those of them whose rows were 待機中 while it worked. */
  readonly laterSources: readonly string[];
  readonly waitingSources: ReadonlySet<string>;
  /** What people did to single entries of the destination up to the end of the job, oldest first. */
  readonly acts: readonly ExplorerFact[];
  /** Undefined for a job that never began to work. */
  readonly work: DeletionWork | undefined;
}
