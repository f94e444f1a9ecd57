import type { CauseId } from "../../protocol/causes/causes.ts";
import { CAUSES } from "../../protocol/causes/causes.ts";
import { isJobKind, type JobKind } from "../../protocol/job-kind.ts";
import { isStatus } from "../../protocol/status.ts";
import type { SqlRow } from "../ports/database.ts";
import {
  JOB_TRIGGERS,
  type JobRecord,
  type JobSettings,
  type JobTrigger,
} from "../../protocol/job-record.ts";
import type { Page } from "./records.ts";
import { RowReader } from "./row.ts";
import { damagedState } from "./state-error.ts";
import { message } from "../../messages/message.ts";
import type { StateDatabase } from "./state-database.ts";
import { readMessage, storedMessage } from "./stored-message.ts";

/** Causes as the tables keep them. */
export function joinCauses(causes: readonly CauseId[]): string {
  return causes.join(",");
}

/** Causes read back; an ID that this agent does not know is damage. */
export function splitCauses(text: string): readonly CauseId[] {
  if (text === "") return [];
  return text.split(",").map((id) => {
    if (!Object.hasOwn(CAUSES, id)) throw damagedState(message("state.unknown-word"));
    return id as CauseId;
  });
}

function checked<Value extends string>(
  value: string,
  isOne: (value: string) => value is Value,
): Value {
  if (!isOne(value)) throw damagedState(message("state.unknown-word"));
  return value;
}

function isTrigger(value: string): value is JobTrigger {
  return (JOB_TRIGGERS as readonly string[]).includes(value);
}

/** A row as the job it is; throws `state-damaged` for what the agent never wrote. */
export function toJob(row: SqlRow): JobRecord {
  const reader = new RowReader(row);
  return {
    id: reader.number("id"),
    kind: checked(reader.text("kind"), isJobKind),
    trigger: checked(reader.text("trigger"), isTrigger),
    sourceId: reader.numberOrNull("source_id"),
    sourcePath: reader.text("source_path"),
    destination: reader.text("destination"),
    startedAtMs: reader.number("started_at_ms"),
    endedAtMs: reader.numberOrNull("ended_at_ms"),
    status: checked(reader.text("status"), isStatus),
    causes: splitCauses(reader.text("causes")),
    slotDay: reader.numberOrNull("slot_day"),
    settings: row["settings"] === null ? null : (reader.json("settings") as JobSettings),
    targetCount: reader.number("target_count"),
    targetFileCount: reader.number("target_file_count"),
    targetBytes: reader.number("target_bytes"),
    processedCount: reader.number("processed_count"),
    transferredFileCount: reader.number("transferred_file_count"),
    transferredBytes: reader.number("transferred_bytes"),
    excludedCount: reader.number("excluded_count"),
    detail: readMessage(reader.textOrNull("detail")),
  };
}

/** The counters of a job, kept up while it runs. */
export type JobCounts = Pick<
  JobRecord,
  | "targetCount"
  | "targetFileCount"
  | "targetBytes"
  | "processedCount"
  | "transferredFileCount"
  | "transferredBytes"
  | "excludedCount"
>;

/** No counter has moved yet. */
export const NO_COUNTS: JobCounts = {
  targetCount: 0,
  targetFileCount: 0,
  targetBytes: 0,
  processedCount: 0,
  transferredFileCount: 0,
  transferredBytes: 0,
  excludedCount: 0,
};

/** How many pages so many rows make; an empty list has one empty page. */
export function pageCount(database: StateDatabase, rowCount: number): number {
  return Math.max(1, Math.ceil(rowCount / database.pages.historyPageRowCount));
}

/** What the row of a new job says. */
export type NewJob = Pick<
  JobRecord,
  "kind" | "trigger" | "sourceId" | "sourcePath" | "destination" | "startedAtMs" | "settings"
> & {
  /** The slot it belongs to, by its day; null when a person started it. Default null. */
  readonly slotDay?: number | null;
};

