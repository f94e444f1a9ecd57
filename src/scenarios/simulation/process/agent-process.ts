import { posix, win32 } from "node:path";

import { Agent } from "../../../agent/agent.ts";
import type { DeviceName } from "../../observation/device-name.ts";
import type { AgentPorts } from "../../../agent/ports/agent-ports.ts";
import { NodeClock } from "../../../agent/adapters/node-clock.ts";
import { NodeDisk, type NodeDiskFs } from "../../../agent/adapters/node-disk.ts";
import { NodeTargetDisk, type NodeTargetFs } from "../../../agent/adapters/node-target-disk.ts";
import { SmtpMailer } from "../../../agent/adapters/smtp-mailer.ts";
import type { HostMounts } from "../../../agent/adapters/mounts/host-mounts.ts";
import type { Log } from "../../../agent/ports/log.ts";
import { DEFAULT_TUNING, type Tuning } from "../../../agent/tuning.ts";
import type { NameAct } from "../../../sim-server/disk/disk-calls.ts";
import type { SimDisk, SimDiskFs } from "../../../sim-server/disk/sim-disk.ts";
import type { PcSession } from "../../../sim-server/host/sim-host.ts";
import { digest } from "../../../sim-server/kernel/digest.ts";
import type { World } from "../../../sim-server/world.ts";
import type { IoKind } from "../../observation/io-point.ts";
import type { TargetCall } from "../../scenario/moment.ts";
import type { NetworkData } from "../../scenario/network.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { hostPaths } from "../disk/host-path.ts";
import { toolHome } from "../world/tool-home.ts";
import { diskGate, type GateCall } from "./disk-gate.ts";
import { diskTargetGate } from "./disk-target-gate.ts";
import { observedDatabase } from "./observed-database.ts";
import { pcDialer } from "./pc-dialer.ts";
import { ProcessBoundary } from "./process-boundary.ts";
import { processClock } from "./process-clock.ts";
import type { DatabaseFile } from "./database-file.ts";
import { suspendableDialer } from "./suspendable-dialer.ts";
import { suspendableDisk } from "./suspendable-disk.ts";
import type { PcPorts } from "./pc-ports.ts";

/** What a process of the agent runs on. */
export interface AgentProcessOptions {
  readonly world: World;
  readonly scenario: Scenario;
  /** `pc` or `neighbour`; the name of its device and of all that is its own. */
  readonly name: DeviceName;
  readonly deviceName: string;
  /** Its own name on the network, and what its chance follows from. */
  readonly owner: string;
  readonly session: PcSession;
  /** What its PC calls itself. */
  readonly machineId: string;
  readonly database: DatabaseFile;
  readonly strangeNames: ReadonlyMap<string, Uint8Array>;
  readonly onDiskCall: (call: GateCall, hostPath: string) => void;
  /** Called with each call that changes something where a restore goes, before it is carried out. */
  readonly onTargetCall: (call: TargetCall, hostPath: string) => void;
  /** Called with each name that it makes or removes on the disk, and where that truly stands. */
  readonly onName: (act: NameAct, hostPath: string) => void;
  /** Called with all that it does to its disks and its database, before it is carried out. */
  readonly onIo: (kind: IoKind, detail: string) => void;
  /** Called with each line of the technical log. */
  readonly onLogLine: (line: string) => void;
  /** The network that its PC is in. */
  readonly network: () => NetworkData;
  /** The PC it runs on. Default: one that is always awake and that the tool knows nothing of. */
  readonly pc?: PcPorts;
}

/** One incarnation of the shipped agent, on the world's ports; it runs from the moment it is made. */
export class AgentProcess {
  readonly agent: Agent;
  readonly owner: string;
  /** In whose session it runs. */
  readonly session: PcSession;
  readonly #boundary = new ProcessBoundary();
  readonly #fs: SimDiskFs;
  readonly #gone = Promise.withResolvers<"gone">();

