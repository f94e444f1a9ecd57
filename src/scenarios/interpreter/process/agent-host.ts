import { posix, win32 } from "node:path";

import { Agent, type AgentApi } from "../../../agent/agent.ts";
import { NodeClock } from "../../../agent/adapters/node-clock.ts";
import { NodeDisk, type NodeDiskFs } from "../../../agent/adapters/node-disk.ts";
import { NodeTargetDisk, type NodeTargetFs } from "../../../agent/adapters/node-target-disk.ts";
import { SmtpMailer } from "../../../agent/adapters/smtp-mailer.ts";
import type { Clock } from "../../../agent/ports/clock.ts";
import { DEFAULT_TUNING, type Tuning } from "../../../agent/tuning.ts";
import type { SimDiskFs } from "../../../sim-server/disk/sim-disk.ts";
import type { PcSession } from "../../../sim-server/host/sim-host.ts";
import { digest } from "../../../sim-server/trace/digest.ts";
import type { World } from "../../../sim-server/world.ts";
import type { TargetCall } from "../../data/moment.ts";
import type { Scenario } from "../../scenario.ts";
import type { CrashFact } from "../../record/crash-fact.ts";
import { diskGate, type GateCall } from "./disk-gate.ts";
import { diskTargetGate } from "./disk-target-gate.ts";
import { Fence } from "./fence.ts";
import { DatabaseFile } from "./fenced-database.ts";
import { frozenDialer, frozenDisk } from "./frozen.ts";
import { losses } from "../pc/losses.ts";
import type { PcPorts } from "./pc-ports.ts";

/** What a host of an agent is made with. */
export interface AgentHostOptions {
  readonly world: World;
  readonly scenario: Scenario;
  /** `pc` or `neighbour`; the name of its device and of all that is its own. */
  readonly name: string;
  readonly deviceName: string;
  /** Whether the power may be lost. */
  readonly mayLosePower: boolean;
  readonly strangeNames: ReadonlyMap<string, Uint8Array>;
  readonly onDiskCall: (call: GateCall, hostPath: string) => void;
  /** Told each call that changes something where a restore goes, before it is carried out. */
  readonly onTargetCall: (call: TargetCall, hostPath: string) => void;
  /** The PC it runs on. Default: one that is always awake and that the tool knows nothing of. */
  readonly pc?: PcPorts;
}

/** How a process comes to its end without being asked. */
export type CrashKind = "kill" | "power-loss";

/** One incarnation of the agent. */
interface Process {
  readonly agent: AgentApi;
  readonly fence: Fence;
  readonly session: PcSession;
  readonly fs: SimDiskFs;
  readonly owner: string;
  readonly gone: PromiseWithResolvers<"gone">;
}

/**
 * A PC with the tool on it: starts the shipped agent on the world's ports, kills it, and starts it
 * again on what its database and disk still hold.
 *
 * Killed: nothing the process waits for ever answers, its open transaction is undone, its peers see
 * a reset. Power lost: peers see nothing at all, and what its database had committed without a sync
 * is undone as well.
 */
export class AgentHost {
  readonly name: string;
  /** Lines of the technical log of all incarnations. */
  readonly logs: string[] = [];
  /** Every time it ended without being asked. */
  readonly crashes: CrashFact[] = [];
  readonly #options: AgentHostOptions;
  readonly #file: DatabaseFile;
  #process: Process;
  #startCount = 0;

  constructor(options: AgentHostOptions) {
    this.name = options.name;
    this.#options = options;
    this.#file = new DatabaseFile(options.mayLosePower);
    this.#process = this.#start("person");
  }

  /** The agent as it runs now. */
  get agent(): AgentApi {
    return this.#process.agent;
  }

  /** Whether the process is gone and nobody started the next one yet. */
  get isGone(): boolean {
    return this.#process.fence.isClosed;
  }

  /** In whose session the process runs. */
  get session(): PcSession {
    return this.#process.session;
  }

  /** Files the process holds open. */
  get openFileCount(): number {
    return this.#process.fs.openCount;
  }

  /** The process ends at this very moment. */
  crash(kind: CrashKind): void {
    const { world } = this.#options;
    const { fence, fs, owner, gone } = this.#process;
    if (fence.isClosed) return;
    fence.close();
    fs.kill();
    world.network.sever(owner, kind === "kill" ? "killed" : "power-lost");
    world.trace.add(this.name, kind);
    const lost = kind === "kill" ? this.#endTransaction() : this.#losePower();
    const elapsedMs = world.clock.elapsedMs();
    this.crashes.push({ device: this.name, elapsedMs, kind, losses: lost });
    gone.resolve("gone");
  }

