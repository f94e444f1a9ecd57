import type { BackupCauseId } from "../../../protocol/causes/causes.ts";
import type { ServicePath } from "../../../protocol/service-path.ts";
import type { Capacity } from "./capacity-cause.ts";
import type { SourceDisk } from "../../ports/source-disk.ts";
import type { JobContext } from "../run-job.ts";
import type { BackupRecorder } from "./backup-recorder.ts";

/** What the stages of one backup job share. */
export interface BackupContext extends JobContext<BackupCauseId, BackupRecorder> {
  readonly disk: SourceDisk;
  readonly destination: ServicePath;
  /** Whether the service said that the destination folder is there. */
  readonly isDestinationSeen: boolean;
  /** Null when the service could not be asked. */
  readonly capacityAtStart: Capacity | null;
}
