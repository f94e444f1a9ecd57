import type { World } from "../../../sim-server/world.ts";
import type { ExplorerFact } from "../../observation/explorer-fact.ts";
import type { StopKind } from "../../observation/stop-fact.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { ReferenceModel } from "../disk/reference-model.ts";
import type { HostPaths } from "../disk/host-path.ts";
import type { ExplorerObserver } from "../actors/external-actors.ts";
import type { RestoreTargetActor } from "../actors/restore-target-actor.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import { DeletionRecorder } from "./deletion-recorder.ts";
import { JobRecorder } from "./job-recorder.ts";
import type { PcSleep } from "./pc-sleep.ts";
import { RestoreRecorder } from "./restore-recorder.ts";
import type { ServiceProbe } from "./service-probe.ts";

/** What all jobs are recorded from. */
export interface RecordersOptions {
  readonly world: World;
  readonly model: ReferenceModel;
  readonly probe: ServiceProbe;
  readonly paths: HostPaths;
  readonly disk: Scenario["disk"];
  readonly targets: RestoreTargetActor;
  readonly nextSeq: () => number;
}

/** Those who put down what is known of the jobs of each kind, and what concerns more than one of them. */
export class Recorders implements ExplorerObserver {
  readonly backups: JobRecorder;
  readonly deletions: DeletionRecorder;
  readonly restores: RestoreRecorder;
  /** What somebody did to single entries of destinations, in order. */
  readonly acts: ExplorerFact[] = [];
  readonly #world: World;
  readonly #nextSeq: () => number;
  readonly #sleeps: PcSleep[] = [];

  constructor(options: RecordersOptions) {
    const { world, disk, nextSeq } = options;
    const seen = { ...options, acts: this.acts, sleeps: this.#sleeps };
    this.#world = world;
    this.#nextSeq = nextSeq;
    this.backups = new JobRecorder({ ...seen, hiddenExists: disk === "windows" });
    this.deletions = new DeletionRecorder({ ...seen, backups: this.backups });
    this.restores = new RestoreRecorder(options);
  }

  entryChanged(fact: Omit<ExplorerFact, "seq">): void {
    this.acts.push({ seq: this.#nextSeq(), ...fact });
    this.restores.storedChange(fact.destination, fact.act, fact.path);
  }

  destinationLost(destination: string | undefined, action: string, sourcePath: string): void {
    if (destination !== undefined) this.restores.storedChange(destination, action, "");
    this.backups.touchDestination(sourcePath);
    this.deletions.touchDestination(sourcePath);
  }

  /** The PC sleeps for so long from now on, while something runs. */
  pcSleeps(ms: number): void {
    const fromMs = this.#world.clock.elapsedMs();
    this.#sleeps.push({ fromMs, toMs: fromMs + ms });
  }

  /** Something ends what a device runs before its time. False when it runs nothing that ends by it. */
  stop(device: SimulatedDevice, kind: StopKind): boolean {
    const fact = { kind, atMs: this.#world.clock.elapsedMs() };
    const isAtBackup = this.backups.stop(device, kind);
    return this.restores.stop(device, kind) || this.deletions.stop(device, fact, isAtBackup);
  }
}
