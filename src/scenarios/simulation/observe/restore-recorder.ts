import type { ConflictChoice, JobRecord } from "../../../protocol/job-record.ts";
import type { World } from "../../../sim-server/world.ts";
import type { RunFaults } from "../../scenario/run-faults.ts";
import type { RestoreRun, Standing } from "../../observation/restore-run.ts";
import type { Loss } from "../../observation/loss.ts";
import type { StopFact } from "../../observation/stop-fact.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import type { ReferenceModel } from "../disk/reference-model.ts";
import type { HostPaths } from "../disk/host-path.ts";
import { firedFaults, firedSince } from "./fired-faults.ts";
import { rowsOf } from "./rows-of.ts";
import type { ServiceProbe } from "./service-probe.ts";
import { differencesOutside, everythingStanding } from "../disk/stand-on-disk.ts";
import type { RestoreTargetActor } from "../actors/restore-target-actor.ts";

/** What restores are recorded from. */
export interface RestoreRecorderOptions {
  readonly world: World;
  readonly probe: ServiceProbe;
  readonly paths: HostPaths;
  readonly disk: Scenario["disk"];
  readonly targets: RestoreTargetActor;
  readonly model: ReferenceModel;
}

/** What a step says about the restore in it. */
export interface RestoreFacts {
  readonly step: number;
  readonly sourcePath: string;
  readonly destination: string;
  readonly path: string;
  readonly entryKind: "file" | "folder";
  readonly generation: number | undefined;
  readonly onConflict: ConflictChoice;
  readonly to: string;
  readonly placeLost: Loss | undefined;
  readonly source: Standing | undefined;
  readonly faults: RunFaults;
  readonly crowded: boolean;
  readonly outageBegan: () => boolean;
}

interface OpenRestore {
  readonly device: SimulatedDevice;
  readonly facts: RestoreFacts;
  readonly jobAtStart: JobRecord;
  readonly signedOut: boolean;
  readonly startedMs: number;
  readonly everythingBefore: Standing;
  readonly targetBefore: Standing;
  readonly targetLost: Loss | undefined;
  readonly serviceBefore: RestoreRun["serviceBefore"];
  readonly firedBefore: RestoreRun["fired"];
  readonly requestCount: number;
  readonly changeCount: number;
  readonly targetChangeCount: number;
  readonly touchedCount: number;
  readonly storedChanges: { atMs: number; action: string; path: string }[];
  targetAtCrash: Standing | undefined;
  stop: StopFact | undefined;
}

/** Watches a restore begin and end, and puts down what the world knows about the time between. */
export class RestoreRecorder {
  readonly runs: RestoreRun[] = [];
  readonly #options: RestoreRecorderOptions;
  #open: OpenRestore | undefined;
  #wasCut = false;

  constructor(options: RestoreRecorderOptions) {
    this.#options = options;
  }

  /** The job's row was written. */
  begin(device: SimulatedDevice, jobAtStart: JobRecord, facts: RestoreFacts): void {
    const { world, model, probe, paths, targets } = this.#options;
    this.#open = {
      device,
      facts,
      jobAtStart,
      signedOut: device.agent.account() === undefined,
      startedMs: world.clock.elapsedMs(),
      everythingBefore: everythingStanding(world.disk, paths),
      targetBefore: targets.standing(facts.to),
      targetLost: targets.losses.get(facts.to),
      serviceBefore: probe.facts(facts.destination),
      firedBefore: firedFaults(world, facts),
      requestCount: world.service.requestLog.count,
      changeCount: model.changeCount,
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
    if (open === undefined || open.device !== device || open.stop !== undefined) return false;
    // A restore knows no interruption and goes on.
    if (kind !== "interrupt") open.stop = { kind, atMs: this.#options.world.clock.elapsedMs() };
    return true;
  }

  /** The process ended under the restore, at this very moment. */
  crashed(): void {
    const open = this.#open;
    if (open !== undefined) open.targetAtCrash = this.#options.targets.standing(open.facts.to);
  }

  /** Somebody did something on the service in a destination folder; `path` is below it. */
  storedChange(destination: string, action: string, path: string): void {
    const open = this.#open;
    if (open === undefined || open.facts.destination !== destination) return;
    open.storedChanges.push({ atMs: this.#options.world.clock.elapsedMs(), action, path });
  }

  /** The job ended, or its process did and the next one has started. */
  end(device: SimulatedDevice): void {
    const open = this.#open;
    if (open === undefined || open.device !== device) return;
    this.#open = undefined;
    const { world, model, probe, paths, disk, targets } = this.#options;
    const { facts, jobAtStart, stop } = open;
    const { outageBegan: _, ...said } = facts;
    const everythingAfter = everythingStanding(world.disk, paths);
    const theirs = [
      facts.to,
      ...model.changesSince(open.changeCount, "").map(({ path }) => path),
      ...targets.touched.slice(open.touchedCount),
      // What an earlier restore made elsewhere and did not live to sync goes with the power.
      ...(stop?.kind === "power-loss" ? targets.targets : []),
    ];
    const afterRestart = this.#wasCut;
    this.#wasCut = stop !== undefined && stop.kind !== "logout";
    this.runs.push({
      ...said,
      disk,
      startedMs: open.startedMs,
      endedMs: world.clock.elapsedMs(),
      serviceBefore: open.serviceBefore,
      serviceAfter: probe.facts(facts.destination),
      storedChanges: open.storedChanges,
      targetLost: open.targetLost,
      targetBefore: open.targetBefore,
      targetChanges: targets.changes
        .slice(open.targetChangeCount)
        .filter(({ target }) => target === facts.to),
      targetAfter: targets.standing(facts.to),
      targetAtCrash: open.targetAtCrash,
      filesAtEnd: new Set(
        [...everythingAfter].flatMap(([path, { kind }]) => (kind === "file" ? [path] : [])),
      ),
      changesOutside: differencesOutside(open.everythingBefore, everythingAfter, theirs),
      freeBytes: facts.faults.freeBytes,
      fired: firedSince(firedFaults(world, facts), open.firedBefore),
      stop,
      requests: world.service.requestLog
        .find()
        .filter(({ number }) => number > open.requestCount)
        .map(({ atMs, method, target, status, requestBytes }) => ({
          atMs,
          method,
          path: target,
          status: status ?? 0,
          bodyBytes: requestBytes,
        })),
      signedOut: open.signedOut,
      afterRestart,
      jobAtStart,
      job: device.agent.job(jobAtStart.id),
      rows: rowsOf(device, jobAtStart.id),
    });
  }
}
