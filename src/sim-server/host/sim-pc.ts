import type { Timers } from "../kernel/timers.ts";
import type { SimDiskOptions } from "../disk/sim-disk.ts";
import type { NetworkShares } from "./network-shares.ts";
import { PcLog } from "./pc-log.ts";
import { PcScheduler, type RegisteredTask } from "./pc-scheduler.ts";
import { PcTimers } from "./pc-timers.ts";
import type {
  PcLogEvent,
  PcSession,
  PcTask,
  PcTaskRegistration,
  SimHost,
  SimPcKind,
} from "./sim-host.ts";
import { message, type Message } from "../../messages/message.ts";

/*
 * Fault model of the PC.
 * - What it can do to you: sleep, hibernate, be shut down, lose its power and come back, at any moment;
 *   its person signs in and out, changes his password, sets clock and zone. Timers fire late after a
 *   sleep. Network drives are gone while nobody is signed in. The scheduler refuses a task (empty or
 *   wrong password, no rights, out of order), does not start one whose password has changed since,
 *   and catches nothing up that fell into a sleep or while the PC was off; macOS makes up for a start
 *   that fell into a sleep, once. The log can be unreadable.
 * - What a correct client must survive: all of it, with one row per slot and source that tells why.
 * - Never injected: a log that lies or leaves something out, a task that starts at another time than
 *   its own or twice, a scheduler that forgets, a sleep that the PC does not wake up from.
 * - Not modelled: several people at one PC, Fast Startup, waking by timers, a sleep that a program
 *   holds off, hibernation out of sleep. Power, network and disk of a sleeping PC do not stop by
 *   themselves: who runs a process on it freezes it (`listen`). A file that is open on a network
 *   drive stays readable when the drive goes.
 */

/** What the PC does with its power. */
export type PowerState = "on" | "asleep" | "hibernating" | "off";

/** The person at the PC. */
export interface PcUser {
  /** Empty: none is set. */
  readonly password: string;
  /** Whether he may register tasks that run while nobody is signed in. */
  readonly isAdministrator: boolean;
}

/** One start of the tool by the scheduler. */
export interface PcToolStart {
  readonly command: readonly string[];
  /** Where it runs. */
  readonly session: PcSession;
  /** The process has ended: until then the scheduler starts no second one. */
  ended(): void;
}

/** Something happened; told after the PC's own state has changed. */
export type SimPcEvent =
  | { readonly kind: PcLogEvent["kind"] }
  | { readonly kind: "start-tool"; readonly start: PcToolStart };

/** What stays the same of a PC, and how it begins. */
export interface SimPcOptions {
  readonly kind: SimPcKind;
  /** Its clock; `VirtualClock` has the shape. */
  readonly clock: Timers & { nowMs(): number; setWallClock(wallMs: number): void };
  /** IANA name. */
  readonly zone: string;
  /** Default: password `pw`, an administrator. */
  readonly user?: PcUser;
  /** Its network drives. Default: none. */
  readonly shares?: NetworkShares;
}

const NO_SHARES: NetworkShares = {
  has: (path) => /^[\\/]{2}[^\\/?.]/.test(path),
  connect: () => undefined,
  disconnect: () => undefined,
};

/**
 * A PC with a person at it: its power, its sessions, its scheduler and its log. It begins switched on
 * with the person signed in. What cannot be done as things stand (waking a PC that is off, signing
 * out twice) does nothing. Processes on it live elsewhere: `listen` says when they start, stop and stand still.
 */
export class SimPc {
  readonly kind: SimPcKind;
  /** The clock of the processes on it. */
  readonly timers: PcTimers;
  readonly log: PcLog;
  /** Lets every registration fail for no reason a person could put right. */
  isSchedulerBroken = false;
  readonly #clock: SimPcOptions["clock"];
  readonly #shares: NetworkShares;
  readonly #scheduler: PcScheduler;
  readonly #listeners = new Set<(event: SimPcEvent) => void>();
  #zone: string;
  #user: PcUser;
  #power: PowerState = "on";
  #isSignedIn = true;
  #startCount = 1;
  #lostPower = false;
  #running: PcToolStart | undefined;
  /** A start fell into this sleep (macOS). */
  #overslept: RegisteredTask | undefined;

