import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import type { StopFact } from "../../observation/stop-fact.ts";
import type { InvariantId } from "./violation.ts";

/** A job of any kind, as far as all kinds are checked alike. */
export interface CheckedJob {
  readonly sourcePath: string;
  /** As the history showed it at the end. */
  readonly job: JobRecord;
  readonly rows: readonly JobFileRecord[];
  /** The row as it was when the job had just begun; undefined for a job that did not. */
  readonly jobAtStart: JobRecord | undefined;
  /** Whether its row was seen 待機中. */
  readonly hasWaited: boolean;
  /** Whether an earlier job was cut off. */
  readonly afterRestart: boolean;
  readonly stop: StopFact | undefined;
}

/** Adds a violation about the job. */
export type Report = (invariant: InvariantId, message: string) => void;
