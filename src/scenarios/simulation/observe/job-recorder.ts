import type { JobRecord } from "../../../protocol/job-record.ts";
import type { World } from "../../../sim-server/world.ts";
import type { FiredFault } from "../../scenario/fired-fault.ts";
import type { ExplorerFact } from "../../observation/explorer-fact.ts";
import type { DiskCallFact } from "../../observation/disk-fact.ts";
import type { JobRun } from "../../observation/job-run.ts";
import type { StopFact } from "../../observation/stop-fact.ts";
import type { AgentHost } from "../process/agent-host.ts";
import type { DiskModel } from "../disk/disk-model.ts";
import type { HostPaths } from "../disk/host-path.ts";
import { firedFaults, firedSince } from "./fired-faults.ts";
import { napsWithin, type Nap } from "./nap.ts";
import { rowsOf } from "./rows-of.ts";
import type { ServiceEye } from "./service-eye.ts";
import type { StepFacts } from "./step-facts.ts";

/** What jobs are recorded from. */
export interface JobRecorderOptions {
  readonly world: World;
  readonly model: DiskModel;
  readonly eye: ServiceEye;
  readonly paths: HostPaths;
  readonly hiddenExists: boolean;
  /** What people did to single entries of destinations, up to now. */
  readonly acts: readonly ExplorerFact[];
  readonly nextSeq: () => number;
  /** When the PC slept while something ran, up to now. */
  readonly naps: readonly Nap[];
}

interface OpenJob {
  readonly host: AgentHost;
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
    | "napsMs"
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
  readonly #open = new Map<AgentHost, OpenJob>();
  readonly #calls = new Map<AgentHost, DiskCallFact[]>();
  /** Sources whose last job was cut off, by host and path. */
  readonly #cut = new Set<string>();
  /** Sources whose last job was stopped, one way or another. */
  readonly #stopped = new Set<string>();

  constructor(options: JobRecorderOptions) {
    this.#options = options;
  }

  /** Notes a call of a host's agent to the disk. */
  call(host: AgentHost, call: DiskCallFact): void {
    const calls = this.#calls.get(host) ?? [];
    calls.push(call);
    this.#calls.set(host, calls);
  }

  /** How many calls to the disk a host's agent has made. */
  callCount(host: AgentHost): number {
    return this.#calls.get(host)?.length ?? 0;
  }

  /** The calls of a host's agent since there were `count` of them. */
  callsSince(host: AgentHost, count: number): readonly DiskCallFact[] {
    return (this.#calls.get(host) ?? []).slice(count);
  }

  /** Whether a host's agent has a job running. */
  isRunning(host: AgentHost): boolean {
    return this.#open.has(host);
  }

  /** A job's row was written. */
  begin(host: AgentHost, job: JobRecord, facts: StepFacts): void {
    const { world, model, eye, paths } = this.#options;
    const sourcePath = paths.fromHost(job.sourcePath);
    this.#open.set(host, {
      host,
      facts,
      jobAtStart: job,
      sourcePath,
      changeCount: model.changeCount,
      callCount: this.callCount(host),
      requestCount: world.service.requestLog.count,
      firedBefore: firedFaults(world, facts),
      stop: undefined,
      destinationTouched: false,
      begun: {
        step: facts.step,
        phase: facts.phase,
        device: host.name === "pc" ? "pc" : "neighbour",
        sourcePath,
        destination: job.destination,
        includeHidden: host.agent.settings().includeHidden || !this.#options.hiddenExists,
        startedMs: world.clock.elapsedMs(),
        diskBefore: model.below(sourcePath),
        sourceLost: facts.sourceLosses.get(sourcePath),
        destinationLost: facts.destinationLosses.get(sourcePath),
        serviceBefore: eye.facts(job.destination),
        faults: facts.faults,
        compareUpload: host.agent.settings().compareUpload,
        compareDelete: host.agent.settings().compareDelete,
        startedSeq: this.#options.nextSeq(),
        signedOut: host.agent.account() === undefined,
        crowded: facts.crowded,
        afterRestart: this.#cut.has(`${host.name} ${sourcePath}`),
        afterStop: this.#stopped.has(`${host.name} ${sourcePath}`),
        jobAtStart: job,
      },
    });
  }

  /** Something ends the running job before its time. False when none is running, or one did already. */
  stop(host: AgentHost, kind: StopFact["kind"]): boolean {
    const open = this.#open.get(host);
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
  end(host: AgentHost): void {
    const open = this.#open.get(host);
    if (open === undefined) return;
    this.#open.delete(host);
    const { world, model, eye } = this.#options;
    const { id } = open.jobAtStart;
    const stop = open.stop;
    const wasCut = stop !== undefined && CUTTING.has(stop.kind);
    const source = `${host.name} ${open.sourcePath}`;
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
      diskCalls: this.callsSince(host, open.callCount),
      serviceAfter: eye.facts(open.jobAtStart.destination),
      fired: firedSince(firedFaults(world, open.facts), open.firedBefore),
      stop,
      napsMs: napsWithin(this.#options.naps, open.begun.startedMs),
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
      job: host.agent.job(id),
      rows: rowsOf(host, id),
    });
  }
}

const CUTTING: ReadonlySet<string> = new Set(["close-tool", "kill", "power-loss"]);