  constructor(options: SimPcOptions) {
    const { kind, clock, zone, user, shares } = options;
    this.kind = kind;
    this.#clock = clock;
    this.#zone = zone;
    this.#user = user ?? { password: "pw", isAdministrator: true };
    this.#shares = shares ?? NO_SHARES;
    this.timers = new PcTimers(clock, this);
    this.log = new PcLog(() => clock.nowMs());
    this.#scheduler = new PcScheduler({
      clock,
      zone: () => this.#zone,
      onDue: (registered) => this.#due(registered),
    });
    this.log.write("boot");
    this.log.write("sign-in");
  }

  get power(): PowerState {
    return this.#power;
  }

  get isSignedIn(): boolean {
    return this.#isSignedIn;
  }

  /** How often it was started so far. */
  get startCount(): number {
    return this.#startCount;
  }

  /** Tells every event from now on; the returned function ends it. */
  listen(listener: (event: SimPcEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  sleep(): void {
    if (this.#power !== "on") return;
    this.#power = "asleep";
    this.#happened("sleep");
  }

  hibernate(): void {
    if (this.#power !== "on") return;
    this.#power = "hibernating";
    this.#happened("hibernate");
  }

  /** From sleep or hibernation. */
  wake(): void {
    if (this.#power !== "asleep" && this.#power !== "hibernating") return;
    this.#power = "on";
    this.#happened("wake");
    this.timers.release();
    const overslept = this.#overslept;
    this.#overslept = undefined;
    if (overslept !== undefined && this.#scheduler.registered === overslept) this.#start(overslept);
  }

  /** In good order: the person is signed out first. */
  shutDown(): void {
    if (this.#power !== "on") return;
    this.signOut();
    this.#goOff();
    this.#happened("shutdown");
  }

  /** At once. What hibernates has no power to lose. */
  losePower(): void {
    if (this.#power !== "on" && this.#power !== "asleep") return;
    const wasSignedIn = this.#isSignedIn;
    this.#isSignedIn = false;
    this.#lostPower = true;
    this.#goOff();
    this.#tell({ kind: "power-loss" });
    if (wasSignedIn) this.#shares.disconnect();
  }

  /** Starts a PC that is off; nobody is signed in then. */
  boot(): void {
    if (this.#power !== "off") return;
    this.#power = "on";
    this.#startCount += 1;
    if (this.#lostPower) this.log.write("power-loss");
    this.#lostPower = false;
    this.#happened("boot");
  }

  signIn(): void {
    if (this.#power !== "on" || this.#isSignedIn) return;
    this.#isSignedIn = true;
    this.#shares.connect();
    this.#happened("sign-in");
  }

  /** Ends what runs in the person's session. */
  signOut(): void {
    if (this.#power !== "on" || !this.#isSignedIn) return;
    this.#isSignedIn = false;
    if (this.#running?.session === "person") this.#running = undefined;
    this.#happened("sign-out");
    this.#shares.disconnect();
  }

  /** The person gets another password or other rights; a task keeps what it was registered with. */
  setUser(user: PcUser): void {
    this.#user = user;
  }

  setZone(zone: string): void {
    this.#zone = zone;
    this.#scheduler.rearm();
  }

  /** A person sets the clock. Starts that it jumps over are not made up for. */
  setWallClock(wallMs: number): void {
    this.#clock.setWallClock(wallMs);
    this.#scheduler.rearm();
  }

  /** The PC as a process in that session sees it. */
  host(session: PcSession): SimHost {
    return {
      kind: this.kind,
      zone: () => this.#zone,
      // A timer of Linux runs in no session; what counts is whether its user is there.
      isInteractive: () => (session === "person" || this.kind === "linux") && this.#isSignedIn,
      isNetworkPath: async (path) => this.#shares.has(path),
      eventsBetween: async (fromMs, toMs) => this.log.between(fromMs, toMs),
      registerTask: async (task, password) => this.#register(task, password),
      removeTask: async () => this.#scheduler.remove(),
      taskStatus: async () => this.#scheduler.status(),
    };
  }

  #register(task: PcTask, password: string | undefined): PcTaskRegistration {
    if (this.isSchedulerBroken) return refused("failed", message("task.refused"));
    if (this.kind === "macos") {
      this.#scheduler.register({ task, worksSignedOut: false, password: undefined });
      return {
        kind: "registered-while-signed-in",
        reason: message("task.macos-signed-in"),
      };
    }
    if (this.kind === "linux") {
      this.#scheduler.register({ task, worksSignedOut: true, password: undefined });
      return { kind: "registered" };
    }
    if (password === undefined || password === "") {
      return refused("no-password", message("task.no-password"));
    }
    if (password !== this.#user.password) {
      return refused("wrong-password", message("task.wrong-password"));
    }
    if (!this.#user.isAdministrator) return refused("no-rights", message("task.no-rights"));
    this.#scheduler.register({ task, worksSignedOut: true, password });
    return { kind: "registered" };
  }

  #due(registered: RegisteredTask): void {
    if (this.#power === "on") this.#start(registered);
    else if (this.kind === "macos" && this.#power !== "off") this.#overslept = registered;
  }

  #start({ task, worksSignedOut, password }: RegisteredTask): void {
    if (this.#running !== undefined) return;
    if (!worksSignedOut && !this.#isSignedIn) return;
    if (password !== undefined && password !== this.#user.password) return;
    const start: PcToolStart = {
      command: task.command,
      session: worksSignedOut ? "task" : "person",
      ended: () => {
        if (this.#running === start) this.#running = undefined;
      },
    };
    this.#running = start;
    this.#tell({ kind: "start-tool", start });
  }

  #goOff(): void {
    this.#power = "off";
    this.#running = undefined;
    this.#overslept = undefined;
    this.timers.drop();
  }

  #happened(kind: PcLogEvent["kind"]): void {
    this.log.write(kind);
    this.#tell({ kind });
  }

  #tell(event: SimPcEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** How paths are written on a PC, and whether its disk tells `A` from `a`. */
export function diskOf(
  kind: SimPcKind,
): Required<Pick<SimDiskOptions, "paths" | "caseSensitive" | "formSensitive">> {
  const isPosix = kind === "macos" || kind === "linux";
  return {
    paths: isPosix ? "posix" : "windows",
    caseSensitive: kind === "linux",
    formSensitive: kind !== "macos",
  };
}

function refused(
  why: Extract<PcTaskRegistration, { kind: "refused" }>["why"],
  reason: Message,
): PcTaskRegistration {
  return { kind: "refused", why, reason };
}
