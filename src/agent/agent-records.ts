import type { MailStatus, OutboxStatus } from "./mail-api.ts";
import { MailRecords } from "./mail-records.ts";
import type { JobKind } from "../protocol/job-kind.ts";
import type { AccountInfo, AgentRecordsApi, JobFilesRequest } from "./agent-api.ts";
import { AgentError } from "./agent-error.ts";
import { AccountStore } from "./state/account-store.ts";
import { JobDetails } from "./state/job-details.ts";
import { JobHistory } from "./state/job-history.ts";
import type { JobFileRecord, JobRecord, Page, Settings, SourceFolder } from "./state/records.ts";
import { SettingsStore } from "./state/settings-store.ts";
import { SourceStore } from "./state/source-store.ts";
import type { StateDatabase } from "./state/state-database.ts";

/** What the agent wrote down: settings, login, sources and history, without what works with them. */
export class AgentRecords implements AgentRecordsApi {
  readonly #database: StateDatabase;
  readonly #settings: SettingsStore;
  readonly #accounts: AccountStore;
  readonly #sources: SourceStore;
  readonly #mail: MailRecords;

  /** `defaultDeviceName`: the name of this PC on the service until a person changes it. */
  constructor(database: StateDatabase, defaultDeviceName: string) {
    this.#database = database;
    this.#settings = new SettingsStore(database, defaultDeviceName);
    this.#accounts = new AccountStore(database);
    this.#sources = new SourceStore(database);
    this.#mail = new MailRecords(database);
  }

  account(): AccountInfo | undefined {
    const account = this.#accounts.read();
    if (account === undefined) return undefined;
    const { serviceUrl, loginId, nickname } = account;
    return { serviceUrl, loginId, nickname };
  }

  settings(): Settings {
    return this.#settings.read();
  }

  sources(): readonly SourceFolder[] {
    return this.#sources.list();
  }

  mailSettings(): MailStatus {
    return this.#mail.mailSettings();
  }

  outbox(): OutboxStatus {
    return this.#mail.outbox();
  }

  jobs(kind: JobKind, page = 1): Page<JobRecord> {
    return new JobHistory(this.#database).list(kind, page);
  }

  job(id: number): JobRecord {
    const job = new JobHistory(this.#database).find(id);
    if (job !== undefined) return job;
    throw new AgentError("no-such-job", `there is no job ${id}; see the history for their numbers`);
  }

  jobFiles(id: number, request: JobFilesRequest = {}): Page<JobFileRecord> {
    this.job(id);
    return new JobDetails(this.#database).list(id, request.page ?? 1, request.status);
  }
}
