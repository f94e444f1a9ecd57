import type { JobRecord } from "../../protocol/job-record.ts";
import type { ServiceLink } from "../account/service-link.ts";
import type { JobEnvironment } from "../jobs/job-environment.ts";
import { cleanLeftovers } from "../jobs/restore/clean-leftovers.ts";
import type { BackupRequest, RerunRequest, RestoreRequest } from "../jobs/requests.ts";
import type { Waits } from "../core/waits.ts";
import type { RunStop, RunStopKind } from "../jobs/job-stop.ts";
import type { AgentPorts } from "../ports/agent-ports.ts";
import type { AgentSources } from "../sources/sources.ts";
import type { AgentHistory } from "../state/history.ts";
import type { Settings, SourceFolder } from "../state/records.ts";
import { RestoreLeftovers } from "../state/restore-leftovers.ts";
import type { AgentSettings } from "../state/settings.ts";
import type { StateDatabase } from "../state/state-database.ts";
import type { Tuning } from "../tuning.ts";
import { rerunPlan } from "./rerun.ts";
import { runBackups } from "./run-backups.ts";
import type { RunGate } from "./run-gate.ts";
import { runRestore } from "./run-restore.ts";

interface AgentRunsOptions {
  readonly ports: AgentPorts;
  readonly database: StateDatabase;
  readonly tuning: Tuning;
  readonly gate: RunGate;
  readonly link: ServiceLink;
  readonly settings: Pick<AgentSettings, "read">;
  readonly sources: AgentSources;
  readonly history: Pick<AgentHistory, "job">;
  readonly waits: Waits;
  /** Closes the jobs whose end nobody could write down. */
  readonly closeOrphans: () => void;
}

/**
 * The runs of jobs, one at a time. Methods throw `AgentError` and nothing else: `busy` while
 * something runs, `not-logged-in`, and what their request is refused for.
 */
export class AgentRuns {
  readonly #options: AgentRunsOptions;

  constructor(options: AgentRunsOptions) {
    this.#options = options;
  }

  /**
   * Backs sources up one after another; one ended job per source, in order (F19), each followed by
   * its delete job when 差分比較削除 is on (F17).
   */
  async backUp(request: BackupRequest = {}): Promise<readonly JobRecord[]> {
    this.#mustBeReady();
    return this.#backUpAlone(this.#options.sources.chosen(request.sourceIds), {}, request);
  }

  /** Restores a folder, a file or a generation of one; resolves to its ended job (F25, F26). */
  async restore(request: RestoreRequest): Promise<JobRecord> {
    this.#mustBeReady();
    const { ports, link, sources } = this.#options;
    const place = sources.placeOf(request.from);
    return this.#run((stop) =>
      runRestore({
        environment: { ...this.#jobEnvironment(), service: link.service() },
        disk: ports.targetDisk,
        request,
        place,
        stop,
      }),
    );
  }

  /**
   * 再実行 of a backup or restore that is 未完了, with the settings it had (F32). Resolves to its
   * ended jobs: a backup's own, then its delete job when it had 差分比較削除.
   */
  async rerun(id: number, request: RerunRequest = {}): Promise<readonly JobRecord[]> {
    this.#mustBeReady();
    const { history, sources } = this.#options;
    const plan = rerunPlan(history.job(id), sources.list(), request);
    if (plan.kind === "restore") return [await this.restore(plan.request)];
    const { onProgress, onJob, onFile } = request;
    return this.#backUpAlone([plan.source], plan.settings, {
      trigger: "rerun",
      ...(onProgress && { onProgress }),
      ...(onJob && { onJob }),
      ...(onFile && { onFile }),
    });
  }

  /** 中断: ends the running backup or delete job soon; a restore has no 中断 and goes on (F19). */
  interrupt(): void {
    this.#options.gate.ask("interrupt");
  }

  /**
   * Backs sources up for a slot, once a run that a person started is over. Resolves to what stopped
   * it, if anything did.
   */
  async backUpForSlot(
    sources: readonly SourceFolder[],
    request: BackupRequest,
  ): Promise<RunStopKind | undefined> {
    const { gate, link } = this.#options;
    await gate.idle();
    if (gate.isClosed) return "close";
    if (link.isLoginLost) return "login-lost";
    if (!link.isLoggedIn) return "logout";
    return this.#run(async (stop) => {
      await this.#backUp(sources, {}, request, stop);
      return stop.kind;
    });
  }

  #backUpAlone(
    sources: readonly SourceFolder[],
    settings: Partial<Settings>,
    request: BackupRequest,
  ): Promise<readonly JobRecord[]> {
    return this.#run((stop) => this.#backUp(sources, settings, request, stop));
  }

  async #backUp(
    sources: readonly SourceFolder[],
    settings: Partial<Settings>,
    request: BackupRequest,
    stop: RunStop,
  ): Promise<readonly JobRecord[]> {
    const { ports, link } = this.#options;
    return runBackups({
      environment: this.#jobEnvironment(),
      disk: ports.disk,
      machine: (await ports.machine?.id()) ?? null,
      settings: { ...this.#options.settings.read(), ...settings },
      sources,
      service: () => link.service(),
      request,
      stop,
    });
  }

  /** What every job takes but the service, which is the login's. */
  #jobEnvironment(): Omit<JobEnvironment, "service"> {
    const { ports, database, tuning, waits } = this.#options;
    const { clock, entropy, memory, log } = ports;
    return { clock, entropy, memory, log, database, tuning, waits };
  }

  /** Carries jobs out, one run at a time, so that they can be stopped. */
  #run<Result>(work: (stop: RunStop) => Promise<Result>): Promise<Result> {
    return this.#options.gate.run(async (stop) => {
      // Nothing else runs: what is open was left by a process that ended, or by a disk that was full.
      this.#options.closeOrphans();
      await this.#cleanLeftovers();
      return work(stop);
    });
  }

  /** What a killed restore left goes before anything is looked at again. */
  #cleanLeftovers(): Promise<void> {
    const { targetDisk: disk, log } = this.#options.ports;
    return cleanLeftovers({ disk, log, leftovers: new RestoreLeftovers(this.#options.database) });
  }

  #mustBeReady(): void {
    this.#options.gate.mustBeIdle();
    this.#options.link.mustBeLoggedIn();
  }
}
