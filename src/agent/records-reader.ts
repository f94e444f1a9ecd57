import type { MailStatus, OutboxStatus } from "./mail/mail-api.ts";
import { MailRecords } from "./mail/status.ts";
import type { JobKind } from "../protocol/job-kind.ts";
import type { AgentRecordsApi, JobFilesRequest } from "./agent-api.ts";
import type { AccountInfo } from "./account/requests.ts";
import { AgentError } from "./agent-error.ts";
import type { Clock } from "./ports/clock.ts";
import type { Host } from "./ports/host.ts";
import type { ScheduleStatus } from "./schedule/schedule-api.ts";
import { scheduleStatus } from "./schedule/status.ts";
import { AccountStore } from "./account/account-store.ts";
import { JobDetails } from "./state/job-details.ts";
import { JobHistory } from "./state/job-history.ts";
import type { JobFileRecord, JobRecord } from "../protocol/job-record.ts";
import type { Page, Settings, SourceFolder } from "./state/records.ts";
import { SettingsStore } from "./state/settings-store.ts";
import { SlotStore } from "./schedule/slot-store.ts";
import { SourceStore } from "./state/source-store.ts";
import type { StateDatabase } from "./state/state-database.ts";

/** What `AgentRecords` goes by besides what is written. */
export interface AgentRecordsOptions {
  /** The name of this PC on the service until a person changes it. */
  readonly defaultDeviceName: string;
  readonly clock: Pick<Clock, "nowMs">;
  /** Needed for the schedule. */
  readonly host?: Pick<Host, "zone"> | undefined;
}

/** What the agent wrote down: settings, login, sources and history, without what works with them. */
export class AgentRecords implements AgentRecordsApi {
  readonly #database: StateDatabase;
  readonly #settings: SettingsStore;
  readonly #accounts: AccountStore;
  readonly #sources: SourceStore;
  readonly #mail: MailRecords;
  readonly #options: AgentRecordsOptions;

  constructor(database: StateDatabase, options: AgentRecordsOptions) {
    const { defaultDeviceName } = options;
    this.#options = options;
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

  schedule(): ScheduleStatus {
    const { host, clock } = this.#options;
    if (host === undefined) throw new AgentError("invalid-setting", "this tool knows no PC");
    return scheduleStatus(new SlotStore(this.#database), host.zone(), clock.nowMs());
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
