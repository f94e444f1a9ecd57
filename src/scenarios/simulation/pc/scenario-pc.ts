import type { Agent } from "../../../agent/agent.ts";
import type { JobRecord } from "../../../protocol/job-record.ts";
import type { SimPcKind } from "../../../sim-server/host/sim-host.ts";
import { SimPc } from "../../../sim-server/host/sim-pc.ts";
import type { World } from "../../../sim-server/world.ts";
import { minuteOfDay, type Pc, type ScheduleData } from "../../scenario/pc.ts";
import type { PcDisturbance, PcStep } from "../../scenario/pc-step.ts";
import type { PcRecord } from "../../observation/pc-record.ts";
import type { MailActor } from "../actors/mail-actor.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import { pcPorts, type PcPorts } from "../process/pc-ports.ts";
import { hasPerson } from "./has-person.ts";
import type { NetworkDrives } from "./network-drives.ts";
import { PcClock } from "./pc-clock.ts";
import { PcFacts } from "../observe/pc-facts.ts";
import { PcNetwork } from "./pc-network.ts";
import { PcPower } from "./pc-power.ts";
import { PcTool } from "./pc-tool.ts";
import { PC_PASSWORD, TaskSchedulerActor } from "../actors/task-scheduler-actor.ts";

const SIM_KINDS: Record<Pc["kind"], SimPcKind> = {
  "windows-11": "windows",
  "windows-server-2012": "windows-server-2012",
  "windows-server": "windows-server",
  macos: "macos",
  linux: "linux",
};

/** How long it takes until somebody starts a tool again that ended in the middle of its work. */
const RECOVERY_MS = 60_000;

interface ScenarioPcOptions {
  readonly world: World;
  readonly pc: Pc;
  readonly zone: string;
  readonly drives: NetworkDrives;
  readonly mail: MailActor;
  /** Runs the tool's processes. */
  readonly device: () => SimulatedDevice;
  /** Called with every row that the slots write. */
  readonly onJob: (job: JobRecord) => void;
  /** Whether a run is under way. */
  readonly isBusy: () => boolean;
}

/** The PC around the tool while a scenario runs: all that happens to it and what a person does at it. */
export class ScenarioPc {
  readonly ports: PcPorts;
  readonly facts: PcFacts;
  readonly drives: NetworkDrives;
  readonly clock: PcClock;
  readonly network: PcNetwork;
  readonly tool: PcTool;
  readonly power: PcPower;
  readonly tasks: TaskSchedulerActor;
  readonly #world: World;
  readonly #mail: MailActor;
  readonly #pc: SimPc;

  constructor({ world, pc, zone, drives, mail, device, onJob, isBusy }: ScenarioPcOptions) {
    this.#world = world;
    this.#mail = mail;
    this.drives = drives;
    this.#pc = new SimPc({
      kind: SIM_KINDS[pc.kind],
      clock: world.clock,
      zone,
      user: {
        password: pc.hasPassword === false ? "" : PC_PASSWORD,
        isAdministrator: pc.isAdministrator ?? true,
      },
      shares: drives,
    });
    this.#pc.log.isReadable = pc.keepsLog ?? true;
    this.ports = pcPorts(this.#pc);
    this.facts = new PcFacts(world, isBusy);
    this.clock = new PcClock(world, this.#pc, this.facts, zone);
    this.network = new PcNetwork(world, this.facts);
    const { ports, facts } = this;
    this.tool = new PcTool({ world, pc: this.#pc, ports, facts, device, onJob, isBusy });
    this.power = new PcPower(world, this.#pc, this.facts, this.tool);
    this.tasks = new TaskSchedulerActor(world, this.#pc, this.facts);
    this.#pc.listen((event) => {
      if (event.kind === "start-tool") void this.tool.startTask(event.start);
      else world.trace.add("pc", event.kind);
    });
  }

  /** The tool that was set up begins to hold the schedule. */
  async begin(): Promise<void> {
    this.facts.note({ what: "zone", zone: this.clock.zone });
    this.facts.note({ what: "power", power: "on", isLoss: false });
    this.facts.note({ what: "session", isSignedIn: true });
    this.facts.note({ what: "network", isUp: true });
    await this.tool.hold("person");
  }

  /** Sets the schedule, as a person does. */
  setSchedule(agent: Agent, data: ScheduleData): void {
    const schedule = { weekdays: data.weekdays, minuteOfDay: minuteOfDay(data) };
    const { isOn } = agent.schedule.set(schedule);
    this.facts.note({ what: "schedule", schedule, isOn });
  }

  /** What mails are sent with may be another now. */
  noteMail(): void {
    this.facts.note({ what: "mail", mail: this.#mail.inForce });
  }

  /** Takes one step. */
  async step(step: PcStep): Promise<void> {
    const { power, tool, clock, network, drives } = this;
    switch (step.do) {
      case "sleep":
      case "hibernate":
        return power.rest(step.do);
      case "wake":
        return power.wake();
      case "shut-down":
        return power.shutDown();
      case "lose-power":
        return power.lose();
      case "boot":
        return power.boot();
      case "sign-in":
        return power.signIn();
      case "sign-out":
        return power.signOut();
      case "close-tool":
        return tool.close();
      case "kill-tool":
        return tool.crash("kill");
      case "change-password":
        return this.tasks.changePassword();
      case "set-clock":
        return clock.set(step.byMs);
      case "set-zone":
        return clock.setZone(step.zone);
      case "connect-drives":
        if (hasPerson(this.#pc)) drives.connect();
        return;
      case "disconnect-drives":
        if (hasPerson(this.#pc)) drives.disconnect();
        return;
      case "smtp-faults":
        return this.#mail.setFaults(step.faults);
      case "network-down":
        return network.down(step.kind);
      case "network-up":
        return network.up();
      default:
        return tool.command((agent) => this.#atTheTool(agent, step));
    }
  }

  /** What happens to the PC while a job runs; resolves when it is over. */
  async disturb(what: PcDisturbance): Promise<void> {
    if (what.do === "set-clock") return this.clock.set(what.byMs);
    if (what.do === "set-zone") return this.clock.setZone(what.zone);
    return this.power.sleepFor(what.how, what.ms);
  }

  /** Somebody notices that the tool ended in the middle of its work, and starts it again. */
  async recover(): Promise<void> {
    await this.#world.clock.wait(RECOVERY_MS);
    await this.putRight();
  }

  /** Switches on, signs in, connects the drives, starts the tool: whatever of it is needed. */
  async putRight(): Promise<void> {
    this.power.putRight();
    this.drives.connect();
    if (this.tool.session === "task") await this.tool.close();
    await this.tool.start();
  }

  /** What the world knows of it all, for the judge. */
  record(): Pick<PcRecord, "facts" | "networkSources" | "endElapsedMs" | "endWallMs"> {
    const { clock } = this.#world;
    return {
      facts: this.facts.all,
      networkSources: this.drives.sources,
      endElapsedMs: clock.elapsedMs(),
      endWallMs: clock.nowMs(),
    };
  }

  /** What a person commands the tool that is about the schedule, its task and its mail. */
  async #atTheTool(agent: Agent, step: PcStep): Promise<void> {
    const mail = this.#mail;
    switch (step.do) {
      case "register-task":
        return this.tasks.register(agent, step.password);
      case "remove-task":
        return this.tasks.remove();
      case "set-schedule":
        return this.setSchedule(agent, step);
      case "automatic-backup": {
        const { schedule, isOn } = agent.schedule.setOn(step.isOn);
        return this.facts.note({ what: "schedule", schedule, isOn });
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
}
