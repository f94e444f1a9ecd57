import type { Contract, Generation } from "../protocol/http/schemas.ts";
import type { JobKind } from "../protocol/job-kind.ts";
import { formatServicePath, type ServicePath } from "../protocol/service-path.ts";
import { AgentAccount } from "./account/account.ts";
import type { AgentApi, JobFilesRequest } from "./agent-api.ts";
import type { AccountInfo, LoginRequest } from "./account/requests.ts";
import type { AgentPorts } from "./ports/agent-ports.ts";
import type { BackupRequest, RerunRequest, RestoreRequest } from "./jobs/requests.ts";
import { AgentError, commandError } from "./agent-error.ts";
import { AgentSources } from "./sources/sources.ts";
import { AgentRecords } from "./records-reader.ts";
import { AgentMail } from "./mail/mail.ts";
import { AgentSchedule } from "./schedule/schedule.ts";
import { closeOrphanedJobs } from "./runs/close-orphaned-jobs.ts";
import { checkedSettings } from "./state/checked-settings.ts";
import { rerunPlan } from "./runs/rerun.ts";
import { placeOnService } from "./sources/place-on-service.ts";
import { cleanLeftovers } from "./jobs/restore/clean-leftovers.ts";
import { ServiceError, type ListingPage } from "./ports/service.ts";
import type { JobEnvironment } from "./jobs/job-environment.ts";
import type { RunStop, RunStopKind } from "./jobs/job-stop.ts";
import { RunGate } from "./runs/run-gate.ts";
import { runRestore } from "./runs/run-restore.ts";
import { runBackups } from "./runs/run-backups.ts";
import type { JobFileRecord, JobRecord } from "../protocol/job-record.ts";
import type { Page, Settings, SourceFolder } from "./state/records.ts";
import { RestoreLeftovers } from "./state/restore-leftovers.ts";
import { SettingsStore } from "./state/settings-store.ts";
import { StateDatabase } from "./state/state-database.ts";
import { UsageNoticeStore } from "./account/usage-notice-store.ts";
import { takeUsageNotice } from "./account/usage-notice.ts";
import { DEFAULT_TUNING, type Tuning } from "./tuning.ts";

/** What the agent is opened with. */
export interface AgentOptions {
  /** The agent's own folder; refused as a source (D17). */
  readonly homePath: string;
  /** Default for the name of this PC on the service. */
  readonly defaultDeviceName: string;
  readonly tuning?: Partial<Tuning>;
  /**
   * Lets nobody else work on the database while the daemon deals with slots. Default: nobody else
   * is there.
   */
  readonly exclusively?: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** The backup tool; the composition root of its parts. See `AgentApi` for what each method does. */
export class Agent implements AgentApi {
  readonly #ports: AgentPorts;
  readonly #tuning: Tuning;
  readonly #database: StateDatabase;
  readonly #records: AgentRecords;
  readonly #settings: SettingsStore;
  readonly #account: AgentAccount;
  readonly #sources: AgentSources;
  readonly #mail: AgentMail;
  readonly #schedule: AgentSchedule;
  readonly #gate: RunGate;
  #isClosed = false;

