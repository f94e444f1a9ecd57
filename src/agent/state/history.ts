import type { JobKind } from "../../protocol/job-kind.ts";
import type { DetailStatus, JobFileRecord, JobRecord } from "../../protocol/job-record.ts";
import { AgentError } from "../agent-error.ts";
import { JobDetails } from "./job-details.ts";
import { JobHistory } from "./job-history.ts";
import type { Page } from "./records.ts";
import type { StateDatabase } from "./state-database.ts";
import { message } from "../../messages/message.ts";

/** Which rows of a job's details. */
export interface JobFilesRequest {
  /** Only rows with this status. Default: all. */
  readonly status?: DetailStatus;
  /** From 1; default 1. A page has `LIMITS.historyPageRowCount` rows. */
  readonly page?: number;
}

/** What jobs came to (F30, F31), to be looked at. Methods throw `AgentError` and nothing else. */
export class AgentHistory {
  readonly #jobs: JobHistory;
  readonly #details: JobDetails;

  constructor(database: StateDatabase) {
    this.#jobs = new JobHistory(database);
    this.#details = new JobDetails(database);
  }

  /** Jobs of one kind, newest first (F30). */
  jobs(kind: JobKind, page = 1): Page<JobRecord> {
    return this.#jobs.list(kind, page);
  }

  /** Throws `no-such-job`. */
  job(id: number): JobRecord {
    const job = this.#jobs.find(id);
    if (job !== undefined) return job;
    throw noSuchJob(id);
  }

  /** Details of one job (F31). Throws `no-such-job`. */
  files(id: number, request: JobFilesRequest = {}): Page<JobFileRecord> {
    if (!this.#jobs.has(id)) throw noSuchJob(id);
    return this.#details.list(id, request.page ?? 1, request.status);
  }
}

function noSuchJob(id: number): AgentError {
  return new AgentError("no-such-job", message("history.no-job", { id }));
}
