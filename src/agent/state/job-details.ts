import { LIMITS } from "../../protocol/limits.ts";
import { FILE_STATUSES } from "../../protocol/file-status.ts";
import type { SqlRow } from "../ports/database.ts";
import { joinCauses, pageCount, splitCauses } from "./job-history.ts";
import type { DetailStatus, JobFileRecord, Page } from "./records.ts";
import { RowReader } from "./row.ts";
import type { StateDatabase } from "./state-database.ts";

/** Every status a row of the details can have. */
export const DETAIL_STATUSES: readonly DetailStatus[] = [...FILE_STATUSES, "excluded"];

function detailStatus(value: string): DetailStatus {
  const found = DETAIL_STATUSES.find((status) => status === value);
  if (found === undefined) throw new TypeError(`unknown file status ${value} in the history`);
  return found;
}

function entryKind(value: string): JobFileRecord["entryKind"] {
  if (value === "file" || value === "folder" || value === "other") return value;
  throw new TypeError(`unknown entry kind ${value} in the history`);
}

function toRow(row: SqlRow): JobFileRecord {
  const reader = new RowReader(row);
  return {
    jobId: reader.number("job_id"),
    position: reader.number("position"),
    path: reader.text("path"),
    pathBase64: reader.textOrNull("path_base64"),
    entryKind: entryKind(reader.text("entry_kind")),
    status: detailStatus(reader.text("status")),
    causes: splitCauses(reader.text("causes")),
    sizeBytes: reader.number("size_bytes"),
    detail: reader.textOrNull("detail"),
  };
}

/** The rows of jobs' details (F31): one per target and per entry that is none. */
export class JobDetails {
  readonly #database: StateDatabase;

  constructor(database: StateDatabase) {
    this.#database = database;
  }

  /** Adds or replaces the row at its position; belongs inside a transaction. */
  put(row: JobFileRecord): void {
    this.#database.run(
      `INSERT OR REPLACE INTO job_file
         (job_id, position, path, path_base64, entry_kind, status, causes, size_bytes, detail)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      row.jobId,
      row.position,
      row.path,
      row.pathBase64,
      row.entryKind,
      row.status,
      joinCauses(row.causes),
      row.sizeBytes,
      row.detail,
    );
  }

  /** Gives every row of a job that is still pending its final status; belongs inside a transaction. */
  settlePending(jobId: number, end: Pick<JobFileRecord, "status" | "causes" | "detail">): number {
    return this.#database.run(
      "UPDATE job_file SET status = ?, causes = ?, detail = ? WHERE job_id = ? AND status = 'pending'",
      end.status,
      joinCauses(end.causes),
      end.detail,
      jobId,
    ).changes;
  }

  /** One page, in order of position; with `status` only its rows. `page` from 1. */
  list(jobId: number, page: number, status?: DetailStatus): Page<JobFileRecord> {
    const rowCount = this.#rowCount(jobId, status);
    const first = (page - 1) * LIMITS.historyPageRowCount;
    // Positions count from 1 without gaps, so an unfiltered page is a range, however far down it is.
    const rows =
      status === undefined
        ? this.#database.all(
            "SELECT * FROM job_file WHERE job_id = ? AND position > ? AND position <= ? ORDER BY position",
            jobId,
            first,
            first + LIMITS.historyPageRowCount,
          )
        : this.#database.all(
            "SELECT * FROM job_file WHERE job_id = ? AND status = ? ORDER BY position LIMIT ? OFFSET ?",
            jobId,
            status,
            LIMITS.historyPageRowCount,
            first,
          );
    return { rows: rows.map((row) => toRow(row)), page, pageCount: pageCount(rowCount), rowCount };
  }

  #rowCount(jobId: number, status: DetailStatus | undefined): number {
    const row =
      status === undefined
        ? this.#database.get(
            "SELECT coalesce(max(position), 0) AS n FROM job_file WHERE job_id = ?",
            jobId,
          )
        : this.#database.get(
            "SELECT count(*) AS n FROM job_file WHERE job_id = ? AND status = ?",
            jobId,
            status,
          );
    return new RowReader(row ?? {}).number("n");
  }
}
