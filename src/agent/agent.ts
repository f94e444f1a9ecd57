import { AccountStore } from "./account/account-store.ts";
import { AgentAccount } from "./account/account.ts";
import { ServiceLink } from "./account/service-link.ts";
import { UsageNoticeStore } from "./account/usage-notice-store.ts";
import { UsageNotice } from "./account/usage-notice.ts";
import { Waits } from "./core/waits.ts";
import { AgentMail } from "./mail/mail.ts";
import { redactedLog } from "./core/redacted-log.ts";
import { Redactor } from "../messages/redactor.ts";
import type { AgentPorts } from "./ports/agent-ports.ts";
import type { Log } from "./ports/log.ts";
import { closeOrphanedJobs } from "./runs/close-orphaned-jobs.ts";
import { AgentRecovery } from "./runs/recovery.ts";
import { RunGate } from "./runs/run-gate.ts";
import { AgentRuns } from "./runs/runs.ts";
import { AgentSchedule } from "./schedule/schedule.ts";
import { AgentSources } from "./sources/sources.ts";
import { StoredData } from "./sources/stored-data.ts";
import { AgentHistory } from "./state/history.ts";
import { SettingsStore } from "./state/settings-store.ts";
import { AgentSettings } from "./state/settings.ts";
import { isStateFull } from "./state/state-error.ts";
import { StateDatabase } from "./state/state-database.ts";
import { DEFAULT_TUNING, type Tuning } from "./tuning.ts";

/** Where the agent lives, and how it is to work. */
export interface AgentOptions {
  /** The agent's own folder; refused as a source (D17). */
  readonly homePath: string;
  /** Default for the name of this PC on the service. */
  readonly defaultDeviceName: string;
  readonly tuning?: Partial<Tuning>;
  /** Learns every secret the agent comes to know, for whoever shows what it did. Default: one of its own. */
  readonly redactor?: Redactor;
  /**
   * Lets nobody else work on the database while the daemon deals with slots. Default: nobody else
   * is there.
   */
  readonly exclusively?: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/**
 * The backup tool: the composition root of its parts, which its commands, its daemon and the scenarios
 * drive. Methods of the parts throw `AgentError` and nothing else. One agent at a time works on a
 * database.
 */
export class Agent {
  readonly account: AgentAccount;
  /** What of the service is waited for. */
  readonly waits: Pick<Waits, "watch">;
  readonly usageNotice: UsageNotice;
  readonly settings: AgentSettings;
  readonly sources: AgentSources;
  /** What is on the service. */
  readonly stored: StoredData;
  readonly runs: AgentRuns;
  readonly history: AgentHistory;
  readonly mail: AgentMail;
  readonly schedule: AgentSchedule;
  /** What the repair of the state file needs the service for. */
  readonly recovery: AgentRecovery;
  readonly #link: ServiceLink;
  readonly #gate: RunGate;

  private constructor(given: AgentPorts, options: AgentOptions, database: StateDatabase) {
    const { redactor = new Redactor() } = options;
    const ports = { ...given, log: redactedLog(given.log, redactor) };
    const { clock, log } = ports;
    const gate = new RunGate(clock);
    const mustBeIdle = (): void => gate.mustBeIdle();
    const settings = new AgentSettings(new SettingsStore(database, options.defaultDeviceName));
    const deviceName = (): string => settings.read().deviceName;
    const tuning = { ...DEFAULT_TUNING, ...options.tuning };
    const shared = { ports, database, tuning, deviceName, redactor };
    const store = new AccountStore(database, redactor);
    store.read();
    const onLoginLost = (): void => {
      gate.ask("login-lost");
      schedule.note("logged-out");
      log.write("warn", "login-lost", { loginId: store.lostLoginId() });
    };
    const waits = new Waits({ clock, log });
    const link = new ServiceLink({ ...shared, store, waits, onLoginLost });
    const { homePath } = options;
    const sources = new AgentSources({ ...shared, link, homePath, mustBeIdle });
    const history = new AgentHistory(database);
    const closeOpenJobs = (): void => closeOrphans(database, log);
    const runs = new AgentRuns({
      ...shared,
      gate,
      link,
      settings,
      sources,
      history,
      closeOrphans: closeOpenJobs,
      waits,
    });
    const stored = new StoredData({ link, sources, tuning });
    const mail = new AgentMail({ ...shared, waits });
    const schedule = new AgentSchedule({
      ...shared,
      mail,
      sources: () => sources.list(),
      isLoggedIn: () => link.isLoggedIn,
      isLoginLost: () => link.isLoginLost,
      busyUntilMs: () => gate.busyUntilMs,
      exclusively: options.exclusively ?? ((work) => work()),
      run: (chosen, request) => runs.backUpForSlot(chosen, request),
      closeOrphans: closeOpenJobs,
    });
    this.account = new AgentAccount({
      link,
      store,
      log,
      redactor,
      deviceName,
      mustBeIdle,
      stopRun: () => gate.stop("logout"),
      note: (event) => schedule.note(event),
    });
    this.waits = waits;
    this.usageNotice = new UsageNotice({
      clock,
      log,
      store: new UsageNoticeStore(database),
      isOn: () => !gate.isClosed && link.isLoggedIn && settings.read().usageNotice,
      contract: () => stored.capacity(),
      waitMsMax: tuning.usageNoticeMsMax,
    });
    this.settings = settings;
    this.sources = sources;
    this.stored = stored;
    this.runs = runs;
    this.history = history;
    this.mail = mail;
    this.schedule = schedule;
    this.recovery = new AgentRecovery({ ...shared, link, waits, mustBeIdle });
    this.#link = link;
    this.#gate = gate;
  }

  /**
   * Opens the agent on its database: brings the tables up to date and closes the jobs that an
   * earlier process left running. Throws what `StateDatabase` throws.
   */
  static open(ports: AgentPorts, options: AgentOptions): Agent {
    const database = new StateDatabase(ports.database, {
      pages: { ...DEFAULT_TUNING, ...options.tuning },
    });
    const agent = new Agent(ports, options, database);
    closeOrphans(database, ports.log);
    return agent;
  }

  /**
   * Something outside changed the database or the clock: looks at the schedule and at the mails at
   * once. Does nothing where neither is held.
   */
  refresh(): void {
    this.schedule.lookNow();
    this.mail.refresh();
  }

  /** Closes the tool: a running job ends as 不慮の事態 (B-UX-6). The database stays open. */
  async close(): Promise<void> {
    // First, because the schedule waits for the run of its slot.
    this.#gate.close();
    await this.schedule.close();
    await this.mail.close();
    await this.#gate.stop("close");
    this.#link.close();
  }
}

/** On a disk without any room they stay open, and are closed before the next run. */
function closeOrphans(database: StateDatabase, log: Log): void {
  try {
    for (const { id } of closeOrphanedJobs(database)) {
      log.write("warn", "job-was-cut-off", { job: id });
    }
  } catch (error) {
    if (!isStateFull(error)) throw error;
    log.write("error", "no-room-to-close-jobs-that-were-cut-off");
  }
}
