import { FILE_STATUSES } from "../../protocol/file-status.ts";
import type { SqlRow } from "../ports/database.ts";
import { joinCauses, pageCount, splitCauses } from "./job-history.ts";
import type { DetailStatus, JobFileRecord } from "../../protocol/job-record.ts";
import type { Page } from "./records.ts";
import { RowReader } from "./row.ts";
import { damagedState } from "./state-error.ts";
import { message } from "../../messages/message.ts";
import type { StateDatabase } from "./state-database.ts";
import { readMessage, storedMessage } from "./stored-message.ts";

/** Every status a row of the details can have. */
const DETAIL_STATUSES: readonly DetailStatus[] = [...FILE_STATUSES, "excluded"];

function detailStatus(value: string): DetailStatus {
  const found = DETAIL_STATUSES.find((status) => status === value);
  if (found === undefined) throw damagedState(message("state.unknown-word"));
  return found;
}

function entryKind(value: string): JobFileRecord["entryKind"] {
  if (value === "file" || value === "folder" || value === "other") return value;
  throw damagedState(message("state.unknown-word"));
}

/** A row of the details; throws `state-damaged` for what the agent never wrote. */
export function toRow(row: SqlRow): JobFileRecord {
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
    detail: readMessage(reader.textOrNull("detail")),
  };
}

/** Positions that are counted together in `job_file_block`; the schema's number. */
const BLOCK_POSITION_COUNT = 1_000;

/** The rows of jobs' details (F31): one per target and per entry that is none. */
export class JobDetails {
  readonly #database: StateDatabase;

  constructor(database: StateDatabase) {
    this.#database = database;
  }

  /** Adds or replaces the row at its position; belongs inside a transaction. */
  put(row: JobFileRecord): void {
    this.#database.run(
      // Not INSERT OR REPLACE, which would keep from the triggers what it replaces.
      `INSERT INTO job_file
         (job_id, position, path, path_base64, entry_kind, status, causes, size_bytes, detail)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (job_id, position) DO UPDATE SET
         path = excluded.path, path_base64 = excluded.path_base64,
         entry_kind = excluded.entry_kind, status = excluded.status, causes = excluded.causes,
         size_bytes = excluded.size_bytes, detail = excluded.detail`,
      row.jobId,
      row.position,
      row.path,
      row.pathBase64,
      row.entryKind,
      row.status,
      joinCauses(row.causes),
      row.sizeBytes,
      storedMessage(row.detail),
    );
  }

  /** Gives every row of a job that is still pending its final status; belongs inside a transaction. */
  settlePending(jobId: number, end: Pick<JobFileRecord, "status" | "causes" | "detail">): number {
    return this.#database.run(
      "UPDATE job_file SET status = ?, causes = ?, detail = ? WHERE job_id = ? AND status = 'pending'",
      end.status,
      joinCauses(end.causes),
      storedMessage(end.detail),
      jobId,
    ).changes;
  }

  /**
   * One page, in order of position; with `status` only its rows. `page` from 1. As quick on the last
   * page of a million rows as on the first, and one state of a job that another process runs.
   */
  list(jobId: number, page: number, status?: DetailStatus): Page<JobFileRecord> {
    return this.#database.snapshot(() => {
      const rowCount = this.#rowCount(jobId, status);
      const rows =
        rowCount === 0
          ? []
          : status === undefined
            ? this.#range(jobId, page)
            : this.#filtered(jobId, page, status);
      return {
        rows: rows.map((row) => toRow(row)),
        page,
        pageCount: pageCount(this.#database, rowCount),
        rowCount,
      };
    });
  }

  /** Positions count from 1 without gaps, so an unfiltered page is a range of them. */
  #range(jobId: number, page: number): SqlRow[] {
    const first = (page - 1) * this.#database.pages.historyPageRowCount;
    return this.#database.all(
      "SELECT * FROM job_file WHERE job_id = ? AND position > ? AND position <= ? ORDER BY position",
      jobId,
      first,
      first + this.#database.pages.historyPageRowCount,
    );
  }

  /** The counts of the blocks lead to the block the page begins in; only there rows are passed over. */
  #filtered(jobId: number, page: number, status: DetailStatus): SqlRow[] {
    const first = (page - 1) * this.#database.pages.historyPageRowCount;
    const start = this.#database.get(
      `SELECT block, rows_before FROM (
         SELECT block, row_count, sum(row_count) OVER (ORDER BY block) - row_count AS rows_before
         FROM job_file_block WHERE job_id = ? AND status = ?)
       WHERE rows_before + row_count > ? ORDER BY block LIMIT 1`,
      jobId,
      status,
      first,
    );
    if (start === undefined) return [];
    const reader = new RowReader(start);
    return this.#database.all(
      `SELECT * FROM job_file INDEXED BY job_file_by_status
       WHERE job_id = ? AND status = ? AND position > ? ORDER BY position LIMIT ? OFFSET ?`,
      jobId,
      status,
      reader.number("block") * BLOCK_POSITION_COUNT,
      this.#database.pages.historyPageRowCount,
      first - reader.number("rows_before"),
    );
  }

  #rowCount(jobId: number, status: DetailStatus | undefined): number {
    const row =
      status === undefined
        ? this.#database.get(
            "SELECT coalesce(max(position), 0) AS n FROM job_file WHERE job_id = ?",
            jobId,
          )
        : this.#database.get(
            `SELECT coalesce(sum(row_count), 0) AS n FROM job_file_block
             WHERE job_id = ? AND status = ?`,
            jobId,
            status,
          );
    return new RowReader(row ?? {}).number("n");
  }
}
