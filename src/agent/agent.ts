import type { Contract, Generation } from "../protocol/http/schemas.ts";
import type { JobKind } from "../protocol/job-kind.ts";
import { destinationPath, formatServicePath, type ServicePath } from "../protocol/service-path.ts";
import { AccountSession } from "./account-session.ts";
import { HttpConnection } from "./adapters/http-service/http-connection.ts";
import { HttpService } from "./adapters/http-service/http-service.ts";
import { HttpSessionService } from "./adapters/http-service/http-session-service.ts";
import type {
  AccountInfo,
  AgentApi,
  AgentOptions,
  AgentPorts,
  BackupRequest,
  JobFilesRequest,
  LoginRequest,
  RerunRequest,
  RestoreRequest,
} from "./agent-api.ts";
import { AgentError } from "./agent-error.ts";
import { AgentRecords } from "./agent-records.ts";
import { AgentMail } from "./agent-mail.ts";
import { AgentSchedule } from "./agent-schedule.ts";
import { commandError } from "./command-error.ts";
import { closeOrphanedJobs } from "./close-orphaned-jobs.ts";
import { checkedSettings } from "./core/checked-settings.ts";
import { uniqueSourceName } from "./core/source-refusal.ts";
import { rerunPlan } from "./rerun-plan.ts";
import { placeOnService } from "./place-on-service.ts";
import { placeSource } from "./jobs/place-source.ts";
import { cleanLeftovers } from "./jobs/restore/clean-leftovers.ts";
import { ServiceError, type ListingPage } from "./ports/service.ts";
import type { RunStop, RunStopKind } from "./jobs/run-stop.ts";
import { RunGate } from "./run-gate.ts";
import { runRestore } from "./run-restore.ts";
import { runSources } from "./run-sources.ts";
import { AccountStore, type StoredAccount } from "./state/account-store.ts";
import type { JobFileRecord, JobRecord, Page, Settings, SourceFolder } from "./state/records.ts";
import { RestoreLeftovers } from "./state/restore-leftovers.ts";
import { SettingsStore } from "./state/settings-store.ts";
import { SourceStore } from "./state/source-store.ts";
import { StateDatabase } from "./state/state-database.ts";
import { UsageNoticeStore } from "./state/usage-notice-store.ts";
import { takeUsageNotice } from "./usage-notice.ts";
import { DEFAULT_TUNING, type Tuning } from "./tuning.ts";

export type * from "./agent-api.ts";

/** How long the service may be silent when it is told of a logout. */
const LOGOUT_SILENCE_MS_MAX = 10_000;

/** A login with what speaks to its service. */
interface Link {
  readonly serviceUrl: string;
  readonly connection: HttpConnection;
  readonly service: HttpService;
}

/** The backup tool; the composition root of its parts. See `AgentApi` for what each method does. */
export class Agent implements AgentApi {
  readonly #ports: AgentPorts;
  readonly #options: AgentOptions;
  readonly #tuning: Tuning;
  readonly #database: StateDatabase;
  readonly #records: AgentRecords;
  readonly #settings: SettingsStore;
  readonly #accounts: AccountStore;
  readonly #sources: SourceStore;
  readonly #mail: AgentMail;
  readonly #schedule: AgentSchedule;
  #link: Link | undefined;
  readonly #gate: RunGate;
  #isClosed = false;