  /** The process ended as it should: nothing of it is left to answer. */
  leave(): void {
    const { fence, fs, gone } = this.#process;
    fence.close();
    fs.kill();
    gone.resolve("gone");
  }

  /** Starts the tool again after a crash or after it was closed. */
  restart(session: PcSession = "person"): void {
    this.#process = this.#start(session);
  }

  /** The PC falls asleep: connections of the process break. */
  breakOff(): void {
    this.#options.world.network.breakOff(this.#process.owner);
  }

  /** What comes first: the outcome of `work`, or the end of the process that does it. */
  async orGone<Value>(work: Promise<Value>): Promise<Value | "gone"> {
    const { fence, gone } = this.#process;
    const settled = work.catch((error: unknown) => {
      // A process that is gone can say no more, whatever its last calls came to.
      if (fence.isClosed) return "gone" as const;
      throw error;
    });
    return Promise.race([settled, gone.promise]);
  }

  /** Frees the memory of the database. */
  dispose(): void {
    this.#process.fence.close();
    this.#file.dispose();
  }

  /** What was committed stays where it is: of a process that ends alone nothing else is lost. */
  #endTransaction(): readonly string[] {
    this.#file.rollBack();
    return [];
  }

  #losePower(): readonly string[] {
    this.#file.rollBack();
    const before = this.#file.tables();
    this.#file.losePower();
    this.#options.world.disk.losePower();
    return losses(before, this.#file.tables());
  }

  #start(session: PcSession): Process {
    const { world, scenario, name, deviceName, strangeNames, onDiskCall, onTargetCall, pc } =
      this.#options;
    this.#startCount += 1;
    const owner = `${name}-${this.#startCount}`;
    const fence = new Fence();
    const fs = world.disk.createFs();
    const isWindows = scenario.disk === "windows";
    const gate = diskGate({
      // Its stats have no Date members, which the adapter never reads.
      fs: frozenDisk(fs.promises as unknown as NodeDiskFs, pc),
      strangeNames,
      onCall: (call, path) => {
        if (!fence.isClosed) onDiskCall(call, path);
      },
    });
    const path = isWindows ? win32 : posix;
    const targetGate = diskTargetGate({
      fs: fs.promises as unknown as NodeTargetFs,
      onCall: (call, at) => {
        if (!fence.isClosed) onTargetCall(call, at);
      },
    });
    const disk = new NodeDisk({
      fs: gate,
      path,
      hiddenNames: (folder) =>
        Promise.resolve(isWindows ? world.disk.hiddenNames(folder) : new Set<string>()),
    });
    const random = world.entropy(`agent/${owner}`);
    const clock = fencedClock(fence, pc?.timers ?? new NodeClock());
    const wire = world.network.dialer(owner);
    const dialer = pc === undefined ? wire : frozenDialer(wire, pc, world.clock);
    const agent = Agent.open(
      {
        clock,
        entropy: random,
        disk,
        targetDisk: new NodeTargetDisk({ fs: targetGate, path }),
        memory: world.memory,
        log: {
          write: (level, event, fields) => {
            const line = JSON.stringify({ level, event, ...fields });
            this.logs.push(line);
            // Only its digest: what a line may hold is judged, and a secret must not get any further.
            world.trace.add(name, "log", `${level} ${digest(line)}`);
          },
        },
        dialer,
        database: this.#file.connect(fence),
        ...(pc && {
          host: pc.host(session),
          mailer: new SmtpMailer({ dialer, clock, tuning: DEFAULT_TUNING }),
        }),
      },
      {
        homePath: isWindows ? "C:\\Users\\user\\AppData\\azukeru" : "/home/user/.azukeru",
        defaultDeviceName: deviceName,
        tuning: tuningOf(scenario),
      },
    );
    world.trace.add(name, "started", owner);
    return { agent, fence, session, fs, owner, gone: Promise.withResolvers<"gone">() };
  }
}

function tuningOf(scenario: Scenario): Partial<Tuning> {
  const given = Object.entries(scenario.tuning ?? {});
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** A clock whose timers never fire once its process is gone. */
function fencedClock(fence: Fence, clock: Clock): Clock {
  return {
    nowMs: () => clock.nowMs(),
    elapsedMs: () => clock.elapsedMs(),
    setTimer: (delayMs, callback) =>
      clock.setTimer(delayMs, () => {
        if (!fence.isClosed) callback();
      }),
  };
}