type State = Pick<JobRecord, "status" | "causes" | "detail">;
type EndedState = State & Pick<JobRecord, "endedAtMs">;

/** The jobs that ran, run, or did not run (F30). */
export class JobHistory {
  readonly #database: StateDatabase;

  constructor(database: StateDatabase) {
    this.#database = database;
  }

  /** Writes the row of a job that is about to start; it is safe before anything is touched (I14). */
  start(job: NewJob, runningCause: CauseId): JobRecord {
    return this.#insert(job, { status: "running", causes: [runningCause], detail: null });
  }

  /** Writes the row of a job whose turn is yet to come (待機中). */
  wait(job: NewJob, waitingCause: CauseId): JobRecord {
    return this.#insert(job, { status: "waiting", causes: [waitingCause], detail: null });
  }

  /** A waiting job's turn has come: it starts now. */
  startWaiting(id: number, startedAtMs: number, runningCause: CauseId): JobRecord {
    return this.#turn(id, startedAtMs, { status: "running", causes: [runningCause], detail: null });
  }

  /** Writes the row of a job that does not run (未実行); it has no end. */
  notRun(job: NewJob, why: Pick<JobRecord, "causes" | "detail">): JobRecord {
    return this.#insert(job, { ...why, status: "not-run" });
  }

  /** Adds the row of a job that is over before it began, and returns its ID; belongs inside a transaction. */
  addEnded(job: NewJob, state: EndedState): number {
    return this.#add(job, state);
  }

  /** The jobs of one slot behind the job `afterId`, in the order they were written. */
  ofSlot(day: number, afterId: number): readonly JobRecord[] {
    return this.#database
      .all("SELECT * FROM job WHERE slot_day = ? AND id > ? ORDER BY id", day, afterId)
      .map((row) => toJob(row));
  }

  /** A waiting job does not run after all (未実行). */
  notRunWaiting(
    id: number,
    startedAtMs: number,
    why: Pick<JobRecord, "causes" | "detail">,
  ): JobRecord {
    return this.#turn(id, startedAtMs, { ...why, status: "not-run" });
  }

