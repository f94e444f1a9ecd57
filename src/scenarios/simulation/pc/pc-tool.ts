import type { Agent } from "../../../agent/agent.ts";
import { AgentError } from "../../../agent/agent-error.ts";
import { hasWorkSoon } from "../../../agent/schedule/has-work-soon.ts";
import type { JobRecord } from "../../../protocol/job-record.ts";
import { nativeLoop } from "../../../sim-server/kernel/native-loop.ts";
import type { PcSession } from "../../../sim-server/host/sim-host.ts";
import type { PcToolStart, SimPc } from "../../../sim-server/host/sim-pc.ts";
import type { World } from "../../../sim-server/world.ts";
import type { ToolStart, ToolState } from "../../observation/pc-record.ts";
import type { SimulatedDevice, CrashKind } from "../process/simulated-device.ts";
import type { PcPorts } from "../process/pc-ports.ts";
import { hasPerson } from "./has-person.ts";
import type { PcFacts } from "../observe/pc-facts.ts";

/** How long a process takes until it holds the schedule. */
const START_MS = 3000;

/** How often a tool that nobody else needs looks whether it has anything left to do. */
const LOOK_EVERY_MS = 10_000;

type OpenStart = { -readonly [Name in keyof ToolStart]: ToolStart[Name] };

interface PcToolOptions {
  readonly world: World;
  readonly pc: SimPc;
  /** The same PC, as its processes see it. */
  readonly ports: PcPorts;
  readonly facts: PcFacts;
  /** Runs the tool's processes, one after the other. */
  readonly device: () => SimulatedDevice;
  /** Called with every row that the slots write. */
  readonly onJob: (job: JobRecord) => void;
  /** Whether a run is under way. */
  readonly isBusy: () => boolean;
}

/** The tool as a process on the PC: who starts it, in whose session it holds the schedule, how it ends. */
export class PcTool {
  readonly #options: PcToolOptions;
  /** Each start of a process that is to hold the schedule. */
  readonly starts: OpenStart[] = [];
  #session: PcSession | undefined;
  #start: PcToolStart | undefined;
  /** The next slot, as the tool told it last; undefined until the past is dealt with. */
  #nextAtMs: number | null | undefined;

  constructor(options: PcToolOptions) {
    this.#options = options;
  }

  /** In whose session it holds the schedule; undefined while it does not run. */
  get session(): PcSession | undefined {
    return this.#session;
  }

  /** Whether it holds the schedule. */
  get isRunning(): boolean {
    return this.#session !== undefined;
  }

  /** The process that was just started holds the schedule. */
  async hold(session: PcSession): Promise<void> {
    const { facts, onJob } = this.#options;
    const device = this.#options.device();
    this.#session = session;
    facts.note({ what: "tool", state: session });
    const { isStateDiskFull: isOnFullDisk } = device;
    const elapsedMs = this.#options.world.clock.elapsedMs();
    const start: OpenStart = { elapsedMs, isOnFullDisk, isHolding: true, isWaitTold: false };
    this.#nextAtMs = undefined;
    const onLook = (nextAtMs: number | null): void => void (this.#nextAtMs = nextAtMs);
    const onRoom = (hasRoom: boolean): void => void (start.isWaitTold ||= !hasRoom);
    try {
      const isGone =
        (await device.orGone(device.agent.schedule.start({ onJob, onRoom, onLook }))) === "gone";
      if (isGone) return;
    } catch (error) {
      if (!(error instanceof AgentError)) throw error;
      start.isHolding = false;
    }
    this.starts.push(start);
  }

  /**
   * A person gives the tool a command: the one that runs takes it, else a process that does nothing
   * else. Does nothing when nobody can, and says so. `isBeside`: a process of its own takes it in any case, where the
   * one that runs has nothing to do.
   */
  async command(work: (agent: Agent) => unknown, isBeside = false): Promise<boolean> {
    if (!hasPerson(this.#options.pc)) return false;
    const device = this.#options.device();
    if (isBeside && !device.isGone && !this.#options.isBusy()) {
      await device.beside(async () => {
        await work(device.agent);
      });
      return true;
    }
    const isOwn = device.isGone;
    if (isOwn) device.restart("person");
    try {
      await device.orGone(Promise.resolve(work(device.agent)));
    } finally {
      if (isOwn && !device.isGone) {
        await device.orGone(device.agent.close());
        device.exit();
      }
    }
    return true;
  }

  /** A person starts it, unless it runs or nobody is there; says whether somebody did. */
  async start(): Promise<boolean> {
    if (!hasPerson(this.#options.pc) || this.isRunning) return false;
    this.#options.device().restart("person");
    await this.hold("person");
    return true;
  }

  /** The scheduler of the PC starts it. */
  async startTask(start: PcToolStart): Promise<void> {
    const { world, pc } = this.#options;
    world.trace.add("pc", "start-tool", start.session);
    const { startCount } = pc;
    await new Promise<void>((resolve) => void pc.timers.setTimer(START_MS, resolve));
    const isStillOn = pc.power === "on" && pc.startCount === startCount;
    const isAllowed = start.session === "task" || pc.isSignedIn;
    const device = this.#options.device();
    // The tool of the person, or one of his commands, holds the lock: the second one leaves.
    if (!isStillOn || !isAllowed || !device.isGone) return start.ended();
    this.#start = start;
    device.restart(start.session);
    await this.hold(start.session);
    if (start.session === "task") void this.#leaveWhenDone(start);
  }

  /** It is closed as it should be. */
  async close(): Promise<void> {
    if (!this.isRunning) return;
    const device = this.#options.device();
    if ((await device.orGone(device.agent.close())) === "gone") return;
    device.exit();
    this.#ended("closed");
  }

  /** Its process ends without being asked. */
  crash(kind: CrashKind): void {
    const device = this.#options.device();
    if (device.isGone) return;
    device.crash(kind);
    if (this.isRunning) this.#ended("killed");
  }

  /**
   * The PC falls asleep: connections break. In a turn of its own, as a broken connection always
   * shows: never between two steps of one.
   */
  breakConnections(): void {
    const { world, device } = this.#options;
    const turn = new Promise<void>((resolve) => nativeLoop.soon(resolve));
    void world.activity.during(turn.then(() => device().breakConnections()));
  }

  /** A tool that a task started ends when it has nothing to do soon, unless somebody is there by then. */
  async #leaveWhenDone(start: PcToolStart): Promise<void> {
    const { world, pc, ports } = this.#options;
    const opened = this.starts.at(-1);
    do {
      await (pc.power === "on" ? world.clock.wait(LOOK_EVERY_MS) : ports.awake());
    } while (this.#start === start && (pc.power !== "on" || pc.isSignedIn || this.#hasWork()));
    if (this.#start !== start) return;
    if (opened !== undefined) opened.leftMs = world.clock.elapsedMs();
    await this.close();
  }

  #hasWork(): boolean {
    const { world, device, isBusy } = this.#options;
    const waitingMailCount = device().agent.mail.outbox().mails.length;
    const nowMs = world.clock.nowMs();
    return isBusy() || hasWorkSoon({ nextAtMs: this.#nextAtMs, nowMs, waitingMailCount });
  }

  #ended(state: Extract<ToolState, "closed" | "killed">): void {
    this.#session = undefined;
    this.#start?.ended();
    this.#start = undefined;
    this.#options.facts.note({ what: "tool", state });
  }
}