  private constructor(ports: AgentPorts, options: AgentOptions) {
    this.#ports = ports;
    this.#gate = new RunGate(ports.clock);
    this.#tuning = { ...DEFAULT_TUNING, ...options.tuning };
    this.#database = new StateDatabase(ports.database);
    this.#records = new AgentRecords(this.#database, {
      defaultDeviceName: options.defaultDeviceName,
      clock: ports.clock,
      host: ports.host,
    });
    this.#settings = new SettingsStore(this.#database, options.defaultDeviceName);
    const deviceName = (): string => this.#settings.read().deviceName;
    const shared = { ports, database: this.#database, tuning: this.#tuning, deviceName };
    this.#account = new AgentAccount({
      ...shared,
      stopRun: () => this.#gate.stop("logout"),
      note: (event) => this.#schedule.note(event),
    });
    const { homePath } = options;
    this.#sources = new AgentSources({ ...shared, account: this.#account, homePath });
    this.#mail = new AgentMail(shared);
    this.#schedule = new AgentSchedule({
      ...shared,
      mail: this.#mail,
      sources: () => this.#sources.list(),
      isLoggedIn: () => this.#account.isLoggedIn,
      busyUntilMs: () => this.#gate.busyUntilMs,
      exclusively: options.exclusively ?? ((work) => work()),
      run: (sources, request) => this.#runSlot(sources, request),
      closeOrphans: () => this.#closeOrphans(),
    });
  }

  /**
   * Opens the agent on its database: brings the tables up to date and closes the jobs that an
   * earlier process left running. Throws `StateVersionError` when a newer agent wrote the database.
   */
  static open(ports: AgentPorts, options: AgentOptions): Agent {
    const agent = new Agent(ports, options);
    agent.#closeOrphans();
    return agent;
  }

  async login(request: LoginRequest): Promise<AccountInfo> {
    this.#mustBeIdle();
    return this.#account.login(request);
  }

  logout(): Promise<void> {
    return this.#account.logout();
  }

  account(): AccountInfo | undefined {
    return this.#records.account();
  }

  settings(): Settings {
    return this.#settings.read();
  }

  changeSettings(changes: Partial<Settings>): Settings {
    const settings = checkedSettings({ ...this.#settings.read(), ...changes });
    this.#settings.write(settings);
    return settings;
  }

  addSource(typedPath: string): Promise<SourceFolder> {
    return this.#sources.add(typedPath);
  }

  removeSource(idOrPath: string): SourceFolder {
    this.#mustBeIdle();
    return this.#sources.remove(idOrPath);
  }

  sources(): readonly SourceFolder[] {
    return this.#sources.list();
  }

  async runBackup(request: BackupRequest = {}): Promise<readonly JobRecord[]> {
    this.#mustBeIdle();
    this.#account.mustBeLoggedIn();
    return this.#runSources(this.#sources.chosen(request.sourceIds), {}, request);
  }

  async restore(request: RestoreRequest): Promise<JobRecord> {
    this.#mustBeIdle();
    this.#account.mustBeLoggedIn();
    const place = placeOnService(request.from, this.#sources.list(), this.#ports.disk);
    return this.#run((stop) =>
      runRestore({
        environment: { ...this.#jobEnvironment(), service: this.#account.service() },
        disk: this.#ports.targetDisk,
        request,
        place,
        stop,
      }),
    );
  }

  async rerun(id: number, request: RerunRequest = {}): Promise<readonly JobRecord[]> {
    this.#mustBeIdle();
    this.#account.mustBeLoggedIn();
    const plan = rerunPlan(this.job(id), this.#sources.list(), request);
    if (plan.kind === "restore") return [await this.restore(plan.request)];
    const { onProgress, onJob, onFile } = request;
    return this.#runSources([plan.source], plan.settings, {
      trigger: "rerun",
      ...(onProgress && { onProgress }),
      ...(onJob && { onJob }),
      ...(onFile && { onFile }),
    });
  }

  async generations(path: string): Promise<readonly Generation[]> {
    this.#account.mustBeLoggedIn();
    const place = placeOnService(path, this.#sources.list(), this.#ports.disk);
    try {
      const found = await this.#account.service().listGenerations(place);
      if (found !== undefined) return found;
    } catch (error) {
      throw commandError(error);
    }
    throw notOnService("file", place);
  }

  async browse(path: string, pageToken?: string): Promise<ListingPage> {
    this.#account.mustBeLoggedIn();
    const place = placeOnService(path, this.#sources.list(), this.#ports.disk);
    try {
      const wish = pageToken === undefined ? {} : { pageToken };
      return await this.#account.service().listPage(place, wish);
    } catch (error) {
      if (isNotFound(error)) throw notOnService("folder", place);
      throw commandError(error);
    }
  }

  interrupt(): void {
    this.#gate.ask("interrupt");
  }

  jobs(kind: JobKind, page = 1): Page<JobRecord> {
    return this.#records.jobs(kind, page);
  }

  job(id: number): JobRecord {
    return this.#records.job(id);
  }

  jobFiles(id: number, request: JobFilesRequest = {}): Page<JobFileRecord> {
    return this.#records.jobFiles(id, request);
  }

  async capacity(): Promise<Contract> {
    this.#account.mustBeLoggedIn();
    try {
      return await this.#account.service().contract();
    } catch (error) {
      throw commandError(error);
    }
  }

  mailSettings: AgentApi["mailSettings"] = () => this.#mail.mailSettings();
  setMail: AgentApi["setMail"] = (request) => this.#mail.setMail(request);
  testMail: AgentApi["testMail"] = () => this.#mail.testMail();
  confirmMail: AgentApi["confirmMail"] = () => this.#mail.confirmMail();
  setMailOn: AgentApi["setMailOn"] = (isOn) => this.#mail.setMailOn(isOn);
  outbox: AgentApi["outbox"] = () => this.#mail.outbox();
  enqueueReport: AgentApi["enqueueReport"] = (report) => this.#mail.enqueueReport(report);
  startSendingMail: AgentApi["startSendingMail"] = (onMail) => this.#mail.startSendingMail(onMail);
  schedule: AgentApi["schedule"] = () => this.#schedule.schedule();
  setSchedule: AgentApi["setSchedule"] = (schedule) => this.#schedule.setSchedule(schedule);
  setAutomaticBackup: AgentApi["setAutomaticBackup"] = (isOn) =>
    this.#schedule.setAutomaticBackup(isOn);
  startSchedule: AgentApi["startSchedule"] = (listeners) => this.#schedule.startSchedule(listeners);

  lookAtSchedule(): void {
    this.#schedule.lookAtSchedule();
    this.#mail.refresh();
  }

  async takeUsageNotice(zone: string): Promise<Contract | null> {
    if (this.#isClosed || !this.#account.isLoggedIn) return null;
    const { clock, log } = this.#ports;
    return takeUsageNotice({
      clock,
      log,
      zone,
      store: new UsageNoticeStore(this.#database),
      isOn: this.#settings.read().usageNotice,
      contract: () => this.capacity(),
      waitMsMax: this.#tuning.usageNoticeMsMax,
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    // First, because the schedule waits for the run of its slot.
    this.#gate.ask("close");
    await this.#schedule.close();
    await this.#mail.close();
    await this.#gate.stop("close");
    this.#account.close();
  }

  #runSources(
    sources: readonly SourceFolder[],
    settings: Partial<Settings>,
    request: BackupRequest,
  ): Promise<readonly JobRecord[]> {
    return this.#run((stop) => this.#backUp(sources, settings, request, stop));
  }

  #backUp(
    sources: readonly SourceFolder[],
    settings: Partial<Settings>,
    request: BackupRequest,
    stop: RunStop,
  ): Promise<readonly JobRecord[]> {
    return runBackups({
      environment: this.#jobEnvironment(),
      disk: this.#ports.disk,
      settings: { ...this.#settings.read(), ...settings },
      sources,
      service: () => this.#account.service(),
      request,
      stop,
    });
  }

  /** What every job takes but the service, which is the login's. */
  #jobEnvironment(): Omit<JobEnvironment, "service"> {
    const { clock, entropy, memory, log } = this.#ports;
    return { clock, entropy, memory, log, database: this.#database, tuning: this.#tuning };
  }

  /** Carries jobs out, one run at a time, so that they can be stopped. */
  #run<Result>(work: (stop: RunStop) => Promise<Result>): Promise<Result> {
    return this.#gate.run((stop) => this.#cleanLeftovers().then(() => work(stop)));
  }

  /** Backs sources up for a slot, once a run that a person started is over. */
  async #runSlot(
    sources: readonly SourceFolder[],
    request: BackupRequest,
  ): Promise<RunStopKind | undefined> {
    await this.#gate.idle();
    if (this.#isClosed) return "close";
    if (!this.#account.isLoggedIn) return "logout";
    return this.#run(async (stop) => {
      await this.#backUp(sources, {}, request, stop);
      return stop.kind;
    });
  }

  #closeOrphans(): void {
    for (const { id } of closeOrphanedJobs(this.#database)) {
      this.#ports.log.write("warn", "job was cut off", { job: id });
    }
  }

  /** What a killed restore left goes before anything is looked at again. */
  #cleanLeftovers(): Promise<void> {
    const { targetDisk: disk, log } = this.#ports;
    return cleanLeftovers({ disk, log, leftovers: new RestoreLeftovers(this.#database) });
  }

  #mustBeIdle(): void {
    if (this.#isClosed) throw new AgentError("closed", "the tool is closed");
    if (!this.#gate.isBusy) return;
    throw new AgentError("busy", "a backup or a restore is running; wait for it");
  }
}

function notOnService(kind: "file" | "folder", place: ServicePath): AgentError {
  const message = `there is no ${kind} ${formatServicePath(place)} on the service; look with \`browse\``;
  return new AgentError("not-on-service", message);
}

function isNotFound(error: unknown): boolean {
  if (!(error instanceof ServiceError) || error.failure.kind !== "refused") return false;
  return error.failure.problem.code === "not-found";
}