  /** Keeps the counters of a running job up to date; belongs inside a transaction. */
  count(id: number, counts: JobCounts): void {
    this.#database.run(
      `UPDATE job SET target_count = ?, target_file_count = ?, target_bytes = ?, processed_count = ?,
         transferred_file_count = ?, transferred_bytes = ?, excluded_count = ? WHERE id = ?`,
      counts.targetCount,
      counts.targetFileCount,
      counts.targetBytes,
      counts.processedCount,
      counts.transferredFileCount,
      counts.transferredBytes,
      counts.excludedCount,
      id,
    );
  }

  /** Keeps what a job turned out to be about; belongs inside a transaction. */
  changeSettings(id: number, settings: JobSettings): void {
    this.#database.run("UPDATE job SET settings = ? WHERE id = ?", JSON.stringify(settings), id);
  }

  /** Ends a job; belongs inside a transaction. `endedAtMs` stays null for one that was cut off (D2). */
  end(id: number, end: Pick<JobRecord, "status" | "causes" | "endedAtMs" | "detail">): void {
    this.#database.run(
      "UPDATE job SET status = ?, causes = ?, ended_at_ms = ?, detail = ? WHERE id = ?",
      end.status,
      joinCauses(end.causes),
      end.endedAtMs,
      storedMessage(end.detail),
      id,
    );
  }

  waiting(): readonly JobRecord[] {
    return this.#database
      .all("SELECT * FROM job WHERE status = 'waiting' ORDER BY id")
      .map((row) => toJob(row));
  }

  running(): readonly JobRecord[] {
    return this.#database
      .all("SELECT * FROM job WHERE status = 'running' ORDER BY id")
      .map((row) => toJob(row));
  }

  /** Whether the last ended job of a source ended `completed`; false when there is none. */
  isLastCompleted(kind: JobKind, sourceId: number): boolean {
    const row = this.#database.get(
      `SELECT status FROM job WHERE kind = ? AND source_id = ? AND status <> 'running'
       ORDER BY id DESC LIMIT 1`,
      kind,
      sourceId,
    );
    return row?.["status"] === "completed";
  }

  has(id: number): boolean {
    return this.#database.get("SELECT 1 FROM job WHERE id = ?", id) !== undefined;
  }

  find(id: number): JobRecord | undefined {
    const row = this.#database.get("SELECT * FROM job WHERE id = ?", id);
    return row === undefined ? undefined : toJob(row);
  }

  /** One page of a kind's jobs, newest first, in one state of the database; `page` from 1. */
  list(kind: JobKind, page: number): Page<JobRecord> {
    return this.#database.snapshot(() => {
      const rowCount = this.#rowCount(kind);
      const rows = this.#range(
        kind,
        rowCount,
        (page - 1) * this.#database.pages.historyPageRowCount,
      );
      return {
        rows: rows.map((row) => toJob(row)),
        page,
        pageCount: pageCount(this.#database, rowCount),
        rowCount,
      };
    });
  }

  #insert(job: NewJob, state: State): JobRecord {
    const add = (): number => this.#add(job, { ...state, endedAtMs: null });
    // What does not run has its row on a full disk too.
    const id =
      state.status === "not-run"
        ? this.#database.lastTransaction(add)
        : this.#database.transaction("acknowledged", add);
    return this.find(id) as JobRecord;
  }

  /** A job of a slot takes its source off the slot's note in the same step (I9). */
  #add(job: NewJob, state: EndedState): number {
    const { lastInsertRowid } = this.#database.run(
      `INSERT INTO job
         (kind, trigger, source_id, source_path, destination, started_at_ms, ended_at_ms, status,
          causes, detail, settings, slot_day)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      job.kind,
      job.trigger,
      job.sourceId,
      job.sourcePath,
      job.destination,
      job.startedAtMs,
      state.endedAtMs,
      state.status,
      joinCauses(state.causes),
      storedMessage(state.detail),
      job.settings === null ? null : JSON.stringify(job.settings),
      job.slotDay ?? null,
    );
    if (job.kind === "backup" && job.slotDay !== undefined && job.slotDay !== null) {
      this.#database.run(
        "DELETE FROM slot_source WHERE day = ? AND source_id = ?",
        job.slotDay,
        job.sourceId,
      );
    }
    return lastInsertRowid;
  }

  #turn(id: number, startedAtMs: number, state: State): JobRecord {
    const update = (): void => {
      this.#database.run(
        "UPDATE job SET started_at_ms = ?, status = ?, causes = ?, detail = ? WHERE id = ?",
        startedAtMs,
        state.status,
        joinCauses(state.causes),
        storedMessage(state.detail),
        id,
      );
    };
    if (state.status === "not-run") this.#database.lastTransaction(update);
    else this.#database.transaction("acknowledged", update);
    return this.find(id) as JobRecord;
  }

  #rowCount(kind: JobKind): number {
    const row = this.#database.get(
      "SELECT coalesce(sum(row_count), 0) AS n FROM job_kind_count WHERE kind = ?",
      kind,
    );
    return new RowReader(row ?? {}).number("n");
  }

  /** The rows of a page, reached from the nearer end of the list. */
  #range(kind: JobKind, rowCount: number, first: number): readonly SqlRow[] {
    const wantedCount = Math.min(this.#database.pages.historyPageRowCount, rowCount - first);
    if (wantedCount <= 0) return [];
    const rowsBehind = rowCount - first - wantedCount;
    if (first <= rowsBehind) {
      return this.#database.all(
        "SELECT * FROM job WHERE kind = ? ORDER BY started_at_ms DESC, id DESC LIMIT ? OFFSET ?",
        kind,
        wantedCount,
        first,
      );
    }
    const oldestFirst = this.#database.all(
      "SELECT * FROM job WHERE kind = ? ORDER BY started_at_ms, id LIMIT ? OFFSET ?",
      kind,
      wantedCount,
      rowsBehind,
    );
    return oldestFirst.toReversed();
  }
}
