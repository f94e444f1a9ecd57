import type { BackupRequest, RestoreRequest } from "../../../agent/jobs/requests.ts";
import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import type { World } from "../../../sim-server/world.ts";
import type { HostPaths } from "../disk/host-path.ts";
import type { AgentHost } from "../process/agent-host.ts";
import type { Moments } from "./moments.ts";
import type { Recorders } from "./recorders.ts";
import type { RestoreFacts } from "./restore-recorder.ts";
import type { Start } from "./start.ts";
import type { StepFacts } from "./step-facts.ts";

/** What is asked of an agent that backs up. */
export type BackupWish = Pick<BackupRequest, "sourceIds" | "confirmDeletions">;

/** What jobs are watched with. */
export interface WatchedJobsOptions {
  readonly world: World;
  readonly paths: HostPaths;
  readonly recorders: Recorders;
  /** Those of the PC, where disturbances happen; nothing happens at moments of the neighbour. */
  readonly moments: Moments;
}

/** Has agents run jobs, and passes on what they tell of them: to the recorders, the moments and the trace. */
export class WatchedJobs {
  readonly #options: WatchedJobsOptions;

  constructor(options: WatchedJobsOptions) {
    this.#options = options;
  }

  /** Runs a backup of some sources, or of all; resolves when it is over or its process gone. */
  async backUp(host: AgentHost, wish: BackupWish, facts: StepFacts, start: Start): Promise<void> {
    const { paths, recorders } = this.#options;
    const { sourceIds, confirmDeletions } = wish;
    const sources = host.agent
      .sources()
      .filter(({ id }) => sourceIds?.includes(id) ?? true)
      .map(({ path }) => paths.fromHost(path));
    recorders.deletions.beginRun(host, facts, sources, confirmDeletions ?? false);
    const run = host.agent.runBackup({
      ...wish,
      onJob: (job) => this.job(host, job, facts, start),
      onFile: (row) => this.#row(host, row),
    });
    await host.orGone(run);
  }

  /** Runs a restore; resolves when it is over or its process gone. */
  async restore(
    host: AgentHost,
    request: RestoreRequest,
    facts: RestoreFacts,
    start: Start,
  ): Promise<void> {
    const { restores } = this.#options.recorders;
    const run = host.agent.restore({
      ...request,
      onJob: (job) => {
        this.#trace(host, job);
        if (job.status !== "running") return restores.end(host);
        restores.begin(host, job, facts);
        start();
      },
      onFile: (row) => this.#row(host, row),
    });
    await host.orGone(run);
  }

  /** The agent told of a backup or of a deletion that follows one. */
  job(host: AgentHost, job: JobRecord, facts: StepFacts, start: Start): void {
    const { moments, recorders } = this.#options;
    this.#trace(host, job);
    if (job.kind === "delete") {
      recorders.deletions.tell(host, job);
      if (job.status !== "running") return;
      start("delete");
      if (host.name === "pc") moments.tell({ at: "deletion" });
      return;
    }
    if (job.status === "running") {
      recorders.backups.begin(host, job, facts);
      start("backup");
    } else {
      recorders.backups.end(host);
    }
  }

  #row(host: AgentHost, row: JobFileRecord): void {
    const { world, moments } = this.#options;
    world.trace.add(host.name, "row", `${JSON.stringify(row.path)} ${row.status}`);
    if (host.name === "pc") moments.tell({ at: "row" });
  }

  #trace(host: AgentHost, job: JobRecord): void {
    const detail = `${job.id} ${job.status} ${job.causes.join(",")}`;
    this.#options.world.trace.add(host.name, "job", detail);
  }
}
