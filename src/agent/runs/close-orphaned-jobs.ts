import { JOB_CAUSES } from "../core/job-causes.ts";
import { JobDetails } from "../state/job-details.ts";
import { JobHistory } from "../state/job-history.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import type { StateDatabase } from "../state/state-database.ts";
import { message } from "../../messages/message.ts";

const DETAIL = message("run.cut-off");

const NOT_RUN = {
  status: "not-run",
  causes: ["DEL-NR-2"],
  detail: message("run.ended-before"),
} as const;

/**
 * Closes jobs whose process ended without finishing them as `unexpected`, and those that waited for
 * their turn as `not-run`; their end time stays blank (rule 4, D2). Only for the one agent that works
 * on the database.
 */
export function closeOrphanedJobs(database: StateDatabase): readonly JobRecord[] {
  const history = new JobHistory(database);
  const orphans = history.running();
  const waiting = history.waiting();
  if (orphans.length + waiting.length === 0) return [];
  const details = new JobDetails(database);
  database.lastTransaction(() => {
    for (const { id, kind } of orphans) {
      const end = {
        status: "unexpected",
        causes: JOB_CAUSES[kind].cutOff,
        detail: DETAIL,
      } as const;
      details.settlePending(id, end);
      history.end(id, { ...end, endedAtMs: null });
    }
    for (const { id } of waiting) history.end(id, { ...NOT_RUN, endedAtMs: null });
  });
  return [...orphans, ...waiting];
}
