import type { JobRecord } from "../../../protocol/job-record.ts";
import type { DeleteRun, DeletionRequest, DeletionWork } from "../../observation/delete-run.ts";
import { cutShort, type StopFact } from "../../observation/stop-fact.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import type { BackupRecorder } from "./backup-recorder.ts";
import { jobsAfter } from "./jobs-after.ts";
import { recordedJob, type Mark, type Observer } from "./observer.ts";
import type { StepFacts } from "./step-facts.ts";
import { stopsOf } from "./stops-of.ts";

/** One run of backups by one device: the delete jobs between them belong together. */
interface OpenRun {
  readonly facts: StepFacts;
  /** The sources of the run in order. */
  readonly sources: readonly string[];
  readonly isConfirmed: boolean;
  readonly backupCount: number;
  /** The newest job of any kind before it. */
  readonly jobIdBefore: number;
  /** Rows that were seen 待機中, and whose they are. */
  readonly waiting: Map<number, string>;
  readonly done: Set<number>;
  stop: StopFact | undefined;
  open: OpenDeletion | undefined;
}

interface OpenDeletion {
  readonly mark: Mark;
  readonly jobAtStart: JobRecord;
  readonly requestCount: number;
  readonly waitingSources: Set<string>;
}

/** Records what the world knows about each delete job: that it waits, begins and ends. */
export class DeletionRecorder {
  readonly runs: DeleteRun[] = [];
  readonly #observer: Observer;
  readonly #backups: BackupRecorder;
  readonly #nextSeq: () => number;
  readonly #open = new Map<SimulatedDevice, OpenRun>();
  /** The newest job that each device was seen to have. */
  readonly #newestIds = new WeakMap<SimulatedDevice, number>();
  readonly #requests: (DeletionRequest & { readonly place: string })[] = [];

  /** `nextSeq` gives the next place among the changes and disk calls of the scenario. */
  constructor(observer: Observer, backups: BackupRecorder, nextSeq: () => number) {
    this.#observer = observer;
    this.#backups = backups;
    this.#nextSeq = nextSeq;
  }

