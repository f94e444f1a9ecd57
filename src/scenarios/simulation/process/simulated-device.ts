import type { DeviceName } from "../../observation/device-name.ts";
import type { StateRepair } from "../../observation/state-repair.ts";
import type { WaitFact } from "../../observation/wait-fact.ts";
import type { Agent } from "../../../agent/agent.ts";
import type { PcSession } from "../../../sim-server/host/sim-host.ts";
import type { CrashFact } from "../../observation/crash-fact.ts";
import type { UnfinishedFacts } from "../../observation/unfinished-facts.ts";
import { AgentProcess, type AgentProcessOptions } from "./agent-process.ts";
import { DatabaseFile } from "./database-file.ts";
import { losses } from "./losses.ts";
import { destinationIn, unfinishedIn, workIn } from "./work-in-database.ts";

interface SimulatedDeviceOptions extends Omit<
  AgentProcessOptions,
  "owner" | "session" | "machineId" | "database" | "onLogLine"
> {
  /** Whether the power may be lost. */
  readonly mayLosePower: boolean;
  /** What stands now in the folders that restores go to. */
  readonly standingInTargets: () => CrashFact["targets"];
}

/** What the line of a log holds that tells of waiting. */
const WAITING = '"event":"waiting"';

/** How a process comes to its end without being asked. */
export type CrashKind = CrashFact["kind"];

/**
 * A PC with the tool on it: starts the shipped agent on the world's ports, kills it, and starts it
 * again on what its database and disk still hold.
 *
 * Killed: nothing the process waits for ever answers, its open transaction is undone, its peers see
 * a reset. Power lost: peers see nothing at all, and what its database had committed without a sync
 * is undone as well.
 */
export class SimulatedDevice {
  readonly name: DeviceName;
  /** Lines of the technical log of all incarnations. */
  readonly logs: string[] = [];
  /** What the log said of waiting, with the time at which it did. */
  readonly waits: WaitFact[] = [];
  /** Every time its state file was repaired. */
  readonly repairs: StateRepair[] = [];
  /** Every time it ended without being asked. */
  readonly crashes: CrashFact[] = [];
  readonly #options: SimulatedDeviceOptions;
  readonly #file: DatabaseFile;
  #process: AgentProcess;
  #startCount = 0;
  #machine = 0;

  constructor(options: SimulatedDeviceOptions) {
    this.name = options.name;
    this.#options = options;
    this.#file = new DatabaseFile(options.mayLosePower);
    this.#process = this.#start("person");
  }

  /** The agent as it runs now. */
  get agent(): Agent {
    return this.#process.agent;
  }

  /** Whether the process is gone and nobody started the next one yet. */
  get isGone(): boolean {
    return this.#process.isGone;
  }

  /** In whose session the process runs. */
  get session(): PcSession {
    return this.#process.session;
  }

  /** Whether bytes of that owner's connections are those of the process that runs. */
  owns(owner: string): boolean {
    return !this.isGone && this.#process.owner === owner;
  }

  /** Files the process holds open. */
  get openFileCount(): number {
    return this.#process.openFileCount;
  }

  /** The process ends at this very moment. */
  crash(kind: CrashKind): void {
    const { world, standingInTargets } = this.#options;
    if (this.isGone) return;
    this.#process.end();
    this.#file.rollBack();
    const atWork = workIn(this.#file);
    world.network.sever(this.#process.owner, kind === "kill" ? "killed" : "power-lost");
    world.trace.add(this.name, kind);
    // What was committed stays where it is: of a process that ends alone nothing else is lost.
    const lost = kind === "kill" ? [] : this.#losePower();
    const elapsedMs = world.clock.elapsedMs();
    const targets = standingInTargets();
    this.crashes.push({ device: this.name, elapsedMs, kind, losses: lost, ...atWork, targets });
  }

  /** The disk of its database is full from now on. */
  fillStateDisk(): void {
    this.#file.fillDisk();
  }

  /** Whether the disk of its database is full. */
  get isStateDiskFull(): boolean {
    return this.#file.isDiskFull;
  }

  /** There is room again on the disk of its database. */
  freeStateDisk(): void {
    this.#file.freeDisk();
  }

  /** The process ended as it should: nothing of it is left to answer. */
  exit(): void {
    this.#process.end();
  }

  /** Starts the tool again after a crash or after it was closed. */
  restart(session: PcSession = "person"): void {
    this.#process = this.#start(session);
  }

  /** Does something with a process of its own while the one that runs goes on, which hears of it behind it. */
  async beside<Value>(work: () => Promise<Value>): Promise<Value> {
    const held = this.#process;
    const own = this.#start("person");
    this.#process = own;
    try {
      return await work();
    } finally {
      await own.agent.close();
      own.end();
      this.#process = held;
      if (!held.isGone) held.agent.refresh();
    }
  }

  /** A person closes the tool, has its damaged state file repaired, and starts it again. */
  async repairState(index: StateRepair): Promise<void> {
    await this.agent.close();
    this.#process.end();
    this.#file.repair(index === "lost" ? ["file_index"] : []);
    this.repairs.push(index);
    this.restart();
  }

  /** The PC falls asleep: connections of the process break. */
  breakConnections(): void {
    this.#options.world.network.breakOff(this.#process.owner);
  }

  /** What comes first: the outcome of `work`, or the end of the process that does it. */
  orGone<Value>(work: Promise<Value>): Promise<Value | "gone"> {
    return this.#process.orGone(work);
  }

  /** The destination of the source at a path, as its database has it, whether or not the process runs. */
  destinationOf(sourcePath: string): string | undefined {
    return destinationIn(this.#file, sourcePath);
  }

  /** Its state was copied to another PC of the same make, on which it is started from now on. */
  moveToOtherPc(): void {
    this.#machine += 1;
  }

  /** Which PC it is, a number from 0. */
  get machine(): number {
    return this.#machine;
  }

  /** Whether its power was lost once. */
  get hasLostPower(): boolean {
    return this.crashes.some(({ kind }) => kind === "power-loss");
  }

  /** How many mails, slots and notes of uploads and restores its database holds that are not done with. */
  get unfinished(): UnfinishedFacts {
    const { disk } = this.#options.world;
    return unfinishedIn(this.#file, {
      // A disk that spells a name in its own way has it under another one then.
      file: (path) => disk.exists(path) && disk.snapshot(path).get(path)?.kind === "file",
      anything: (path) => disk.exists(path),
    });
  }

  /** Frees the memory of the database. */
  dispose(): void {
    this.#process.abandon();
    this.#file.dispose();
  }

  #losePower(): readonly string[] {
    const before = this.#file.tables();
    this.#file.losePower();
    this.#options.world.disk.losePower();
    return losses(before, this.#file.tables());
  }

  #start(session: PcSession): AgentProcess {
    this.#startCount += 1;
    return new AgentProcess({
      ...this.#options,
      owner: `${this.name}-${this.#startCount}`,
      session,
      machineId: `${this.name} ${this.#machine}`,
      database: this.#file,
      onLogLine: (line) => this.#note(line),
    });
  }

  #note(line: string): void {
    this.logs.push(line);
    if (!line.includes(WAITING)) return;
    const { kind, nextTryAtMs, untilMs } = JSON.parse(line) as WaitFact;
    const { clock } = this.#options.world;
    const times = { atMs: clock.nowMs(), elapsedMs: clock.elapsedMs() };
    this.waits.push({ kind, nextTryAtMs, untilMs, ...times });
  }
}
