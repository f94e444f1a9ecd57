import type { JobRecord } from "../../../protocol/job-record.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import { cutShort, type StopFact } from "../../observation/stop-fact.ts";
import type { Standing } from "../../observation/restore-run.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import { recordedJob, type Mark, type Observer } from "./observer.ts";
import type { StepFacts } from "./step-facts.ts";
import { stopsOf } from "./stops-of.ts";

interface OpenBackup {
  readonly mark: Mark;
  readonly begun: Pick<
    BackupRun,
    | "step"
    | "phase"
    | "device"
    | "sourcePath"
    | "destination"
    | "machine"
    | "includeHidden"
    | "hasModes"
    | "sourceLost"
    | "destinationLost"
    | "faults"
    | "compareUpload"
    | "compareDelete"
    | "repairs"
    | "signedOut"
    | "crowded"
    | "afterRestart"
    | "afterStop"
    | "jobAtStart"
  >;
  stop: StopFact | undefined;
}

/** Records what the world knows about each backup job, from its beginning to its end. */
export class BackupRecorder {
  readonly runs: BackupRun[] = [];
  readonly #observer: Observer;
  readonly #isWindows: boolean;
  readonly #standingAt: (path: string) => Standing;
  readonly #open = new Map<SimulatedDevice, OpenBackup>();
  /** Sources whose last job was cut off, by device and path. */
  readonly #cut = new Set<string>();
  /** Sources whose last job was stopped, one way or another. */
  readonly #stopped = new Set<string>();

  /**
   * On a Windows disk files can be hidden; on every other they have permission bits. `standingAt` looks at what
   * stands at and below a path of the disk.
   */
  constructor(observer: Observer, isWindows: boolean, standingAt: (path: string) => Standing) {
    this.#observer = observer;
    this.#isWindows = isWindows;
    this.#standingAt = standingAt;
  }

  /** Whether a device's agent has a backup running. */
  isRunning(device: SimulatedDevice): boolean {
    return this.#open.has(device);
  }

  /** The ID of the backup that the device's agent has at work. */
  workingId(device: SimulatedDevice): number | undefined {
    return this.#open.get(device)?.begun.jobAtStart.id;
  }

  /** A job's row was written. */
  begin(device: SimulatedDevice, job: JobRecord, facts: StepFacts): void {
    const { destination } = job;
    const sourcePath = this.#observer.sourceAt(job.sourcePath);
    const settings = facts.settings ?? device.agent.settings.read();
    const { includeHidden, compareUpload, compareDelete } = settings;
    this.#open.set(device, {
      mark: this.#observer.mark({ device, sourcePath, destination, facts }),
      begun: {
        step: facts.step,
        phase: facts.phase,
        device: device.name,
        sourcePath,
        destination,
        machine: device.machine,
        includeHidden: includeHidden || !this.#isWindows,
        hasModes: !this.#isWindows,
        sourceLost: facts.sourceLosses.get(sourcePath),
        destinationLost: facts.destinationLosses.get(sourcePath),
        faults: facts.faults,
        compareUpload,
        compareDelete,
        repairs: [...device.repairs],
        signedOut: device.agent.account.info() === undefined,
        crowded: facts.crowded,
        afterRestart: this.#cut.has(`${device.name} ${sourcePath}`),
        afterStop: this.#stopped.has(`${device.name} ${sourcePath}`),
        jobAtStart: job,
      },
      stop: undefined,
    });
  }

  /** Something ends the running job before its time. False when none is running, or one did already. */
  stop(device: SimulatedDevice, kind: StopFact["kind"]): boolean {
    const open = this.#open.get(device);
    if (open === undefined || open.stop !== undefined) return false;
    open.stop = this.#observer.stopNow(kind);
    return true;
  }

  /** The process ends under the running job, whatever was about to stop it. */
  cut(device: SimulatedDevice, cut: StopFact): void {
    const open = this.#open.get(device);
    if (open !== undefined) open.stop = cutShort(open.stop, cut);
  }

  /** A job ended, or its process did and the next one has started. */
  end(device: SimulatedDevice): void {
    const open = this.#open.get(device);
    if (open === undefined) return;
    this.#open.delete(device);
    const { mark, begun } = open;
    const jobId = begun.jobAtStart.id;
    const stops = stopsOf(device, jobId, open.stop);
    this.#noteStop(`${device.name} ${begun.sourcePath}`, stops.stop);
    const acts = this.#observer.actsIn(begun.destination);
    this.runs.push({
      ...begun,
      ...this.#observer.since(mark),
      ...stops,
      acts,
      // Somebody else at work in the same folder: sizes and places are no longer this job's alone.
      crowded: begun.crowded || acts.some(({ seq }) => seq > mark.startedSeq),
      ...recordedJob(device, jobId),
      looks: this.#observer.looksAt(device, jobId),
      sourceAfter:
        begun.phase === "healing" && device.name === "pc"
          ? this.#standingAt(begun.sourcePath)
          : undefined,
    });
  }

  #noteStop(source: string, stop: StopFact | undefined): void {
    this.#cut.delete(source);
    this.#stopped.delete(source);
    if (stop === undefined) return;
    this.#stopped.add(source);
    if (CUTTING.has(stop.kind)) this.#cut.add(source);
  }
}

const CUTTING: ReadonlySet<StopFact["kind"]> = new Set(["close-tool", "kill", "power-loss"]);
