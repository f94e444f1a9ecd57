import type { JobFileRecord, JobRecord } from "../../protocol/job-record.ts";
import type { RunFaults } from "../scenario/run-faults.ts";
import type { StopFact } from "./stop-fact.ts";

/** What is recorded of a job of any kind. */
export interface JobObservation {
  /** Number of the timeline's step; the healing runs after the timeline count on. */
  readonly step: number;
  /** The source folder, as the scenario writes it. */
  readonly sourcePath: string;
  /** Its destination folder on the service. */
  readonly destination: string;
  /** The faults of the step. */
  readonly faults: RunFaults;
  /** What ended the job, or the run it is part of, before its time. */
  readonly stop: StopFact | undefined;
  /** What ended the process once the job had its end, before anybody was told: it ended the run, not the job. */
  readonly stopBehind: StopFact | undefined;
  /** The row as the history showed it at the end of the job. */
  readonly job: JobRecord;
  readonly rows: readonly JobFileRecord[];
  /** Its row, each time somebody looked while it worked or waited; undefined where it was not shown. */
  readonly looks: readonly (JobRecord | undefined)[];
}
