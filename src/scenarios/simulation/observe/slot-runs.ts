import type { JobRecord } from "../../../protocol/job-record.ts";
import type { World } from "../../../sim-server/world.ts";
import type { AgentHost } from "../process/agent-host.ts";
import type { Recorders } from "./recorders.ts";
import type { Start } from "./start.ts";
import type { StepFacts } from "./step-facts.ts";
import type { WatchedJobs } from "./watched-jobs.ts";

/** What runs of slots are watched with. */
export interface SlotRunsOptions {
  readonly world: World;
  readonly host: AgentHost;
  readonly recorders: Recorders;
  /** Told each job of a run, as those of a run that a person began. */
  readonly jobs: WatchedJobs;
  /** Whether a source, by its path on the host, is one that the tool can reach. */
  readonly isReached: (hostPath: string) => boolean;
}

/**
 * Watches the runs that slots begin by themselves: from the first row of a run until nothing of it is
 * left, with what the step under way says about them.
 */
export class SlotRuns {
  readonly #options: SlotRunsOptions;
  #facts: StepFacts | undefined;
  #start: Start = () => undefined;
  #underWay: PromiseWithResolvers<void> | undefined;

  constructor(options: SlotRunsOptions) {
    this.#options = options;
  }

  /** Whether a run is under way. */
  get isBusy(): boolean {
    return this.#underWay !== undefined;
  }

  /** Another step is under way. */
  begin(facts: StepFacts, start: Start = () => undefined): void {
    this.#facts = facts;
    this.#start = start;
  }

  /** A row of a slot was written. */
  tell(job: JobRecord): void {
    const { world, host, recorders, jobs, isReached } = this.#options;
    const facts = this.#facts;
    if (facts === undefined) throw new TypeError("a slot ran before the first step");
    if (this.#underWay === undefined) {
      // What did not run has nothing to be watched.
      if (job.status !== "running") {
        world.trace.add(host.name, "job", `${job.id} ${job.status} ${job.causes.join(",")}`);
        return;
      }
      this.#underWay = Promise.withResolvers();
      const sources = host.agent
        .sources()
        .map(({ path }) => path)
        .filter(isReached)
        .map((path) => recorders.deletions.sourceAt(path));
      recorders.deletions.beginRun(host, facts, sources, false);
    }
    jobs.job(host, job, facts, this.#start);
    if (job.status !== "running" && job.status !== "waiting") this.#lookWhetherOver();
  }

  /** The process of the run is gone, and the next one has started. */
  end(): void {
    if (this.#underWay === undefined) return;
    const { resolve } = this.#underWay;
    this.#underWay = undefined;
    this.#options.recorders.deletions.endRun(this.#options.host);
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
    const { world, host, recorders } = this.#options;
    world.clock.setTimer(1, () => {
      const isAtWork = recorders.backups.isRunning(host) || recorders.deletions.isAtWork(host);
      if (!isAtWork && !host.isGone) this.end();
    });
  }
}
