import type { BackupRequest, RestoreRequest } from "../../../agent/jobs/requests.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { JobKind } from "../../../protocol/job-kind.ts";
import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import type { World } from "../../../sim-server/world.ts";
import type { HostPaths } from "../disk/host-path.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import type { DisturbanceScheduler } from "../world/disturbance-scheduler.ts";
import type { Recorders } from "./recorders.ts";
import type { RestoreStepFacts } from "./restore-recorder.ts";
import type { StepFacts } from "./step-facts.ts";

/** Called when a job has begun; what is counted from there is counted from now. Default: no delete job. */
export type OnJobStart = (kind?: JobKind) => void;

/** What is asked of an agent that backs up. */
export type BackupChoice = Pick<BackupRequest, "sourceIds" | "confirmDeletions">;

interface ObservedJobsOptions {
  readonly world: World;
  readonly paths: HostPaths;
  readonly recorders: Recorders;
  /** Those of the PC, where disturbances happen; nothing happens at moments of the neighbour. */
  readonly disturbances: DisturbanceScheduler;
}

/** Has agents run jobs, and passes on what they report: to the recorders, the disturbances and the trace. */
export class ObservedJobs {
  readonly #options: ObservedJobsOptions;

  constructor(options: ObservedJobsOptions) {
    this.#options = options;
  }

  /** Runs a backup of some sources, or of all; resolves when it is over or its process gone. */
  async backUp(
    device: SimulatedDevice,
    wish: BackupChoice,
    facts: StepFacts,
    start: OnJobStart,
  ): Promise<void> {
    const { paths, recorders } = this.#options;
    const { sourceIds, confirmDeletions } = wish;
    const sources = device.agent.sources
      .list()
      .filter(({ id }) => sourceIds?.includes(id) ?? true)
      .map(({ path }) => paths.fromHost(path));
    recorders.deletions.beginRun(device, facts, sources, confirmDeletions ?? false);
    const run = device.agent.runs.backUp({
      ...wish,
      onJob: (job) => this.job(device, job, facts, start),
      onFile: (row) => this.#row(device, row),
    });
    await device.orGone(run);
  }

  /** Does a backup again (再実行), with the settings it had; resolves when it is over or its process gone. */
  async backUpAgain(
    device: SimulatedDevice,
    last: BackupRun,
    facts: StepFacts,
    start: OnJobStart,
  ): Promise<void> {
    const { includeHidden, compareUpload, compareDelete } = last;
    const ofThen = { ...facts, settings: { includeHidden, compareUpload, compareDelete } };
    this.#options.recorders.deletions.beginRun(device, ofThen, [last.sourcePath], false);
    const run = device.agent.runs.rerun(last.job.id, {
      onJob: (job) => this.job(device, job, ofThen, start),
      onFile: (row) => this.#row(device, row),
    });
    await device.orGone(run);
  }

  /** Runs a restore, or does job `againId` once more (再実行); resolves when it is over or its process gone. */
  async restore(
    device: SimulatedDevice,
    request: RestoreRequest,
    facts: RestoreStepFacts,
    start: OnJobStart,
    againId?: number,
  ): Promise<void> {
    const { restores } = this.#options.recorders;
    const listeners: Pick<RestoreRequest, "onJob" | "onFile"> = {
      onJob: (job) => {
        this.#trace(device, job);
        if (job.status !== "running") return restores.end(device);
        restores.begin(device, job, facts);
        start();
      },
      onFile: (row) => this.#row(device, row),
    };
    const { runs } = device.agent;
    await device.orGone<unknown>(
      againId === undefined
        ? runs.restore({ ...request, ...listeners })
        : runs.rerun(againId, listeners),
    );
  }

  /** The agent reports a backup or of a deletion that follows one. */
  job(device: SimulatedDevice, job: JobRecord, facts: StepFacts, start: OnJobStart): void {
    const { disturbances, recorders } = this.#options;
    this.#trace(device, job);
    if (job.kind === "delete") {
      recorders.deletions.record(device, job);
      if (job.status !== "running") return;
      start("delete");
      if (device.name === "pc") disturbances.report({ at: "deletion" });
      return;
    }
    if (job.status === "running") {
      recorders.backups.begin(device, job, facts);
      start("backup");
    } else {
      recorders.backups.end(device);
    }
  }

  #row(device: SimulatedDevice, row: JobFileRecord): void {
    const { world, disturbances } = this.#options;
    world.trace.add(device.name, "row", `${JSON.stringify(row.path)} ${row.status}`);
    if (device.name === "pc") disturbances.report({ at: "row" });
  }

  #trace(device: SimulatedDevice, job: JobRecord): void {
    const detail = `${job.id} ${job.status} ${job.causes.join(",")}`;
    this.#options.world.trace.add(device.name, "job", detail);
  }
}
