import type { JobRecord } from "../../../protocol/job-record.ts";
import type { World } from "../../../sim-server/world.ts";
import type { FiredFault } from "../../scenario/fired-fault.ts";
import type { ExplorerFact } from "../../observation/explorer-fact.ts";
import type { DiskCallFact } from "../../observation/disk-fact.ts";
import type { JobRun } from "../../observation/job-run.ts";
import type { StopFact } from "../../observation/stop-fact.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import type { ReferenceModel } from "../disk/reference-model.ts";
import type { HostPaths } from "../disk/host-path.ts";
import { firedFaults, firedSince } from "./fired-faults.ts";
import { sleepsWithin, type PcSleep } from "./pc-sleep.ts";
import { rowsOf } from "./rows-of.ts";
import type { ServiceProbe } from "./service-probe.ts";
import type { StepFacts } from "./step-facts.ts";

/** What jobs are recorded from. */
export interface JobRecorderOptions {
  readonly world: World;
  readonly model: ReferenceModel;
  readonly probe: ServiceProbe;
  readonly paths: HostPaths;
  readonly hiddenExists: boolean;
  /** What people did to single entries of destinations, up to now. */
  readonly acts: readonly ExplorerFact[];
  readonly nextSeq: () => number;
  /** When the PC slept while something ran, up to now. */
  readonly sleeps: readonly PcSleep[];
}

interface OpenJob {
  readonly device: SimulatedDevice;
  readonly facts: StepFacts;
  readonly jobAtStart: JobRecord;
  readonly sourcePath: string;
  readonly begun: Omit<
    JobRun,
    | "endedMs"
    | "diskChanges"
    | "diskCalls"
    | "serviceAfter"
    | "fired"
    | "stop"
    | "requests"
    | "job"
    | "rows"
    | "destinationTouched"
    | "acts"
    | "sleepsMs"
  >;
  readonly changeCount: number;
  readonly callCount: number;
  readonly requestCount: number;
  readonly firedBefore: readonly FiredFault[];
  stop: StopFact | undefined;
  destinationTouched: boolean;
}

/** Watches jobs begin and end, and puts down what the world knows about the time between. */
export class JobRecorder {
  readonly runs: JobRun[] = [];
  readonly #options: JobRecorderOptions;
  readonly #open = new Map<SimulatedDevice, OpenJob>();
  readonly #calls = new Map<SimulatedDevice, DiskCallFact[]>();
  /** Sources whose last job was cut off, by device and path. */
  readonly #cut = new Set<string>();
  /** Sources whose last job was stopped, one way or another. */
  readonly #stopped = new Set<string>();

  constructor(options: JobRecorderOptions) {
    this.#options = options;
  }

  /** Notes a call of a device's agent to the disk. */
  call(device: SimulatedDevice, call: DiskCallFact): void {
    const calls = this.#calls.get(device) ?? [];
    calls.push(call);
    this.#calls.set(device, calls);
  }

  /** How many calls to the disk a device's agent has made. */
  callCount(device: SimulatedDevice): number {
    return this.#calls.get(device)?.length ?? 0;
  }

  /** The calls of a device's agent since there were `count` of them. */
  callsSince(device: SimulatedDevice, count: number): readonly DiskCallFact[] {
    return (this.#calls.get(device) ?? []).slice(count);
  }

  /** Whether a device's agent has a job running. */
  isRunning(device: SimulatedDevice): boolean {
    return this.#open.has(device);
  }

  /** A job's row was written. */
  begin(device: SimulatedDevice, job: JobRecord, facts: StepFacts): void {
    const { world, model, probe, paths } = this.#options;
    const sourcePath = paths.fromHost(job.sourcePath);
    this.#open.set(device, {
      device,
      facts,
      jobAtStart: job,
      sourcePath,
      changeCount: model.changeCount,
      callCount: this.callCount(device),
      requestCount: world.service.requestLog.count,
      firedBefore: firedFaults(world, facts),
      stop: undefined,
      destinationTouched: false,
      begun: {
        step: facts.step,
        phase: facts.phase,
        device: device.name === "pc" ? "pc" : "neighbour",
        sourcePath,
        destination: job.destination,
        includeHidden: device.agent.settings().includeHidden || !this.#options.hiddenExists,
        startedMs: world.clock.elapsedMs(),
        diskBefore: model.below(sourcePath),
        sourceLost: facts.sourceLosses.get(sourcePath),
        destinationLost: facts.destinationLosses.get(sourcePath),
        serviceBefore: probe.facts(job.destination),
        faults: facts.faults,
        compareUpload: device.agent.settings().compareUpload,
        compareDelete: device.agent.settings().compareDelete,
        startedSeq: this.#options.nextSeq(),
        signedOut: device.agent.account() === undefined,
        crowded: facts.crowded,
        afterRestart: this.#cut.has(`${device.name} ${sourcePath}`),
        afterStop: this.#stopped.has(`${device.name} ${sourcePath}`),
        jobAtStart: job,
      },
    });
  }

  /** Something ends the running job before its time. False when none is running, or one did already. */
  stop(device: SimulatedDevice, kind: StopFact["kind"]): boolean {
    const open = this.#open.get(device);
    if (open === undefined || open.stop !== undefined) return false;
    open.stop = { kind, atMs: this.#options.world.clock.elapsedMs() };
    return true;
  }

  /** Someone deleted or renamed the destination of a source. */
  touchDestination(sourcePath: string): void {
    for (const open of this.#open.values()) {
      if (open.sourcePath === sourcePath) open.destinationTouched = true;
    }
  }

  /** A job ended, or its process did and the next one has started. */
  end(device: SimulatedDevice): void {
    const open = this.#open.get(device);
    if (open === undefined) return;
    this.#open.delete(device);
    const { world, model, probe } = this.#options;
    const { id } = open.jobAtStart;
    const stop = open.stop;
    const wasCut = stop !== undefined && CUTTING.has(stop.kind);
    const source = `${device.name} ${open.sourcePath}`;
    if (wasCut) this.#cut.add(source);
    else this.#cut.delete(source);
    if (stop === undefined) this.#stopped.delete(source);
    else this.#stopped.add(source);
    const log = world.service.requestLog.find();
    const acts = this.#options.acts.filter(
      ({ destination }) => destination === open.jobAtStart.destination,
    );
    this.runs.push({
      ...open.begun,
      endedMs: world.clock.elapsedMs(),
      diskChanges: model.changesSince(open.changeCount, open.sourcePath),
      diskCalls: this.callsSince(device, open.callCount),
      serviceAfter: probe.facts(open.jobAtStart.destination),
      fired: firedSince(firedFaults(world, open.facts), open.firedBefore),
      stop,
      sleepsMs: sleepsWithin(this.#options.sleeps, open.begun.startedMs),
      destinationTouched: open.destinationTouched,
      requests: log
        .filter(({ number }) => number > open.requestCount)
        .map((request) => ({
          atMs: request.atMs,
          method: request.method,
          path: request.target,
          status: request.status ?? 0,
          bodyBytes: request.requestBytes,
        })),
      acts,
      // Somebody else at work in the same folder: sizes and places are no longer this job's alone.
      crowded: open.begun.crowded || acts.some(({ seq }) => seq > open.begun.startedSeq),
      job: device.agent.job(id),
      rows: rowsOf(device, id),
    });
  }
}

const CUTTING: ReadonlySet<string> = new Set(["close-tool", "kill", "power-loss"]);