  /** A run of backups begins. `sources` are those of the run, as the scenario writes them, in order. */
  beginRun(
    device: SimulatedDevice,
    facts: StepFacts,
    sources: readonly string[],
    isConfirmed: boolean,
  ): void {
    this.#open.set(device, {
      facts,
      sources,
      isConfirmed,
      backupCount: this.#backups.runs.length,
      jobIdBefore: this.#newestId(device),
      waiting: new Map(),
      done: new Set(),
      stop: undefined,
      open: undefined,
    });
  }

  /** Whether a delete job of the device is at work. */
  isAtWork(device: SimulatedDevice): boolean {
    return this.#open.get(device)?.open !== undefined;
  }

  /** The ID of the delete job of the device that is at work. */
  workingId(device: SimulatedDevice): number | undefined {
    return this.#open.get(device)?.open?.jobAtStart.id;
  }

  /** The agent reports a delete job. */
  record(device: SimulatedDevice, job: JobRecord): void {
    const run = this.#open.get(device);
    if (run === undefined) return;
    if (job.status === "waiting") run.waiting.set(job.id, this.#sourceOf(job));
    else if (job.status === "running") this.#begin(device, run, job);
    else this.#end(device, run, job);
  }

  /**
   * Something ends the run of the device before its time. False when no job is at work, or something did
   * already; `isAtBackup` says that a backup of the run is.
   */
  stop(device: SimulatedDevice, stop: StopFact, isAtBackup: boolean): boolean {
    const run = this.#open.get(device);
    if (run === undefined || run.stop !== undefined) return false;
    if (!isAtBackup && run.open === undefined) return false;
    run.stop = stop;
    return true;
  }

  /** The process ends under the run of the device, be it between two jobs of it, whose rows may be there already. */
  cut(device: SimulatedDevice, cut: StopFact): void {
    const run = this.#open.get(device);
    if (run !== undefined) run.stop = cutShort(run.stop, cut);
  }

  /** The service received a request. */
  request(method: string, target: string): void {
    if (method !== "DELETE") return;
    const [, entryKind, place] = DELETION_TARGET.exec(target) ?? [];
    if (place === undefined) return;
    for (const [device, run] of this.#open) {
      if (run.open !== undefined && !device.isGone) this.#lookForWaiting(device, run, run.open);
    }
    this.#requests.push({
      seq: this.#nextSeq(),
      entryKind: entryKind === "files" ? "file" : "folder",
      path: "",
      place: decodeURIComponent(place),
    });
  }

  /** The run is over, or its process was and the next one has started. */
  endRun(device: SimulatedDevice): void {
    const run = this.#open.get(device);
    if (run === undefined) return;
    if (run.open !== undefined)
      this.#end(device, run, device.agent.history.job(run.open.jobAtStart.id));
    for (const job of deleteJobs(device, run)) {
      if (!run.done.has(job.id)) this.#end(device, run, job);
    }
    this.#open.delete(device);
  }

  #begin(device: SimulatedDevice, run: OpenRun, job: JobRecord): void {
    const { facts } = run;
    const { destination } = job;
    const sourcePath = this.#sourceOf(job);
    const open: OpenDeletion = {
      mark: this.#observer.mark({ device, sourcePath, destination, facts }),
      jobAtStart: job,
      requestCount: this.#requests.length,
      waitingSources: new Set(),
    };
    run.open = open;
    this.#lookForWaiting(device, run, open);
  }

  #end(device: SimulatedDevice, run: OpenRun, job: JobRecord): void {
    const open = run.open?.jobAtStart.id === job.id ? run.open : undefined;
    if (open !== undefined) {
      if (!device.isGone) this.#lookForWaiting(device, run, open);
      run.open = undefined;
    }
    run.done.add(job.id);
    const { name } = device;
    const sourcePath = this.#sourceOf(job);
    const at = run.sources.indexOf(sourcePath);
    this.runs.push({
      step: run.facts.step,
      phase: run.facts.phase,
      device: name,
      sourcePath,
      destination: job.destination,
      backup: this.#backups.runs
        .slice(run.backupCount)
        .findLast((backup) => backup.device === name && backup.sourcePath === sourcePath),
      isConfirmed: run.isConfirmed,
      hasWaited: run.waiting.has(job.id),
      laterSources: at === -1 ? [] : run.sources.slice(at + 1),
      waitingSources: open?.waitingSources ?? new Set(),
      ...stopsOf(device, open && job.id, run.stop),
      faults: run.facts.faults,
      acts: this.#observer.actsIn(job.destination),
      work: open === undefined ? undefined : this.#workOf(open),
      ...recordedJob(device, job.id),
      looks: this.#observer.looksAt(device, job.id),
    });
  }

  #workOf({ mark, jobAtStart, requestCount }: OpenDeletion): DeletionWork {
    const prefix = `${mark.destination}/`;
    return {
      ...this.#observer.since(mark),
      deletionRequests: this.#requests
        .slice(requestCount)
        .filter(({ place }) => place.startsWith(prefix))
        .map(({ seq, entryKind, place }) => ({ seq, entryKind, path: place.slice(prefix.length) })),
      jobAtStart,
    };
  }

  #lookForWaiting(device: SimulatedDevice, run: OpenRun, open: OpenDeletion): void {
    for (const job of deleteJobs(device, run)) {
      if (job.status !== "waiting") continue;
      const sourcePath = this.#sourceOf(job);
      run.waiting.set(job.id, sourcePath);
      open.waitingSources.add(sourcePath);
    }
  }

  #newestId(device: SimulatedDevice): number {
    const known = this.#newestIds.get(device) ?? 0;
    const newest = known + jobsAfter(device.agent.history, known).length;
    this.#newestIds.set(device, newest);
    return newest;
  }

  #sourceOf(job: JobRecord): string {
    return this.#observer.sourceAt(job.sourcePath);
  }
}

const DELETION_TARGET = /^\/v1\/(files|folders)\/(.+)$/;

/** The delete jobs of a run, in the order of their rows. */
function deleteJobs({ agent }: SimulatedDevice, { jobIdBefore }: OpenRun): readonly JobRecord[] {
  return jobsAfter(agent.history, jobIdBefore).filter(({ kind }) => kind === "delete");
}
