import type { JobRecord } from "../../../protocol/job-record.ts";
import type { Loss } from "../../observation/loss.ts";
import type {
  RestoreRun,
  Standing,
  StandingChange,
  StoredChange,
} from "../../observation/restore-run.ts";
import { cutShort, type StopFact } from "../../observation/stop-fact.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { World } from "../../../sim-server/world.ts";
import type { HostPaths } from "../disk/host-path.ts";
import { isAtOrBelow } from "../disk/scenario-path.ts";
import { differencesOutside, everythingStanding } from "../disk/stand-on-disk.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import { isInFolder } from "../world/is-in-folder.ts";
import { recordedJob, type Mark, type Observer } from "./observer.ts";
import type { StepFacts } from "./step-facts.ts";
import { stopsOf } from "./stops-of.ts";

/** A change that somebody made in a folder that is restored to. */
export interface TargetChange extends StandingChange {
  /** That folder. */
  readonly target: string;
}

/** The folders that restores go to, as far as a recorder looks at them. */
export interface RestoreTargets {
  readonly targets: readonly string[];
  /** How a folder went away, by its path. */
  readonly losses: ReadonlyMap<string, Loss>;
  readonly changes: readonly TargetChange[];
  /** Every path that somebody changed or moved something to. */
  readonly touched: readonly string[];
  /** What stands in such a folder. */
  standing(target: string): Standing;
}

interface RestoreRecorderOptions {
  readonly world: World;
  readonly paths: HostPaths;
  readonly disk: Scenario["disk"];
  readonly targets: RestoreTargets;
  readonly heldFolderDepthMax: number;
  readonly observer: Observer;
}

/** What a step says about the restore in it. */
export type RestoreStepFacts = Pick<
  RestoreRun,
  | "step"
  | "sourcePath"
  | "destination"
  | "path"
  | "entryKind"
  | "generation"
  | "onConflict"
  | "asked"
  | "to"
  | "placeLost"
  | "source"
  | "isMirrored"
  | "keptPaths"
  | "faults"
  | "crowded"
> &
  Pick<StepFacts, "outageBegan">;

interface OpenRestore {
  readonly mark: Mark;
  readonly said: Omit<RestoreStepFacts, "outageBegan">;
  readonly jobAtStart: JobRecord;
  readonly signedOut: boolean;
  readonly everythingBefore: Standing;
  readonly targetBefore: Standing;
  readonly targetLost: RestoreRun["targetLost"];
  readonly targetChangeCount: number;
  readonly touchedCount: number;
  readonly storedChanges: StoredChange[];
  targetAtCrash: Standing | undefined;
  stop: StopFact | undefined;
}

/** Records what the world knows about each restore, from its beginning to its end. */
export class RestoreRecorder {
  readonly runs: RestoreRun[] = [];
  readonly #options: RestoreRecorderOptions;
  #open: OpenRestore | undefined;
  #wasCut = false;

  constructor(options: RestoreRecorderOptions) {
    this.#options = options;
  }

  /** The ID of the restore that the device's agent has at work. */
  workingId(device: SimulatedDevice): number | undefined {
    return this.#open?.mark.device === device ? this.#open.jobAtStart.id : undefined;
  }

  /** The job's row was written. */
  begin(device: SimulatedDevice, jobAtStart: JobRecord, facts: RestoreStepFacts): void {
    const { world, paths, targets, observer } = this.#options;
    const { outageBegan: _, ...said } = facts;
    const { sourcePath, destination } = facts;
    this.#open = {
      mark: observer.mark({ device, sourcePath, destination, facts }),
      said,
      jobAtStart,
      signedOut: device.agent.account.info() === undefined,
      everythingBefore: everythingStanding(world.disk, paths),
      targetBefore: targets.standing(facts.to),
      targetLost: targets.losses.get(facts.to),
      targetChangeCount: targets.changes.length,
      touchedCount: targets.touched.length,
      storedChanges: [],
      targetAtCrash: undefined,
      stop: undefined,
    };
  }

  /** Something ends the running restore before its time. False when none is running, or one did already. */
  stop(device: SimulatedDevice, kind: StopFact["kind"]): boolean {
    const open = this.#open;
    if (open === undefined || open.mark.device !== device || open.stop !== undefined) return false;
    // A restore knows no interruption and goes on.
    if (kind !== "interrupt") open.stop = this.#options.observer.stopNow(kind);
    return true;
  }

  /** The process ends under the running restore, whatever was about to stop it. */
  cut(device: SimulatedDevice, cut: StopFact): void {
    const open = this.#open;
    if (open?.mark.device === device) open.stop = cutShort(open.stop, cut);
  }

  /** The process ended under the restore, at this very moment. */
  crashed(): void {
    const open = this.#open;
    if (open !== undefined) open.targetAtCrash = this.#options.targets.standing(open.said.to);
  }

  /** Somebody did something on the service in a destination folder; `path` is below it. */
  storedChange(destination: string, action: string, path: string): void {
    const open = this.#open;
    if (open === undefined || open.said.destination !== destination) return;
    open.storedChanges.push({ atMs: this.#options.world.clock.elapsedMs(), action, path });
  }

  /** Somebody did something to a folder as a whole. */
  folderTouched(folder: string, action: string): void {
    const destination = this.#open?.said.destination ?? "";
    if (isInFolder(destination, folder)) this.storedChange(destination, action, "");
  }

  /** The job ended, or its process did and the next one has started. */
  end(device: SimulatedDevice): void {
    const open = this.#open;
    if (open === undefined || open.mark.device !== device) return;
    this.#open = undefined;
    const { world, paths, disk, targets, observer } = this.#options;
    const { mark, said, jobAtStart } = open;
    const stops = stopsOf(device, jobAtStart.id, open.stop);
    const { stop, stopBehind } = stops;
    const wasPowerLost = [stop, stopBehind].some((end) => end?.kind === "power-loss");
    const everythingAfter = everythingStanding(world.disk, paths);
    const theirs = [
      said.to,
      ...observer.changedPathsSince(mark),
      ...targets.touched.slice(open.touchedCount),
      // What an earlier restore made elsewhere and did not live to sync goes with the power.
      ...(wasPowerLost ? targets.targets : []),
    ];
    const afterRestart = this.#wasCut;
    this.#wasCut = stop !== undefined && stop.kind !== "logout";
    this.runs.push({
      ...said,
      ...observer.since(mark),
      disk,
      storedChanges: open.storedChanges,
      targetLost: open.targetLost,
      targetBefore: open.targetBefore,
      targetChanges: targets.changes
        .slice(open.targetChangeCount)
        .filter(({ target }) => target === said.to),
      targetAfter: targets.standing(said.to),
      targetAtCrash: open.targetAtCrash,
      filesAtEnd: new Set(
        [...everythingAfter].flatMap(([path, { kind }]) => (kind === "file" ? [path] : [])),
      ),
      changesOutside: differencesOutside(open.everythingBefore, everythingAfter, theirs),
      heldFolderDepthMax: this.#options.heldFolderDepthMax,
      names: observer.namesSince(mark),
      movedTo: targets.touched
        .slice(open.touchedCount)
        .filter((path) => !isAtOrBelow(path, said.to)),
      freeBytes: said.faults.freeBytes,
      ...stops,
      signedOut: open.signedOut,
      afterRestart,
      jobAtStart,
      ...recordedJob(device, jobAtStart.id),
      looks: observer.looksAt(device, jobAtStart.id),
    });
  }
}
