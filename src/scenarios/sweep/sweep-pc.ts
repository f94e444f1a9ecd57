import { posix } from "node:path";

import { NodeDisk, type NodeDiskFs } from "../../agent/adapters/node-disk.ts";
import { NodeTargetDisk, type NodeTargetFs } from "../../agent/adapters/node-target-disk.ts";
import { SmtpMailer } from "../../agent/adapters/smtp-mailer.ts";
import { Agent } from "../../agent/agent.ts";
import type { AgentApi } from "../../agent/agent-api.ts";
import type { Clock } from "../../agent/ports/clock.ts";
import type { SqlDatabase } from "../../agent/ports/database.ts";
import { DEFAULT_TUNING, type Tuning } from "../../agent/tuning.ts";
import { SimPc } from "../../sim-server/host/sim-pc.ts";
import type { SimDiskFs } from "../../sim-server/disk/sim-disk.ts";
import type { World } from "../../sim-server/world.ts";
import { diskGate } from "../simulation/process/disk-gate.ts";
import { diskTargetGate } from "../simulation/process/disk-target-gate.ts";
import { ProcessBoundary } from "../simulation/process/process-boundary.ts";
import { DatabaseFile } from "../simulation/process/database-file.ts";
import type { IoPoints } from "./io-points.ts";
import { promisesIn } from "./kept-promises.ts";
import { pointedDatabase } from "./pointed-database.ts";

/** How the process ends: alone, or with the power of its PC. */
export const CRASH_KINDS = ["kill", "power"] as const;

/** One of {@link CRASH_KINDS}. */
export type CrashKind = (typeof CRASH_KINDS)[number];

/** Small, so that a handful of small files goes every way there is. */
const TUNING: Partial<Tuning> = {
  batchedFileBytesMax: 1_000,
  wholeFileBytesMax: 4_000,
  appendBytes: 4_000,
  parallelUploadCount: 2,
  parallelDownloadCount: 2,
  parallelDeleteCount: 2,
};

/** A person or a task of the system starts the tool again after so long. */
const RESTART_AFTER_MS = 60_000;

interface Process {
  readonly agent: AgentApi;
  readonly boundary: ProcessBoundary;
  readonly fs: SimDiskFs;
  readonly owner: string;
}

/** What was there before a crash and is not any more. */
export interface CrashFact {
  readonly kind: CrashKind;
  /** Promises that were committed and are gone with the power. */
  readonly broken: readonly string[];
  /** Jobs that ran or waited for their turn. */
  readonly openJobs: readonly { readonly id: number; readonly status: string }[];
  /** Whether a try to send a mail was under way. */
  readonly isMailing: boolean;
}

/**
 * A PC with the shipped agent on it as the daemon runs it, which loses its process or its power at a
 * point and comes up again a minute later.
 */
export class SweepPc {
  readonly pc: SimPc;
  readonly #world: World;
  readonly #points: IoPoints;
  readonly #file = new DatabaseFile(true);
  #process: Process | undefined;
  #startCount = 0;
  #crash: CrashFact | undefined;

  constructor(world: World, points: IoPoints) {
    this.#world = world;
    this.#points = points;
    this.pc = new SimPc({ kind: "macos", clock: world.clock, zone: "Asia/Tokyo" });
  }

  /** The agent that runs now; undefined between a crash and the next start. */
  get agent(): AgentApi | undefined {
    return this.#process?.agent;
  }

  /** The crash, once there was one. */
  get crashFact(): CrashFact | undefined {
    return this.#crash;
  }

  /** The database as it is now, whoever works on it. */
  look(): SqlDatabase {
    return this.#file.connect(new ProcessBoundary());
  }

  /** Whether bytes of this connection are those of the process that runs. */
  owns(owner: string): boolean {
    return this.#process?.owner === owner;
  }

  /** Starts the tool; `daemon` also holds the schedule, which goes on after this returns. */
  start(daemon: boolean): AgentApi {
    const started = this.#open();
    this.#process = started;
    if (daemon) void holdSchedule(started);
    return started.agent;
  }

