import type { AgentApi } from "../../../agent/agent-api.ts";
import { registerOsTask } from "../../../agent/os-task-registration.ts";
import type { JobRecord } from "../../../agent/state/records.ts";
import { nativeLoop } from "../../../sim-server/clock/native-loop.ts";
import { nextLocalStart } from "../../../sim-server/host/next-local-start.ts";
import type { PcSession, SimPcKind } from "../../../sim-server/host/sim-host.ts";
import { SimPc, type PcToolStart } from "../../../sim-server/host/sim-pc.ts";
import type { World } from "../../../sim-server/world.ts";
import { minuteOfDay, type Pc, type ScheduleData } from "../../data/pc.ts";
import type { PcDisturbance, PcStep } from "../../data/pc-step.ts";
import type { PcChange, PcFact, PcRecord, ToolState } from "../../record/pc-record.ts";
import type { AgentHost, CrashKind } from "../process/agent-host.ts";
import type { MailDesk } from "../people/mail-desk.ts";
import type { PcPorts } from "../process/pc-ports.ts";

/** The password of the person at the PC. */
export const PC_PASSWORD = "a secret of the PC";

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

const OTHER_PASSWORD = "another secret of the PC";

const SIM_KINDS: Record<Pc["kind"], SimPcKind> = {
  "windows-11": "windows",
  "windows-server-2012": "windows-server-2012",
  "windows-server": "windows-server",
  macos: "macos",
  linux: "linux",
};

/** How long a process takes until it holds the schedule. */
const START_MS = 3000;

/** How long after the lead a tool that nobody else needs looks whether its slot is done. */
const LEAD_MS = 5 * 60_000;
const LOOK_EVERY_MS = 10_000;

/** How long it takes until somebody starts a tool again that ended in the middle of its work. */
const RECOVERY_MS = 60_000;

/** What the life of a PC needs of the rest of the scenario. */
export interface PcLifeOptions {
  readonly world: () => World;
  readonly pc: Pc;
  readonly zone: string;
  readonly tool: () => AgentHost;
  readonly mail: MailDesk;
  /** Whether a path of the PC is on a network drive. */
  readonly isNetworkPath: (hostPath: string) => boolean;
  /** Connects or disconnects the network drives. */
  readonly moveDrives: (isHere: boolean) => void;
  /** Told of every row that the slots write. */
  readonly onJob: (job: JobRecord) => void;
  /** Whether a run of a slot is under way. */
  readonly isBusy: () => boolean;
}

/** The PC around the tool while a scenario is lived through: power, people, processes, and what the world knows of them. */
export class PcLife {
  readonly ports: PcPorts;
  readonly facts: PcFact[] = [];
  readonly #options: PcLifeOptions;
  readonly #pc: SimPc;
  readonly #sleepers: (() => void)[] = [];
  #tool: "person" | "task" | undefined;
  #start: PcToolStart | undefined;
  #drivesAreHere = true;
  #outage: "unreachable" | "unresolved" | "silent" | undefined;
  #hasOtherPassword = false;
  #zone: string;

