import { AccountStore } from "./account/account-store.ts";
import type { AgentAccount } from "./account/account.ts";
import type { Redactor } from "../messages/redactor.ts";
import { MailSettingsStore } from "./mail/settings-store.ts";
import { MailRecords } from "./mail/mail-records.ts";
import type { AgentMail } from "./mail/mail.ts";
import { ScheduleRecords, type SchedulePlace } from "./schedule/schedule-records.ts";
import type { AgentSchedule } from "./schedule/schedule.ts";
import type { AgentSources } from "./sources/sources.ts";
import { AgentHistory } from "./state/history.ts";
import { SettingsStore } from "./state/settings-store.ts";
import type { AgentSettings } from "./state/settings.ts";
import { SourceStore } from "./state/source-store.ts";
import type { StateDatabase } from "./state/state-database.ts";

/** The PC, for questions about the schedule, and its name. */
export interface AgentRecordsOptions extends SchedulePlace {
  /** The name of this PC on the service until a person changes it. */
  readonly defaultDeviceName: string;
  /** Learns the secrets that are written down, for whoever shows the rest. */
  readonly redactor?: Redactor;
}

/**
 * The reading half of the agent's parts: what is written down, without what works with it. Safe while
 * another process works on the database, and loads little.
 */
export class AgentRecords {
  readonly account: Pick<AgentAccount, "info">;
  readonly settings: Pick<AgentSettings, "read">;
  readonly sources: Pick<AgentSources, "list">;
  readonly history: AgentHistory;
  readonly mail: Pick<AgentMail, "settings" | "outbox">;
  readonly schedule: Pick<AgentSchedule, "status">;

  constructor(database: StateDatabase, options: AgentRecordsOptions) {
    const account = new AccountStore(database, options.redactor);
    account.read();
    const mail = new MailSettingsStore(database, options.redactor);
    mail.draft();
    mail.confirmed();
    this.account = account;
    this.settings = new SettingsStore(database, options.defaultDeviceName);
    this.sources = new SourceStore(database);
    this.history = new AgentHistory(database);
    this.mail = new MailRecords(database);
    this.schedule = new ScheduleRecords(database, options);
  }
}