  constructor(options: AgentProcessOptions) {
    const { world, scenario, name, owner } = options;
    this.owner = owner;
    this.session = options.session;
    this.#fs = world.disk.createFs({ onName: options.onName });
    this.agent = Agent.open(this.#ports(options, scenario.disk), {
      homePath: hostPaths(scenario.disk).toHost(toolHome(scenario.disk)),
      defaultDeviceName: options.deviceName,
      tuning: tuningOf(scenario),
    });
    world.trace.add(name, "started", owner);
  }

  /** Whether it came to its end. */
  get isGone(): boolean {
    return this.#boundary.isClosed;
  }

  /** Files it holds open. */
  get openFileCount(): number {
    return this.#fs.openCount;
  }

  /** It is gone from this very moment: nothing that it waits for ever answers. */
  end(): void {
    this.#boundary.close();
    this.#fs.kill();
    this.#gone.resolve("gone");
  }

  /** The scenario is over: it does nothing more, and nobody is notified. */
  abandon(): void {
    this.#boundary.close();
  }

  /** What comes first: the outcome of `work`, or its end. */
  async orGone<Value>(work: Promise<Value>): Promise<Value | "gone"> {
    const settled = work.catch((error: unknown) => {
      // A process that is gone can say no more, whatever its last calls came to.
      if (this.isGone) return "gone" as const;
      throw error;
    });
    return Promise.race([settled, this.#gone.promise]);
  }

  #ports(options: AgentProcessOptions, diskKind: Scenario["disk"]): AgentPorts {
    const isWindows = diskKind === "windows";
    const { world, owner, session, database, strangeNames, pc } = options;
    const boundary = this.#boundary;
    const { promises } = this.#fs;
    // Its stats have no Date members, which the adapter never reads.
    const fs = promises as unknown as NodeDiskFs;
    const folders: NodeDiskFs = {
      ...fs,
      open: (at, flags) =>
        promises.openFolder(at, flags) as unknown as ReturnType<NodeDiskFs["open"]>,
    };
    const suspendableFolders = suspendableDisk(folders, pc);
    const gate = diskGate({
      fs: suspendableDisk(fs, pc),
      openFolder: (at, flags) => suspendableFolders.open(at, flags),
      strangeNames,
      truePath: (at) => String(promises.truePath(at)),
      onCall: (call, at) => {
        if (boundary.isClosed) return;
        options.onIo("disk", `${call} ${at}`);
        options.onDiskCall(call, at);
      },
    });
    const targetGate = diskTargetGate({
      fs: promises as unknown as NodeTargetFs,
      truePath: (at) => String(promises.truePath(at)),
      onCall: (call, at) => {
        if (boundary.isClosed) return;
        options.onIo("disk", `${call} ${at}`);
        options.onTargetCall(call, at);
      },
    });
    const path = isWindows ? win32 : posix;
    const hiddenNames = async (folder: string): Promise<ReadonlySet<string>> =>
      isWindows ? world.disk.hiddenNames(folder) : new Set<string>();
    const showsColonAsSlash = diskKind === "macos";
    const clock = processClock(boundary, pc?.timers ?? new NodeClock());
    const wire = pcDialer(world.network.dialer(owner), options.network);
    const dialer = pc === undefined ? wire : suspendableDialer(wire, pc, world.clock);
    const { namesTogetherCount } = options.scenario.tuning ?? {};
    const namesTogether = namesTogetherCount === undefined ? {} : { namesTogetherCount };
    return {
      clock,
      entropy: world.entropy(`agent/${owner}`),
      disk: new NodeDisk({
        fs: gate,
        path,
        hiddenNames,
        showsColonAsSlash,
        ...namesTogether,
        ...(diskKind === "linux" && {
          mounts: simulatedMounts(world.disk),
          openFilesFolder: OPEN_FILES_FOLDER,
        }),
      }),
      targetDisk: new NodeTargetDisk({
        fs: targetGate,
        path,
        ...(diskKind === "linux" && { openFilesFolder: OPEN_FILES_FOLDER }),
      }),
      memory: world.memory.createProcess(),
      machine: { id: async () => options.machineId },
      log: tracedLog(options),
      dialer,
      database: observedDatabase(database.connect(boundary), (detail) =>
        options.onIo("database", detail),
      ),
      ...(pc && {
        host: pc.host(session),
        mailer: new SmtpMailer({ dialer, clock, tuning: DEFAULT_TUNING }),
      }),
    };
  }
}

/** Where a simulated PC with Linux shows what a process has open. */
const OPEN_FILES_FOLDER = "/proc/self/fd";

/** The mount table of the PC, which is always there to be read. */
function simulatedMounts(disk: SimDisk): HostMounts {
  return { table: () => disk.mountTable, realpath: async (path) => disk.realpath(path) };
}

function tracedLog({ world, name, onLogLine }: AgentProcessOptions): Log {
  return {
    write: (level, event, fields) => {
      const line = JSON.stringify({ level, event, ...fields });
      onLogLine(line);
      // Only its digest: what a line may hold is judged, and a secret must not get any further.
      world.trace.add(name, "log", `${level} ${digest(line)}`);
    },
  };
}

function tuningOf(scenario: Scenario): Partial<Tuning> {
  const { namesTogetherCount: _, ...tuning } = scenario.tuning ?? {};
  const given = Object.entries(tuning);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