  constructor(options: PcLifeOptions) {
    const { world, pc, zone } = options;
    this.#options = options;
    this.#zone = zone;
    this.#pc = new SimPc({
      kind: SIM_KINDS[pc.kind],
      clock: world().clock,
      zone,
      user: {
        password: pc.hasPassword === false ? "" : PC_PASSWORD,
        isAdministrator: pc.isAdministrator ?? true,
      },
      shares: {
        has: options.isNetworkPath,
        connect: () => this.#moveDrives(true),
        disconnect: () => this.#moveDrives(false),
      },
    });
    this.#pc.log.isReadable = pc.keepsLog ?? true;
    const { timers } = this.#pc;
    this.ports = {
      timers,
      isAwake: () => this.#pc.power === "on",
      awake: () =>
        this.#pc.power === "on"
          ? Promise.resolve()
          : new Promise((resolve) => void this.#sleepers.push(resolve)),
      host: (session) => this.#pc.host(session),
    };
    this.#pc.listen((event) => {
      if (event.kind === "start-tool") void this.#startTask(event.start);
      else world().trace.add("pc", event.kind);
      if (event.kind === "wake") for (const resolve of this.#sleepers.splice(0)) resolve();
    });
  }

  /** Passwords that may stand nowhere. */
  get secrets(): readonly string[] {
    return [PC_PASSWORD, OTHER_PASSWORD];
  }

  /** Whether the tool holds the schedule. */
  get isToolRunning(): boolean {
    return this.#tool !== undefined;
  }

  /** How the PC's network is out, if a person has it so. */
  get outage(): "unreachable" | "unresolved" | "silent" | undefined {
    return this.#outage;
  }

  /** Whether somebody sits there who can do something. */
  get hasPerson(): boolean {
    return this.#pc.power === "on" && this.#pc.isSignedIn;
  }

  /** Whether the network drives are connected. */
  get areDrivesHere(): boolean {
    return this.#drivesAreHere;
  }

  /** Puts down what is so from now on. */
  note(change: PcChange): void {
    const { clock, trace } = this.#options.world();
    this.facts.push({
      elapsedMs: clock.elapsedMs(),
      wallMs: clock.nowMs(),
      change,
      isDuringRun: this.#options.isBusy(),
    });
    trace.add("pc", "fact", JSON.stringify(change));
  }

  /** The tool that was set up begins to hold the schedule. */
  async begin(): Promise<void> {
    this.note({ what: "zone", zone: this.#options.zone });
    this.note({ what: "power", power: "on", isLoss: false });
    this.note({ what: "session", isSignedIn: true });
    this.note({ what: "network", isUp: true });
    await this.#hold("person");
  }

  /** Sets the schedule, as a person does. */
  setSchedule(agent: AgentApi, data: ScheduleData): void {
    const schedule = { weekdays: data.weekdays, minuteOfDay: minuteOfDay(data) };
    const { isOn } = agent.setSchedule(schedule);
    this.note({ what: "schedule", schedule, isOn });
  }

  /** Takes one step. */
  async step(step: PcStep): Promise<void> {
    const { world } = this.#options;
    switch (step.do) {
      case "sleep":
      case "hibernate":
        return this.#rest(step.do);
      case "wake":
        return this.#wake();
      case "shut-down":
        return this.#shutDown();
      case "lose-power":
        return this.losePower();
      case "boot":
        return this.#boot();
      case "sign-in":
        return this.#signIn();
      case "sign-out":
        return this.#signOut();
      case "start-tool":
        return this.startTool();
      case "close-tool":
        return this.closeTool();
      case "kill-tool":
        return this.crashTool("kill");
      case "change-password":
        this.#hasOtherPassword = true;
        return this.#pc.setUser({ password: OTHER_PASSWORD, isAdministrator: true });
      case "set-clock":
        return this.setClock(step.byMs);
      case "set-zone":
        return this.setZone(step.zone);
      case "connect-drives":
      case "disconnect-drives":
        if (this.hasPerson) this.#moveDrives(step.do === "connect-drives");
        return;
      case "smtp-faults":
        return this.#options.mail.setFaults(step.faults);
      case "network-down":
        this.#outage = step.kind;
        world().network.down(step.kind);
        return this.note({ what: "network", isUp: false });
      case "network-up":
        return this.networkUp();
      default:
        return this.command((agent) => this.#atTheTool(agent, step));
    }
  }

  /** What happens to the PC while a job runs; resolves when it is over. */
  async disturb(what: PcDisturbance): Promise<void> {
    if (what.do === "set-clock") return this.setClock(what.byMs);
    if (what.do === "set-zone") return this.setZone(what.zone);
    this.#rest(what.how);
    await this.#options.world().clock.wait(what.ms);
    this.#wake();
  }

  /**
   * A person gives the tool a command: the one that runs takes it, else a process that does nothing
   * else. Does nothing when nobody can.
   */
  async command(work: (agent: AgentApi) => unknown): Promise<void> {
    if (!this.hasPerson) return;
    const tool = this.#options.tool();
    const isOwn = tool.isGone;
    if (isOwn) tool.restart("person");
    try {
      await tool.orGone(Promise.resolve(work(tool.agent)));
    } finally {
      if (isOwn && !tool.isGone) {
        await tool.orGone(tool.agent.close());
        tool.leave();
      }
    }
  }

  /** A person starts the tool. */
  async startTool(): Promise<void> {
    if (!this.hasPerson || this.isToolRunning) return;
    this.#options.tool().restart("person");
    await this.#hold("person");
  }

  /** The tool is closed as it should be. */
  async closeTool(): Promise<void> {
    if (!this.isToolRunning) return;
    const tool = this.#options.tool();
    if ((await tool.orGone(tool.agent.close())) === "gone") return;
    tool.leave();
    this.#toolEnded("closed");
  }

  /** The tool ends without being asked. */
  crashTool(kind: CrashKind): void {
    const tool = this.#options.tool();
    if (tool.isGone) return;
    tool.crash(kind);
    if (this.isToolRunning) this.#toolEnded("killed");
  }

  /** Milliseconds until the PC's clock shows a time, `HH:MM`, next. */
  untilTime(time: string): number {
    const nowMs = this.#options.world().clock.nowMs();
    const daily = { weekdays: EVERY_DAY, minuteOfDay: minuteOfDay({ time, weekdays: EVERY_DAY }) };
    return nextLocalStart(this.#zone, daily, nowMs) - nowMs;
  }

  /** The power fails: at the PC and for all that runs there. */
  losePower(): void {
    const { power } = this.#pc;
    if (power !== "on" && power !== "asleep") return;
    this.crashTool("power-loss");
    this.#pc.losePower();
    this.note({ what: "power", power: "off", isLoss: true });
    this.note({ what: "session", isSignedIn: false });
  }

  setClock(byMs: number): void {
    const { clock } = this.#options.world();
    const beforeMs = clock.nowMs();
    this.#pc.setWallClock(beforeMs + byMs);
    this.note({ what: "clock", beforeMs });
  }

  setZone(zone: string): void {
    this.#zone = zone;
    this.#pc.setZone(zone);
    this.note({ what: "zone", zone });
  }

  networkUp(): void {
    if (this.#outage === undefined) return;
    this.#outage = undefined;
    this.#options.world().network.up();
    this.note({ what: "network", isUp: true });
  }

  /** Somebody notices that the tool ended in the middle of its work, and starts it again. */
  async recover(): Promise<void> {
    await this.#options.world().clock.wait(RECOVERY_MS);
    await this.putRight();
  }

  /** Switches on, signs in, starts the tool: whatever of it is needed. */
  async putRight(): Promise<void> {
    if (this.#pc.power !== "off") this.#wake();
    this.#boot();
    this.#signIn();
    this.#moveDrives(true);
    if (this.#tool === "task") await this.closeTool();
    await this.startTool();
  }

  /** What mails are sent with may be another now. */
  noteMail(): void {
    this.note({ what: "mail", mail: this.#options.mail.inForce });
  }

  /** What the world knows of it all, for the judge. */
  record(): Pick<PcRecord, "facts" | "endElapsedMs" | "endWallMs"> {
    const { clock } = this.#options.world();
    const { facts } = this;
    return { facts, endElapsedMs: clock.elapsedMs(), endWallMs: clock.nowMs() };
  }

  async #atTheTool(agent: AgentApi, step: PcStep): Promise<void> {
    const { mail } = this.#options;
    switch (step.do) {
      case "register-task":
        return this.#register(agent, step.password);
      case "remove-task":
        await this.#pc.host("person").removeTask();
        return this.note({ what: "task", task: null });
      case "set-schedule":
        return this.setSchedule(agent, step);
      case "automatic-backup": {
        const { schedule, isOn } = agent.setAutomaticBackup(step.isOn);
        return this.note({ what: "schedule", schedule, isOn });
      }
      case "set-mail":
        return mail.set(agent, step);
      case "test-mail":
        return mail.test(agent);
      case "confirm-mail":
        await mail.confirm(agent);
        return this.noteMail();
      case "switch-mail":
        mail.switch(agent, step.isOn);
        return this.noteMail();
      default:
        return undefined;
    }
  }

  async #register(agent: AgentApi, given: "right" | "wrong" | "none"): Promise<void> {
    const { schedule } = agent.schedule();
    if (schedule === null) return;
    const right = this.#hasOtherPassword ? OTHER_PASSWORD : PC_PASSWORD;
    const password = { right, wrong: `not ${right}`, none: undefined }[given];
    const host = this.#pc.host("person");
    const command = ["azukeru-agent", "daemon"];
    const result = await registerOsTask(host, { schedule, command, password });
    this.#options.world().trace.add("pc", "task", result.kind);
    if (result.kind === "refused") return;
    const { task, worksSignedOut } = await host.taskStatus();
    if (task !== null) this.note({ what: "task", task: { ...task, worksSignedOut } });
  }

  /** The tool that was just started holds the schedule. */
  async #hold(session: PcSession): Promise<void> {
    const tool = this.#options.tool();
    this.#tool = session;
    this.note({ what: "tool", state: session });
    await tool.orGone(tool.agent.startSchedule({ onJob: this.#options.onJob }));
  }

  async #startTask(start: PcToolStart): Promise<void> {
    const { world, tool } = this.#options;
    world().trace.add("pc", "start-tool", start.session);
    const dueMs = world().clock.elapsedMs() + LEAD_MS;
    const startCount = this.#pc.startCount;
    await new Promise<void>((resolve) => void this.#pc.timers.setTimer(START_MS, resolve));
    const isStillOn = this.#pc.power === "on" && this.#pc.startCount === startCount;
    const isAllowed = start.session === "task" || this.#pc.isSignedIn;
    // The tool of the person, or one of his commands, holds the lock: the second one leaves.
    if (!isStillOn || !isAllowed || !tool().isGone) return start.ended();
    this.#start = start;
    tool().restart(start.session);
    await this.#hold(start.session);
    if (start.session === "task") void this.#leaveWhenDone(start, dueMs);
  }

  /** A tool that a task started ends when its slot is done, unless somebody is there by then. */
  async #leaveWhenDone(start: PcToolStart, dueMs: number): Promise<void> {
    const { world, isBusy } = this.#options;
    const { clock } = world();
    await clock.wait(Math.max(0, dueMs - clock.elapsedMs()) + LOOK_EVERY_MS);
    while (this.#start === start && (isBusy() || this.#pc.power !== "on")) {
      await (this.#pc.power === "on" ? clock.wait(LOOK_EVERY_MS) : this.ports.awake());
    }
    if (this.#start === start && !this.#pc.isSignedIn) await this.closeTool();
  }

  #rest(how: "sleep" | "hibernate"): void {
    if (this.#pc.power !== "on") return;
    if (how === "sleep") this.#pc.sleep();
    else this.#pc.hibernate();
    this.#breakOff();
    this.note({ what: "power", power: how === "sleep" ? "asleep" : "hibernating", isLoss: false });
  }

  /** In a turn of its own, as a broken connection always shows: never between two steps of one. */
  #breakOff(): void {
    const { world, tool } = this.#options;
    const turn = new Promise<void>((resolve) => nativeLoop.soon(resolve));
    void world().activity.during(turn.then(() => tool().breakOff()));
  }

  #wake(): void {
    if (this.#pc.power !== "asleep" && this.#pc.power !== "hibernating") return;
    this.note({ what: "power", power: "on", isLoss: false });
    this.#pc.wake();
  }

  async #shutDown(): Promise<void> {
    if (this.#pc.power !== "on") return;
    await this.closeTool();
    this.#pc.shutDown();
    this.note({ what: "session", isSignedIn: false });
    this.note({ what: "power", power: "off", isLoss: false });
  }

  #boot(): void {
    if (this.#pc.power !== "off") return;
    this.note({ what: "power", power: "on", isLoss: false });
    this.#pc.boot();
  }

  #signIn(): void {
    if (this.#pc.power !== "on" || this.#pc.isSignedIn) return;
    this.note({ what: "session", isSignedIn: true });
    this.#pc.signIn();
  }

  async #signOut(): Promise<void> {
    if (!this.hasPerson) return;
    if (this.#tool === "person") await this.closeTool();
    this.#pc.signOut();
    this.note({ what: "session", isSignedIn: false });
  }

  #toolEnded(state: Extract<ToolState, "closed" | "killed">): void {
    this.#tool = undefined;
    this.#start?.ended();
    this.#start = undefined;
    this.note({ what: "tool", state });
  }

  #moveDrives(isHere: boolean): void {
    if (this.#drivesAreHere === isHere) return;
    this.#drivesAreHere = isHere;
    this.#options.moveDrives(isHere);
  }
}
