import type { DiskCallFact } from "../../observation/disk-fact.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { ScenarioWorld } from "../world/scenario-world.ts";
import { AgentHost } from "./agent-host.ts";
import type { GateCall } from "./disk-gate.ts";
import type { PcPorts } from "./pc-ports.ts";

const NEIGHBOUR_DEVICE = "NEIGHBOUR-PC";

/** What hosts are made with. */
export interface HostsOptions {
  readonly place: ScenarioWorld;
  /** What the PC is for its processes, where the scenario has one. */
  readonly ports: PcPorts | undefined;
  /** Told each call of a host's agent to the disk, before it is carried out. */
  readonly onDiskCall: (host: AgentHost, call: DiskCallFact) => void;
}

/** The PCs with the tool on them: the one that the scenario is about, and a neighbour of the same contract. */
export class Hosts implements Disposable {
  readonly pc: AgentHost;
  readonly #options: HostsOptions;
  #neighbour: AgentHost | undefined;
  #openFilesPeak = 0;

  constructor(options: HostsOptions) {
    const { place, ports } = options;
    this.#options = options;
    this.pc = this.#make("pc", place.scenario.deviceName ?? "PC-1", ports);
  }

  /** The second PC; it is there from the first call on. */
  neighbour(): AgentHost {
    this.#neighbour ??= this.#make("neighbour", NEIGHBOUR_DEVICE);
    return this.#neighbour;
  }

  /** All that there are by now. */
  get all(): readonly AgentHost[] {
    return this.#neighbour === undefined ? [this.pc] : [this.pc, this.#neighbour];
  }

  /** Most files that were open at once. */
  get openFilesPeak(): number {
    return this.#openFilesPeak;
  }

  [Symbol.dispose](): void {
    for (const host of this.all) host.dispose();
  }

  #make(name: string, deviceName: string, ports?: PcPorts): AgentHost {
    const { scenario, world, paths, moments, strangeNames } = this.#options.place;
    const host: AgentHost = new AgentHost({
      world,
      scenario,
      name,
      deviceName,
      mayLosePower: mayLosePower(scenario),
      strangeNames,
      onDiskCall: (call, path) => this.#onDiskCall(host, call, paths.fromHost(path)),
      onTargetCall: (call) => moments.tell({ at: call }),
      ...(ports && { pc: ports }),
    });
    return host;
  }

  #onDiskCall(host: AgentHost, call: GateCall, path: string): void {
    const { place, onDiskCall } = this.#options;
    if (host === this.pc && call !== "listed" && call !== "close") {
      place.moments.tell({ at: call, path });
    }
    onDiskCall(host, { seq: place.nextSeq(), call, path });
    if (call !== "open") return;
    const openCount = this.all.reduce((sum, { openFileCount }) => sum + openFileCount, 0);
    this.#openFilesPeak = Math.max(this.#openFilesPeak, openCount + 1);
  }
}

function mayLosePower({ timeline }: Scenario): boolean {
  return timeline.some(
    (step) =>
      step.do === "lose-power" ||
      (step.do === "restart" && step.how === "power-loss") ||
      ((step.do === "backup" || step.do === "restore" || step.do === "wait") &&
        (step.disturbances ?? []).some(({ what }) => what.do === "power-loss")),
  );
}
