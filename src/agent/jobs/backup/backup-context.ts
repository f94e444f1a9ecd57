import type { Capacity } from "../../core/capacity-cause.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";
import type { Service } from "../../ports/service.ts";
import type { SourceDisk } from "../../ports/source-disk.ts";
import type { ServicePath } from "../../../protocol/service-path.ts";
import type { Tuning } from "../../tuning.ts";
import type { JobStop } from "../job-stop.ts";
import type { Retrier } from "../retrier.ts";
import type { BackupRecorder } from "./backup-recorder.ts";

/** What the stages of one backup job share. */
export interface BackupContext {
  readonly clock: Clock;
  readonly disk: SourceDisk;
  readonly log: Log;
  readonly service: Service;
  readonly tuning: Tuning;
  readonly stop: JobStop;
  readonly retrier: Retrier;
  readonly recorder: BackupRecorder;
  readonly destination: ServicePath;
  /** Whether the service said that the destination folder is there. */
  readonly isDestinationSeen: boolean;
  /** Null when the service could not be asked. */
  readonly capacityAtStart: Capacity | null;
}
