import type { JobRecord } from "../../protocol/job-record.ts";
import type { DeviceName } from "./device-name.ts";
import type { ExplorerFact } from "./explorer-fact.ts";
import type { JobObservation } from "./job-observation.ts";
import type { Loss } from "./loss.ts";
import type { StateRepair } from "./state-repair.ts";
import type { ObservationWindow } from "./observation-window.ts";
import type { Standing } from "./restore-run.ts";

/** One backup job of one agent, with what the world knows about its time. */
export interface BackupRun extends JobObservation, ObservationWindow {
  readonly phase: "safety" | "healing";
  /** Whose job: the PC itself, or the neighbour that backs up the same folder under its own name. */
  readonly device: DeviceName;
  /** Which PC its tool runs on, a number: another one once its state was copied there. */
  readonly machine: number;
  readonly includeHidden: boolean;
  /** Whether files of its disk have permission bits. */
  readonly hasModes: boolean;
  /** How the source root went away before the job began, when it did. */
  readonly sourceLost: Loss | undefined;
  /** How the destination folder went away before the job began, when it did. */
  readonly destinationLost: Loss | undefined;
  /** 差分比較アップロード and 差分比較削除, as they were set. */
  readonly compareUpload: boolean;
  readonly compareDelete: boolean;
  /** What people did to single entries of the destination up to the end of the job, oldest first. */
  readonly acts: readonly ExplorerFact[];
  /** Each repair of the tool's state file before it began. */
  readonly repairs: readonly StateRepair[];
  /** The login was gone when the job began. */
  readonly signedOut: boolean;
  /** Other jobs were sending at the same time. */
  readonly crowded: boolean;
  /** Whether an earlier job of this source was cut off, so that the agent may not know what it sent. */
  readonly afterRestart: boolean;
  /** Whether an earlier job of this source was stopped: what it had sent may arrive only now. */
  readonly afterStop: boolean;
  /** What stands at and below the source when it is over, read from the disk itself; of the PC's healing runs only. */
  readonly sourceAfter: Standing | undefined;
  /** The row as it was when the job had just begun. */
  readonly jobAtStart: JobRecord;
}
