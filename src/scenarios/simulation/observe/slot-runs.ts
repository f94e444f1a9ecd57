import type { JobRecord } from "../../../protocol/job-record.ts";
import type { World } from "../../../sim-server/world.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import type { Recorders } from "./recorders.ts";
import type { StepFacts } from "./step-facts.ts";
import type { ObservedJobs, OnJobStart } from "./observed-jobs.ts";

interface SlotRunsOptions {
  readonly world: World;
  readonly device: SimulatedDevice;
  readonly recorders: Recorders;
  /** Called with each job of a run, as those of a run that a person began. */
  readonly jobs: ObservedJobs;
  /** Whether a source, by its path on the device, is one that the tool can reach. */
  readonly isReached: (hostPath: string) => boolean;
}

/**
 * Watches the runs that slots begin by themselves: from the first row of a run until nothing of it is
 * left, with what the step under way says about them.
 */
export class SlotRuns {
  readonly #options: SlotRunsOptions;
  #facts: StepFacts | undefined;
  #start: OnJobStart = () => undefined;
  #underWay: PromiseWithResolvers<void> | undefined;
  #rowCount = 0;

  constructor(options: SlotRunsOptions) {
    this.#options = options;
  }

  /** Whether a run is under way. */
  get isBusy(): boolean {
    return this.#underWay !== undefined;
  }

  /** Rows of slots so far, run or not. */
  get rowCount(): number {
    return this.#rowCount;
  }

  /** Another step is under way. */
  begin(facts: StepFacts, start: OnJobStart = () => undefined): void {
    this.#facts = facts;
    this.#start = start;
  }

  /** A row of a slot was written. */
  record(job: JobRecord): void {
    const { world, device, recorders, jobs, isReached } = this.#options;
    const facts = this.#facts;
    this.#rowCount += 1;
    if (facts === undefined) throw new TypeError("a slot ran before the first step");
    if (this.#underWay === undefined) {
      // What did not run has nothing to be watched.
      if (job.status !== "running") {
        world.trace.add(device.name, "job", `${job.id} ${job.status} ${job.causes.join(",")}`);
        return;
      }
      this.#underWay = Promise.withResolvers();
      const sources = device.agent.sources
        .list()
        .map(({ path }) => path)
        .filter(isReached)
        .map((path) => recorders.observer.sourceAt(path));
      recorders.deletions.beginRun(device, facts, sources, false);
    }
    jobs.job(device, job, facts, this.#start);
    if (job.status !== "running" && job.status !== "waiting") this.#lookWhetherOver();
  }

  /** The process of the run is gone, and the next one has started. */
  end(): void {
    if (this.#underWay === undefined) return;
    const { resolve } = this.#underWay;
    this.#underWay = undefined;
    this.#options.recorders.deletions.endRun(this.#options.device);
    resolve();
  }

  /** Resolves when no run is under way. */
  async idle(): Promise<void> {
    // A slot that comes at this very moment has begun by then.
    await this.#options.world.clock.wait(1);
    while (this.#underWay !== undefined) await this.#underWay.promise;
  }

  /** Within a run nothing waits between two jobs. */
  #lookWhetherOver(): void {
    const { world, device, recorders } = this.#options;
    world.clock.setTimer(1, () => {
      const isAtWork = recorders.backups.isRunning(device) || recorders.deletions.isAtWork(device);
      if (!isAtWork && !device.isGone) this.end();
    });
  }
}
