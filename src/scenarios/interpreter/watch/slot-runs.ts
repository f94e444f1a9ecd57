import type { JobRecord } from "../../../agent/state/records.ts";
import type { World } from "../../../sim-server/world.ts";
import type { AgentHost } from "../process/agent-host.ts";
import type { DeletionRecorder } from "./deletion-recorder.ts";
import type { JobRecorder } from "./job-recorder.ts";
import type { StepFacts } from "./step-facts.ts";
import type { Start } from "../life.ts";

/** What runs of slots are watched with. */
export interface SlotRunsOptions {
  readonly world: World;
  readonly host: () => AgentHost;
  readonly backups: JobRecorder;
  readonly deletions: DeletionRecorder;
  /** Told each job of a run, as a run that a person began would tell it. */
  readonly onJob: (job: JobRecord) => void;
  /** Whether a source, by its path on the host, is one that the tool can reach. */
  readonly isSource: (path: string) => boolean;
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

  /** What the step under way says about the runs in it. */
  get facts(): StepFacts {
    if (this.#facts === undefined) throw new TypeError("a slot ran before the first step");
    return this.#facts;
  }

  /** To be told that a job has begun. */
  get start(): Start {
    return this.#start;
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
    const { world, host, deletions, onJob, isSource } = this.#options;
    if (this.#underWay === undefined) {
      // What did not run has nothing to be watched.
      if (job.status !== "running") {
        world.trace.add(host().name, "job", `${job.id} ${job.status} ${job.causes.join(",")}`);
        return;
      }
      this.#underWay = Promise.withResolvers();
      const sources = host()
        .agent.sources()
        .map(({ path }) => path)
        .filter(isSource);
      deletions.beginRun(
        host(),
        this.facts,
        sources.map((path) => deletions.sourceAt(path)),
        false,
      );
    }
    onJob(job);
    if (job.status !== "running" && job.status !== "waiting") this.#lookWhetherOver();
  }

  /** The process of the run is gone, and the next one has started. */
  end(): void {
    if (this.#underWay === undefined) return;
    const { resolve } = this.#underWay;
    this.#underWay = undefined;
    this.#options.deletions.endRun(this.#options.host());
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
    const { world, backups, deletions, host } = this.#options;
    world.clock.setTimer(1, () => {
      const isAtWork = backups.isRunning(host()) || deletions.isAtWork(host());
      if (!isAtWork && !host().isGone) this.end();
    });
  }
}