  /** Ends the tool in good order. */
  async close(): Promise<void> {
    const ended = this.#process;
    await ended?.agent.close();
    ended?.boundary.close();
    ended?.fs.kill();
    this.#process = undefined;
  }

  /** The process ends at this very moment, and comes again. */
  crash(kind: CrashKind): void {
    const ended = this.#process;
    if (ended === undefined) return;
    const world = this.#world;
    this.#process = undefined;
    ended.boundary.close();
    ended.fs.kill();
    this.#file.rollBack();
    const before = this.look();
    const promised = promisesIn(before);
    const openJobs = openJobsIn(before);
    const isMailing = isMailUnderWay(before);
    if (kind === "power") {
      this.#file.losePower();
      world.disk.losePower();
      this.pc.losePower();
    }
    world.network.sever(ended.owner, kind === "power" ? "power-lost" : "killed");
    const kept = promisesIn(this.look());
    this.#crash = { kind, broken: [...promised.difference(kept)], openJobs, isMailing };
    world.clock.setTimer(RESTART_AFTER_MS, () => {
      this.pc.boot();
      this.pc.signIn();
      this.start(true);
    });
  }

  /** Frees the memory of the database. */
  dispose(): void {
    this.#process?.boundary.close();
    this.#file.dispose();
  }

  #open(): Process {
    this.#startCount += 1;
    const owner = `pc-${this.#startCount}`;
    const world = this.#world;
    const boundary = new ProcessBoundary();
    const fs = world.disk.createFs();
    const onCall = (call: string, path: string): void => {
      if (!boundary.isClosed) this.#points.reach("disk", `${call} ${path}`);
    };
    const gate = diskGate({
      // Its stats have no Date members, which the adapter never reads.
      fs: fs.promises as unknown as NodeDiskFs,
      strangeNames: new Map(),
      onCall,
    });
    const targetGate = diskTargetGate({ fs: fs.promises as unknown as NodeTargetFs, onCall });
    const clock = processClock(this.pc.timers, boundary);
    const dialer = world.network.dialer(owner);
    const agent = Agent.open(
      {
        clock,
        entropy: world.entropy(`agent/${owner}`),
        disk: new NodeDisk({
          fs: gate,
          path: posix,
          hiddenNames: () => Promise.resolve(new Set<string>()),
        }),
        targetDisk: new NodeTargetDisk({ fs: targetGate, path: posix }),
        host: this.pc.host("person"),
        memory: world.memory,
        log: {
          write: (level, event, fields) =>
            world.trace.add(owner, "log", JSON.stringify({ level, event, ...fields })),
        },
        dialer,
        database: pointedDatabase(this.#file.connect(boundary), (detail) => {
          this.#points.reach("database", detail);
        }),
        mailer: new SmtpMailer({ dialer, clock, tuning: DEFAULT_TUNING }),
      },
      { homePath: "/home/me/.azukeru", defaultDeviceName: "PC-1", tuning: TUNING },
    );
    return { agent, boundary, fs, owner };
  }
}

/** Resolves when the past is dealt with; never, once the process is gone. */
async function holdSchedule({ agent, boundary }: Process): Promise<void> {
  try {
    await agent.startSchedule();
  } catch (error) {
    if (!boundary.isClosed) throw error;
  }
}

/** Timers of a process that is gone never fire. */
function processClock(timers: Clock, boundary: ProcessBoundary): Clock {
  return {
    nowMs: () => timers.nowMs(),
    elapsedMs: () => timers.elapsedMs(),
    setTimer: (delayMs, callback) =>
      timers.setTimer(delayMs, () => {
        if (!boundary.isClosed) callback();
      }),
  };
}

function openJobsIn(database: SqlDatabase): CrashFact["openJobs"] {
  return database
    .prepare("SELECT id, status FROM job WHERE status IN ('running', 'waiting')")
    .all()
    .map(({ id, status }) => ({ id: Number(id), status: String(status) }));
}

function isMailUnderWay(database: SqlDatabase): boolean {
  return database.prepare("SELECT 1 FROM outbox WHERE attempt_count > 0").get() !== undefined;
}
