import type { JobRecord } from "../../../protocol/job-record.ts";
import type { World } from "../../../sim-server/world.ts";
import type { FiredFault } from "../../scenario/fired-fault.ts";
import type { DeleteRun, DeletionRequest } from "../../observation/delete-run.ts";
import type { ExplorerFact } from "../../observation/explorer-fact.ts";
import type { StopFact } from "../../observation/stop-fact.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import type { ReferenceModel } from "../disk/reference-model.ts";
import { firedFaults, firedSince } from "./fired-faults.ts";
import { rowsOf } from "./rows-of.ts";
import type { HostPaths } from "../disk/host-path.ts";
import { sleepsWithin, type PcSleep } from "./pc-sleep.ts";
import type { JobRecorder } from "./job-recorder.ts";
import type { StepFacts } from "./step-facts.ts";
import type { ServiceProbe } from "./service-probe.ts";

/** What delete jobs are recorded from. */
export interface DeletionRecorderOptions {
  readonly world: World;
  readonly model: ReferenceModel;
  readonly probe: ServiceProbe;
  readonly paths: HostPaths;
  readonly backups: JobRecorder;
  /** What people did to single entries of destinations, up to now. */
  readonly acts: readonly ExplorerFact[];
  readonly nextSeq: () => number;
  readonly sleeps: readonly PcSleep[];
}

/** One run of backups by one device: the delete jobs between them belong together. */
interface OpenRun {
  readonly facts: StepFacts;
  /** The sources of the run in order. */
  readonly sources: readonly string[];
  readonly isConfirmed: boolean;
  readonly backupCount: number;
  readonly jobIdsBefore: ReadonlySet<number>;
  /** Rows that were seen 待機中, and whose they are. */
  readonly waiting: Map<number, string>;
  readonly done: Set<number>;
  stop: StopFact | undefined;
  open: OpenDeletion | undefined;
}

interface OpenDeletion {
  readonly jobAtStart: JobRecord;
  readonly sourcePath: string;
  readonly startedMs: number;
  readonly startedSeq: number;
  readonly diskBefore: ReturnType<ReferenceModel["below"]>;
  readonly serviceBefore: ReturnType<ServiceProbe["facts"]>;
  readonly changeCount: number;
  readonly callCount: number;
  readonly requestCount: number;
  readonly firedBefore: readonly FiredFault[];
  readonly waitingSources: Set<string>;
  destinationTouched: boolean;
}

/** Watches delete jobs wait, begin and end, and puts down what the world knows about them. */
export class DeletionRecorder {
  readonly runs: DeleteRun[] = [];
  readonly #options: DeletionRecorderOptions;
  readonly #open = new Map<SimulatedDevice, OpenRun>();
  readonly #requests: (DeletionRequest & { readonly place: string })[] = [];

  constructor(options: DeletionRecorderOptions) {
    this.#options = options;
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
      backupCount: this.#options.backups.runs.length,
      jobIdsBefore: new Set(deleteJobs(device).map(({ id }) => id)),
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

  /** A source as the scenario writes it, by its path on the device. */
  sourceAt(hostPath: string): string {
    return this.#options.paths.fromHost(hostPath);
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

  /** The service received a request. */
  request(method: string, target: string): void {
    if (method !== "DELETE") return;
    const [, entryKind, place] = DELETION_TARGET.exec(target) ?? [];
    if (place === undefined) return;
    for (const [device, run] of this.#open) {
      if (run.open !== undefined && !device.isGone) this.#lookForWaiting(device, run, run.open);
    }
    this.#requests.push({
      seq: this.#options.nextSeq(),
      entryKind: entryKind === "files" ? "file" : "folder",
      path: "",
      place: decodeURIComponent(place),
    });
  }

  /** Someone deleted or renamed the destination of a source. */
  touchDestination(sourcePath: string): void {
    for (const { open } of this.#open.values()) {
      if (open?.sourcePath === sourcePath) open.destinationTouched = true;
    }
  }

  /** The run is over, or its process was and the next one has started. */
  endRun(device: SimulatedDevice): void {
    const run = this.#open.get(device);
    if (run === undefined) return;
    if (run.open !== undefined) this.#end(device, run, device.agent.job(run.open.jobAtStart.id));
    for (const job of deleteJobs(device).toReversed()) {
      if (!run.jobIdsBefore.has(job.id) && !run.done.has(job.id)) this.#end(device, run, job);
    }
    this.#open.delete(device);
  }