  private constructor(ports: AgentPorts, options: AgentOptions) {
    this.#ports = ports;
    this.#gate = new RunGate(ports.clock);
    this.#options = options;
    this.#tuning = { ...DEFAULT_TUNING, ...options.tuning };
    this.#database = new StateDatabase(ports.database);
    this.#records = new AgentRecords(this.#database, {
      defaultDeviceName: options.defaultDeviceName,
      clock: ports.clock,
      host: ports.host,
    });
    this.#settings = new SettingsStore(this.#database, options.defaultDeviceName);
    this.#accounts = new AccountStore(this.#database);
    this.#sources = new SourceStore(this.#database);
    this.#mail = new AgentMail({
      ports,
      database: this.#database,
      tuning: this.#tuning,
      deviceName: () => this.#settings.read().deviceName,
    });
    this.#schedule = new AgentSchedule({
      ports,
      database: this.#database,
      mail: this.#mail,
      deviceName: () => this.#settings.read().deviceName,
      sources: () => this.#sources.list(),
      isLoggedIn: () => this.#accounts.read() !== undefined,
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
    const serviceUrl = checkedServiceUrl(request.serviceUrl);
    const connection = this.#connect(serviceUrl);
    try {
      const { deviceName } = this.#settings.read();
      const { loginId, password } = request;
      const session = await new HttpSessionService(connection).login(loginId, password, deviceName);
      this.#dropLink();
      const { nickname, token } = session;
      this.#accounts.write({ serviceUrl, loginId, password, nickname, token });
      this.#schedule.note("logged-in");
      this.#ports.log.write("info", "logged in", { loginId, serviceUrl });
      return { serviceUrl, loginId, nickname };
    } catch (error) {
      throw commandError(error);
    } finally {
      connection.close();
    }
  }

  async logout(): Promise<void> {
    const account = this.#accounts.read();
    if (account === undefined) return;
    await this.#gate.stop("logout");
    this.#accounts.clear();
    this.#schedule.note("logged-out");
    this.#dropLink();
    // Whoever logs out is not kept waiting for a service that says nothing.
    const connection = this.#connect(account.serviceUrl, LOGOUT_SILENCE_MS_MAX);
    try {
      await new HttpSessionService(connection).logout(account.token);
    } catch (error) {
      // Logged out here in any case; the session on the service ends by itself.
      this.#ports.log.write("warn", "the service was not told of the logout", {
        error: String(error),
      });
    } finally {
      connection.close();
    }
    this.#ports.log.write("info", "logged out", { loginId: account.loginId });
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

  async addSource(typedPath: string): Promise<SourceFolder> {
    const account = this.#mustBeLoggedIn();
    const { disk, clock } = this.#ports;
    const { homePath } = this.#options;
    const sources = this.#sources.list();
    const sourcePaths = sources.map(({ path }) => path);
    const placement = await placeSource({ disk, typedPath, sourcePaths, homePath });
    if (placement.kind === "refused") throw new AgentError("source-refused", placement.reason);
    const { path } = placement;
    const name = uniqueSourceName(placement.name, new Set(sources.map((source) => source.name)));
    const destination = destinationPath(account.loginId, this.#settings.read().deviceName, name);
    try {
      await this.#service().createFolder(destination);
    } catch (error) {
      throw commandError(error);
    }
    const addedAtMs = clock.nowMs();
    return this.#sources.add({
      path,
      name,
      destination: formatServicePath(destination),
      addedAtMs,
    });
  }

  removeSource(idOrPath: string): SourceFolder {
    this.#mustBeIdle();
    const path = this.#ports.disk.absolute(idOrPath);
    const source = this.#sources
      .list()
      .find((one) => String(one.id) === idOrPath || one.path === idOrPath || one.path === path);
    if (source === undefined) {
      throw new AgentError("no-such-source", `${idOrPath} is no source; see the list of sources`);
    }
    this.#sources.remove(source.id);
    return source;
  }

  sources(): readonly SourceFolder[] {
    return this.#sources.list();
  }

  async runBackup(request: BackupRequest = {}): Promise<readonly JobRecord[]> {
    this.#mustBeIdle();
    this.#mustBeLoggedIn();
    return this.#runSources(this.#chosenSources(request.sourceIds), {}, request);
  }

  async restore(request: RestoreRequest): Promise<JobRecord> {
    this.#mustBeIdle();
    this.#mustBeLoggedIn();
    const place = placeOnService(request.from, this.#sources.list(), this.#ports.disk);
    return this.#run((stop) =>
      runRestore({
        ports: this.#ports,
        database: this.#database,
        tuning: this.#tuning,
        service: this.#service(),
        request,
        place,
        stop,
      }),
    );
  }

  async rerun(id: number, request: RerunRequest = {}): Promise<readonly JobRecord[]> {
    this.#mustBeIdle();
    this.#mustBeLoggedIn();
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
    this.#mustBeLoggedIn();
    const place = placeOnService(path, this.#sources.list(), this.#ports.disk);
    try {
      const found = await this.#service().listGenerations(place);
      if (found !== undefined) return found;
    } catch (error) {
      throw commandError(error);
    }
    throw notOnService("file", place);
  }

  async browse(path: string, pageToken?: string): Promise<ListingPage> {
    this.#mustBeLoggedIn();
    const place = placeOnService(path, this.#sources.list(), this.#ports.disk);
    try {
      const wish = pageToken === undefined ? {} : { pageToken };
      return await this.#service().listPage(place, wish);
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
    this.#mustBeLoggedIn();
    try {
      return await this.#service().contract();
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
    if (this.#isClosed || this.#accounts.read() === undefined) return null;
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
    this.#dropLink();
  }

  #chosenSources(ids: readonly number[] | undefined): readonly SourceFolder[] {
    const all = this.#sources.list();
    if (all.length === 0) {
      throw new AgentError("no-sources", "there is no source folder yet; add one first");
    }
    if (ids === undefined) return all;
    return ids.map((id) => {
      const source = all.find((one) => one.id === id);
      if (source !== undefined) return source;
      throw new AgentError("no-such-source", `there is no source ${id}; see the list of sources`);
    });
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
    return runSources({
      ports: this.#ports,
      database: this.#database,
      tuning: this.#tuning,
      settings: { ...this.#settings.read(), ...settings },
      sources,
      service: () => this.#service(),
      request,
      stop,
    });
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
    if (this.#accounts.read() === undefined) return "logout";
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

  #mustBeLoggedIn(): StoredAccount {
    const account = this.#accounts.read();
    if (account !== undefined) return account;
    throw new AgentError("not-logged-in", "nobody is logged in; log in first");
  }

  #connect(serviceUrl: string, silenceMs = Infinity): HttpConnection {
    const { dialer, clock } = this.#ports;
    const silenceMsMax = Math.min(silenceMs, this.#tuning.requestTimeoutMs);
    return new HttpConnection({ serviceUrl, dialer, clock, silenceMsMax });
  }

  #service(): HttpService {
    const { serviceUrl } = this.#mustBeLoggedIn();
    // Another process may have logged in elsewhere: nothing of that login goes to the old service.
    if (this.#link?.serviceUrl !== serviceUrl) this.#dropLink();
    this.#link ??= this.#openLink(serviceUrl);
    return this.#link.service;
  }

  #openLink(serviceUrl: string): Link {
    const connection = this.#connect(serviceUrl);
    const session = new AccountSession(
      this.#accounts,
      new HttpSessionService(connection),
      () => this.#settings.read().deviceName,
    );
    return { serviceUrl, connection, service: new HttpService(connection, session) };
  }

  #dropLink(): void {
    this.#link?.connection.close();
    this.#link = undefined;
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

function checkedServiceUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === "") return url.origin;
  throw new AgentError(
    "invalid-setting",
    "the service's address must be like https://backup.example or http://127.0.0.1:8080",
  );
}
