import type { RestoreCauseId } from "../../../protocol/causes/causes.ts";
import type { TargetDisk } from "../../ports/target-disk.ts";
import type { RestoreLeftovers } from "../../state/restore-leftovers.ts";
import type { RestoredFiles } from "../../state/restored-files.ts";
import type { RestoredFolders } from "../../state/restored-folders.ts";
import type { JobContext } from "../run-job.ts";
import type { ConflictChooser } from "./conflict-chooser.ts";
import type { Mutex } from "./mutex.ts";
import type { RestoreRecorder } from "./restore-recorder.ts";
import type { SyncedRows } from "./synced-rows.ts";

/** What the stages of one restore share. */
export interface RestoreContext extends JobContext<RestoreCauseId, RestoreRecorder> {
  readonly disk: TargetDisk;
  readonly syncedRows: SyncedRows;
  readonly conflicts: ConflictChooser;
  readonly leftovers: RestoreLeftovers;
  readonly restored: RestoredFiles;
  readonly restoredFolders: RestoredFolders;
  /** Files are put under their final names one at a time, so that none replaces another of this job. */
  readonly putting: Mutex;
  /** The chosen folder on this PC. */
  readonly targetPath: string;
}
