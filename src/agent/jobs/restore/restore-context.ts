import type { RestoreCauseId } from "../../../protocol/cause.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";
import type { Service } from "../../ports/service.ts";
import type { TargetDisk } from "../../ports/target-disk.ts";
import type { RestoreLeftovers } from "../../state/restore-leftovers.ts";
import type { RestoredFiles } from "../../state/restored-files.ts";
import type { Tuning } from "../../tuning.ts";
import type { JobStop } from "../job-stop.ts";
import type { Retrier } from "../retrier.ts";
import type { ConflictChooser } from "./conflict-chooser.ts";
import type { SyncedRows } from "./synced-rows.ts";
import type { Mutex } from "./mutex.ts";
import type { RestoreRecorder } from "./restore-recorder.ts";

/** What the stages of one restore share. */
export interface RestoreContext {
  readonly jobId: number;
  readonly clock: Clock;
  readonly disk: TargetDisk;
  readonly log: Log;
  readonly service: Service;
  readonly tuning: Tuning;
  readonly stop: JobStop<RestoreCauseId>;
  readonly retrier: Retrier;
  readonly recorder: RestoreRecorder;
  readonly syncedRows: SyncedRows;
  readonly conflicts: ConflictChooser;
  readonly leftovers: RestoreLeftovers;
  readonly restored: RestoredFiles;
  /** Files are put under their final names one at a time, so that none replaces another of this job. */
  readonly putting: Mutex;
  /** The chosen folder on this PC. */
  readonly targetPath: string;
}
