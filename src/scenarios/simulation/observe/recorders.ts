import type { World } from "../../../sim-server/world.ts";
import type { ExplorerFact } from "../../observation/explorer-fact.ts";
import type { StopKind } from "../../observation/stop-fact.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { DiskModel } from "../disk/disk-model.ts";
import type { HostPaths } from "../disk/host-path.ts";
import type { Witness } from "../actors/people.ts";
import type { TargetPeople } from "../actors/target-people.ts";
import type { AgentHost } from "../process/agent-host.ts";
import { DeletionRecorder } from "./deletion-recorder.ts";
import { JobRecorder } from "./job-recorder.ts";
import type { Nap } from "./nap.ts";
import { RestoreRecorder } from "./restore-recorder.ts";
import type { ServiceEye } from "./service-eye.ts";

/** What all jobs are recorded from. */
export interface RecordersOptions {
  readonly world: World;
  readonly model: DiskModel;
  readonly eye: ServiceEye;
  readonly paths: HostPaths;
  readonly disk: Scenario["disk"];
  readonly targets: TargetPeople;
  readonly nextSeq: () => number;
}

/** Those who put down what is known of the jobs of each kind, and what concerns more than one of them. */
export class Recorders implements Witness {
  readonly backups: JobRecorder;
  readonly deletions: DeletionRecorder;
  readonly restores: RestoreRecorder;
  /** What somebody did to single entries of destinations, in order. */
  readonly acts: ExplorerFact[] = [];
  readonly #world: World;
  readonly #nextSeq: () => number;
  readonly #naps: Nap[] = [];

  constructor(options: RecordersOptions) {
    const { world, disk, nextSeq } = options;
    const seen = { ...options, acts: this.acts, naps: this.#naps };
    this.#world = world;
    this.#nextSeq = nextSeq;
    this.backups = new JobRecorder({ ...seen, hiddenExists: disk === "windows" });
    this.deletions = new DeletionRecorder({ ...seen, backups: this.backups });
    this.restores = new RestoreRecorder(options);
  }

  acted(fact: Omit<ExplorerFact, "seq">): void {
    this.acts.push({ seq: this.#nextSeq(), ...fact });
    this.restores.storedChange(fact.destination, fact.act, fact.path);
  }

  lostDestination(destination: string | undefined, action: string, sourcePath: string): void {
    if (destination !== undefined) this.restores.storedChange(destination, action, "");
    this.backups.touchDestination(sourcePath);
    this.deletions.touchDestination(sourcePath);
  }

  /** The PC sleeps for so long from now on, while something runs. */
  nap(ms: number): void {
    const fromMs = this.#world.clock.elapsedMs();
    this.#naps.push({ fromMs, toMs: fromMs + ms });
  }

  /** Something ends what a host runs before its time. False when it runs nothing that ends by it. */
  stop(host: AgentHost, kind: StopKind): boolean {
    const fact = { kind, atMs: this.#world.clock.elapsedMs() };
    const isAtBackup = this.backups.stop(host, kind);
    return this.restores.stop(host, kind) || this.deletions.stop(host, fact, isAtBackup);
  }
}
