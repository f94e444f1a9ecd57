import type { Message } from "../../../messages/message.ts";
import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import type { StopFact } from "../../observation/stop-fact.ts";
import type { InvariantId } from "./violation.ts";

/** A job of any kind, as far as all kinds are checked alike. */
export interface CheckedJob {
  readonly sourcePath: string;
  /** As the history showed it at the end. */
  readonly job: JobRecord;
  readonly rows: readonly JobFileRecord[];
  /** Its row, each time somebody looked while it worked or waited; undefined where it was not shown. */
  readonly looks: readonly (JobRecord | undefined)[];
  /** Whether an earlier job was cut off. */
  readonly afterRestart: boolean;
  readonly stop: StopFact | undefined;
}

/** Adds a violation about the job. */
export type Report = (invariant: InvariantId, message: Message) => void;
