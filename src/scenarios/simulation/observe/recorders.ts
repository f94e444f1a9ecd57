import { JOB_KINDS } from "../../../protocol/job-kind.ts";
import type { World } from "../../../sim-server/world.ts";
import type { ExplorerFact } from "../../observation/explorer-fact.ts";
import type { NetworkFact } from "../../observation/network-fact.ts";
import type { StopKind } from "../../observation/stop-fact.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { HostPaths } from "../disk/host-path.ts";
import type { ReferenceModel } from "../disk/reference-model.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import { allRows } from "./all-pages.ts";
import { standingBelow } from "../disk/stand-on-disk.ts";
import { BackupRecorder } from "./backup-recorder.ts";
import { DeletionRecorder } from "./deletion-recorder.ts";
import { Observer } from "./observer.ts";
import { RestoreRecorder, type RestoreTargets } from "./restore-recorder.ts";
import type { ServiceProbe } from "../world/service-probe.ts";

interface RecordersOptions {
  readonly world: World;
  readonly model: ReferenceModel;
  readonly probe: ServiceProbe;
  readonly paths: HostPaths;
  readonly disk: Scenario["disk"];
  readonly targets: RestoreTargets;
  /** How deep folders may be that a restore holds open. */
  readonly heldFolderDepthMax: number;
  readonly nextSeq: () => number;
  readonly serviceNowMs: () => number;
  readonly networkNow: () => NetworkFact;
}

/** One observer, the recorders of the three kinds of job, and what concerns more than one of them. */
export class Recorders {
  readonly observer: Observer;
  readonly backups: BackupRecorder;
  readonly deletions: DeletionRecorder;
  readonly restores: RestoreRecorder;

  constructor(options: RecordersOptions) {
    const { disk, nextSeq, world, paths } = options;
    const observer = new Observer(options);
    this.observer = observer;
    this.backups = new BackupRecorder(observer, disk === "windows", (path) =>
      standingBelow(world.disk, paths, path),
    );
    this.deletions = new DeletionRecorder(observer, this.backups, nextSeq);
    this.restores = new RestoreRecorder({ ...options, observer });
  }

  /** Somebody looks at the history of a device; `false` where there is no tool to show it. */
  look(device: SimulatedDevice): boolean {
    if (device.isGone) return false;
    const { history } = device.agent;
    const rows = JOB_KINDS.flatMap((kind) => allRows((page) => history.jobs(kind, page)));
    const working = [this.backups, this.restores, this.deletions];
    const workingIds = working.flatMap((recorder) => recorder.workingId(device) ?? []);
    this.observer.looks.push({ device: device.name, rows, workingIds });
    return true;
  }

  /** Somebody did something to a single entry of a destination. */
  entryChanged(fact: Omit<ExplorerFact, "seq">): void {
    this.observer.entryChanged(fact);
    this.restores.storedChange(fact.destination, fact.act, fact.path);
  }

  /**
   * Somebody did something to a folder that destinations are, or are in; "" for all that the service has.
   * `action` as the scenario calls it.
   */
  folderTouched(folder: string, action: string): void {
    this.restores.folderTouched(folder, action);
    this.observer.folderTouched(folder);
  }

  /** Something ends what a device runs before its time. False when it runs nothing that ends by it. */
  stop(device: SimulatedDevice, kind: StopKind): boolean {
    const isAtBackup = this.backups.stop(device, kind);
    if (this.restores.stop(device, kind)) return true;
    return this.deletions.stop(device, this.observer.stopNow(kind), isAtBackup);
  }

  /** The process of a device ends at this very moment, be it between two jobs of a run. */
  crash(device: SimulatedDevice, kind: Extract<StopKind, "kill" | "power-loss">): void {
    const cut = this.observer.stopNow(kind);
    this.backups.cut(device, cut);
    this.restores.cut(device, cut);
    this.deletions.cut(device, cut);
  }
}