  #begin(device: SimulatedDevice, run: OpenRun, job: JobRecord): void {
    const { world, model, probe, backups, nextSeq } = this.#options;
    const sourcePath = this.#sourceOf(job);
    const open: OpenDeletion = {
      jobAtStart: job,
      sourcePath,
      startedMs: world.clock.elapsedMs(),
      startedSeq: nextSeq(),
      diskBefore: model.below(sourcePath),
      serviceBefore: probe.facts(job.destination),
      changeCount: model.changeCount,
      callCount: backups.callCount(device),
      requestCount: this.#requests.length,
      firedBefore: firedFaults(world, run.facts),
      waitingSources: new Set(),
      destinationTouched: false,
    };
    run.open = open;
    this.#lookForWaiting(device, run, open);
  }

  #end(device: SimulatedDevice, run: OpenRun, job: JobRecord): void {
    const { backups, acts } = this.#options;
    const open = run.open?.jobAtStart.id === job.id ? run.open : undefined;
    if (open !== undefined) {
      if (!device.isGone) this.#lookForWaiting(device, run, open);
      run.open = undefined;
    }
    run.done.add(job.id);
    const name = device.name === "pc" ? "pc" : "neighbour";
    const sourcePath = this.#sourceOf(job);
    const at = run.sources.indexOf(sourcePath);
    this.runs.push({
      step: run.facts.step,
      phase: run.facts.phase,
      device: name,
      sourcePath,
      destination: job.destination,
      backup: backups.runs
        .slice(run.backupCount)
        .findLast((backup) => backup.device === name && backup.sourcePath === sourcePath),
      isConfirmed: run.isConfirmed,
      hasWaited: run.waiting.has(job.id),
      laterSources: at === -1 ? [] : run.sources.slice(at + 1),
      waitingSources: open?.waitingSources ?? new Set(),
      stop: run.stop,
      faults: run.facts.faults,
      acts: acts.filter(({ destination }) => destination === job.destination),
      work: open === undefined ? undefined : this.#workOf(device, run, open),
      job: device.agent.job(job.id),
      rows: rowsOf(device, job.id),
    });
  }

  #workOf(
    device: SimulatedDevice,
    run: OpenRun,
    open: OpenDeletion,
  ): NonNullable<DeleteRun["work"]> {
    const { world, model, probe, backups } = this.#options;
    const { destination } = open.jobAtStart;
    const prefix = `${destination}/`;
    return {
      startedMs: open.startedMs,
      endedMs: world.clock.elapsedMs(),
      startedSeq: open.startedSeq,
      diskBefore: open.diskBefore,
      diskChanges: model.changesSince(open.changeCount, open.sourcePath),
      diskCalls: backups.callsSince(device, open.callCount),
      serviceBefore: open.serviceBefore,
      serviceAfter: probe.facts(destination),
      destinationTouched: open.destinationTouched,
      requests: this.#requests
        .slice(open.requestCount)
        .filter(({ place }) => place.startsWith(prefix))
        .map(({ seq, entryKind, place }) => ({ seq, entryKind, path: place.slice(prefix.length) })),
      fired: firedSince(firedFaults(world, run.facts), open.firedBefore),
      sleepsMs: sleepsWithin(this.#options.sleeps, open.startedMs),
      jobAtStart: open.jobAtStart,
    };
  }

  #lookForWaiting(device: SimulatedDevice, run: OpenRun, open: OpenDeletion): void {
    for (const job of deleteJobs(device)) {
      if (job.status !== "waiting") continue;
      const sourcePath = this.#sourceOf(job);
      run.waiting.set(job.id, sourcePath);
      open.waitingSources.add(sourcePath);
    }
  }

  #sourceOf(job: JobRecord): string {
    return this.#options.paths.fromHost(job.sourcePath);
  }
}

const DELETION_TARGET = /^\/v1\/(files|folders)\/(.+)$/;

/** The delete jobs of a device, newest first; a scenario has no more of them than a page holds. */
function deleteJobs(device: SimulatedDevice): readonly JobRecord[] {
  return device.agent.jobs("delete").rows;
}
