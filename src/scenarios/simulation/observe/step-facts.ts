import type { RunFaults } from "../../scenario/run-faults.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { Loss } from "../../observation/loss.ts";

/** What a step says about the jobs that run in it. */
export interface StepFacts {
  readonly step: number;
  readonly phase: BackupRun["phase"];
  readonly faults: RunFaults;
  readonly crowded: boolean;
  /** How the destination of a source went away, by the source's path. */
  readonly destinationLosses: ReadonlyMap<string, Loss>;
  readonly sourceLosses: ReadonlyMap<string, Loss>;
  /** The settings of a job that is done again; undefined: as they are set now. */
  readonly settings?: Pick<BackupRun, "includeHidden" | "compareUpload" | "compareDelete">;
  readonly outageBegan: () => boolean;
}
