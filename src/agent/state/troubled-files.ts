import { INCOMPLETE_STATUSES } from "../../protocol/status.ts";
import { JobDetails } from "./job-details.ts";
import type { JobFileRecord } from "../../protocol/job-record.ts";
import type { StateDatabase } from "./state-database.ts";

/** A job's rows that did not end well: how many, and the first page of them in order. */
export function troubledFiles(
  database: StateDatabase,
  jobId: number,
): { readonly rows: readonly JobFileRecord[]; readonly count: number } {
  const details = new JobDetails(database);
  const pages = INCOMPLETE_STATUSES.map((status) => details.list(jobId, 1, status));
  const rows = pages.flatMap((page) => page.rows);
  return {
    rows: rows
      .toSorted((left, right) => left.position - right.position)
      .slice(0, database.pages.historyPageRowCount),
    count: pages.reduce((sum, { rowCount }) => sum + rowCount, 0),
  };
}
