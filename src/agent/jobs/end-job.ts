import type { CauseId } from "../../protocol/cause.ts";
import type { JobOutcome } from "../core/job-outcome.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { JobDetails } from "../state/job-details.ts";
import { JobHistory, type JobCounts } from "../state/job-history.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import type { StateDatabase } from "../state/state-database.ts";

/** What `endJob` works with. */
export interface EndJobOptions {
  readonly clock: Clock;
  readonly database: StateDatabase;
  readonly log: Log;
  readonly onJob: (job: JobRecord) => void;
}

/** How a job ended. */
export interface Ending<Cause extends CauseId> {
  readonly job: JobRecord;
  readonly outcome: JobOutcome<Cause>;
  readonly counts: JobCounts;
  /** For people: what befell the job as a whole, or null. */
  readonly detail: string | null;
}

/** Writes a job's end, with that of its rows that are still pending, in one transaction. */
export function endJob<Cause extends CauseId>(
  options: EndJobOptions,
  ending: Ending<Cause>,
): JobRecord {
  const { database, clock, log } = options;
  const { job, outcome, counts, detail } = ending;
  const history = new JobHistory(database);
  database.transaction("acknowledged", () => {
    history.count(job.id, counts);
    new JobDetails(database).settlePending(job.id, { ...outcome, detail });
    // A clock that was set back meanwhile must not make a job end before it began (I9).
    const endedAtMs = Math.max(clock.nowMs(), job.startedAtMs);
    history.end(job.id, { ...outcome, endedAtMs, detail });
  });
  const ended = history.find(job.id) ?? job;
  const { id, kind, status, causes } = ended;
  log.write("info", `${kind} ended`, { job: id, status, causes });
  options.onJob(ended);
  return ended;
}
