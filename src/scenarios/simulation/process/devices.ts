import type { CrashFact } from "../../observation/crash-fact.ts";
import type { DeviceName } from "../../observation/device-name.ts";
import type { DiskCallFact } from "../../observation/disk-fact.ts";
import type { NameFact } from "../../observation/name-fact.ts";
import type { NetworkData } from "../../scenario/network.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { ScenarioWorld } from "../world/scenario-world.ts";
import type { IoPoints } from "../world/io-points.ts";
import { SimulatedDevice } from "./simulated-device.ts";
import type { GateCall } from "./disk-gate.ts";
import type { PcPorts } from "./pc-ports.ts";

const NEIGHBOUR_DEVICE = "NEIGHBOUR-PC";

interface DevicesOptions {
  readonly scenarioWorld: ScenarioWorld;
  /** What the PC is for its processes, where the scenario has one. */
  readonly ports: PcPorts | undefined;
  /** The network that the PC is in. */
  readonly network: () => NetworkData;
  /** Called with each call of a device's agent to the disk, before it is carried out. */
  readonly onDiskCall: (device: SimulatedDevice, call: DiskCallFact) => void;
  /** Called with each name that a device's agent makes or removes on the disk. */
  readonly onName: (device: SimulatedDevice, name: NameFact) => void;
  /** What stands now in the folders that restores go to. */
  readonly standingInTargets: () => CrashFact["targets"];
  /** Counts what the agent on the PC does. */
  readonly io: IoPoints;
}

/** The PCs with the tool on them: the one that the scenario is about, and a neighbour of the same contract. */
export class Devices implements Disposable {
  readonly main: SimulatedDevice;
  readonly #options: DevicesOptions;
  #neighbour: SimulatedDevice | undefined;
  #openFilesPeak = 0;

  constructor(options: DevicesOptions) {
    const { scenarioWorld, ports } = options;
    this.#options = options;
    this.main = this.#make("pc", deviceNameOf(scenarioWorld.scenario), ports);
  }

  /** The second PC; it is there from the first call on. */
  neighbour(): SimulatedDevice {
    this.#neighbour ??= this.#make("neighbour", NEIGHBOUR_DEVICE);
    return this.#neighbour;
  }

  /** All that there are by now. */
  get all(): readonly SimulatedDevice[] {
    return this.#neighbour === undefined ? [this.main] : [this.main, this.#neighbour];
  }

  /** Most files that were open at once. */
  get openFilesPeak(): number {
    return this.#openFilesPeak;
  }

  [Symbol.dispose](): void {
    for (const device of this.all) device.dispose();
  }

  #make(name: DeviceName, deviceName: string, ports?: PcPorts): SimulatedDevice {
    const { scenarioWorld, io, standingInTargets, onName, network } = this.#options;
    const { scenario, world, paths, disturbances, strangeNames } = scenarioWorld;
    const device: SimulatedDevice = new SimulatedDevice({
      world,
      scenario,
      name,
      deviceName,
      mayLosePower: mayLosePower(scenario),
      strangeNames,
      onDiskCall: (call, path) => this.#onDiskCall(device, call, paths.fromHost(path)),
      onName: (act, path) => onName(device, { act, path: paths.fromHost(path) }),
      onTargetCall: (call) => disturbances.report({ at: call }),
      onIo: (kind, detail) => {
        // What a process does while it is made belongs to nobody yet.
        if (name === "pc" && io.isCounting && !device.isGone) io.reach(kind, detail);
      },
      standingInTargets,
      network: name === "pc" ? network : () => ({}),
      ...(ports && { pc: ports }),
    });
    return device;
  }

  #onDiskCall(device: SimulatedDevice, call: GateCall, path: string): void {
    const { scenarioWorld, onDiskCall } = this.#options;
    if (device === this.main && call !== "listed" && call !== "close") {
      scenarioWorld.disturbances.report({ at: call, path });
    }
    const atMs = scenarioWorld.world.clock.elapsedMs();
    onDiskCall(device, { seq: scenarioWorld.nextSeq(), atMs, call, path });
    if (call !== "open") return;
    const openCount = this.all.reduce((sum, { openFileCount }) => sum + openFileCount, 0);
    this.#openFilesPeak = Math.max(this.#openFilesPeak, openCount + 1);
  }
}

/** What the PC is called while no person calls it otherwise. */
export function deviceNameOf({ deviceName = "PC-1" }: Scenario): string {
  return deviceName;
}

function mayLosePower({ timeline }: Scenario): boolean {
  return timeline.some(
    (step) =>
      step.do === "lose-power" ||
      (step.do === "restart" && step.how === "power-loss") ||
      ("disturbances" in step &&
        (step.disturbances ?? []).some(({ what }) => what.do === "power-loss")),
  );
}
