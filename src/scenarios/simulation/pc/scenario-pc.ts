import { isDeepStrictEqual } from "node:util";

import type { Agent } from "../../../agent/agent.ts";
import type { JobRecord } from "../../../protocol/job-record.ts";
import type { SimPcKind } from "../../../sim-server/host/sim-host.ts";
import { SimPc } from "../../../sim-server/host/sim-pc.ts";
import type { World } from "../../../sim-server/world.ts";
import { minuteOfDay, type Pc, type ScheduleData } from "../../scenario/pc.ts";
import type { PcDisturbance, PcStep } from "../../scenario/pc-step.ts";
import type { InertReason } from "../../observation/inert-part.ts";
import type { PcChange, PcRecord } from "../../observation/pc-record.ts";
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
    agent.schedule.set(schedule);
    this.facts.note({ what: "schedule", schedule, isOn: this.#scheduleFact?.isOn ?? true });
  }

  /** The names of what is shown of the schedule as another thing than a person made it. */
  wrongSettings(agent: Agent): readonly string[] {
    const last = this.#scheduleFact;
    if (last === undefined) return [];
    const { schedule, isOn } = agent.schedule.status();
    return [
      ...(isDeepStrictEqual(schedule, last.schedule) ? [] : ["schedule"]),
      ...(isOn === last.isOn ? [] : ["automatic-backup"]),
    ];
  }

  get #scheduleFact(): Extract<PcChange, { what: "schedule" }> | undefined {
    const last = this.facts.all.findLast(({ change }) => change.what === "schedule")?.change;
    return last?.what === "schedule" ? last : undefined;
  }

  /** What mails are sent with may be another now. */
  noteMail(): void {
    this.facts.note({ what: "mail", mail: this.#mail.inForce });
  }

  /** Takes one step of the timeline, by its number; gives why it did nothing, when it did. */
  async step(step: PcStep, number: number): Promise<InertReason | undefined> {
    const factCount = this.facts.all.length;
    switch (step.do) {
      case "change-password":
        this.tasks.changePassword();
        return undefined;
      case "smtp-faults":
        this.#mail.setFaults(step.faults, ["timeline", number, "faults"]);
        return undefined;
      case "read-mails":
        return this.#mail.read() ? undefined : { code: "changed-nothing" };
      case "set-clock":
        if (step.byMs === 0) return { code: "changed-nothing" };
        break;
      case "set-zone":
        if (step.zone === this.clock.zone) return { code: "changed-nothing" };
        break;
      case "connect-drives":
      case "disconnect-drives":
        if (!hasPerson(this.#pc)) return { code: "nobody-there" };
        return this.drives.move(step.do === "connect-drives")
          ? undefined
          : { code: "changed-nothing" };
      default:
        break;
    }
    const isTaken = await this.#take(step);
    if (!isTaken) return { code: "nobody-there" };
    // Nothing but a mail is done without anything that is so about the PC becoming another way.
    const isAboutMail = step.do === "set-mail" || step.do === "test-mail";
    const isOther = isAboutMail || this.facts.all.length > factCount;
    return isOther ? undefined : { code: "changed-nothing" };
  }

  /** What happens to the PC while a job runs; resolves when it is over. */
  async disturb(what: PcDisturbance): Promise<void> {
    if (what.do === "set-clock") return this.clock.set(what.byMs);
    if (what.do === "set-zone") return this.clock.setZone(what.zone);
    if (what.do === "nap") return this.power.sleepFor(what.how, what.ms);
    await this.tool.command((agent) => this.#atTheTool(agent, what));
  }

  /** Somebody notices that the tool ended in the middle of its work, and starts it again. */
  async recover(): Promise<void> {
    await this.#world.clock.wait(RECOVERY_MS);
    await this.putRight();
  }

  /** Switches on, signs in, connects the drives, starts the tool: whatever of it is needed. */
  async putRight(): Promise<void> {
    this.power.putRight();
    this.drives.move(true);
    if (this.tool.session === "task") await this.tool.close();
    await this.tool.start();
  }

  /** What the world knows of it all, for the judge. */
  record(): Pick<PcRecord, "facts" | "starts" | "networkSources" | "endElapsedMs" | "endWallMs"> {
    const { clock } = this.#world;
    return {
      facts: this.facts.all,
      starts: this.tool.starts,
      networkSources: this.drives.sources,
      endElapsedMs: clock.elapsedMs(),
      endWallMs: clock.nowMs(),
    };
  }

  /** Does what a step says; `false` when it is a command and nobody is there to give it. */
  async #take(step: PcStep): Promise<boolean> {
    const { power, tool, clock, network } = this;
    switch (step.do) {
      case "sleep":
      case "hibernate":
        power.rest(step.do);
        return true;
      case "wake":
        power.wake();
        return true;
      case "shut-down":
        await power.shutDown();
        return true;
      case "lose-power":
        power.lose();
        return true;
      case "boot":
        power.boot();
        return true;
      case "sign-in":
        power.signIn();
        return true;
      case "sign-out":
        await power.signOut();
        return true;
      case "close-tool":
        await tool.close();
        return true;
      case "kill-tool":
        tool.crash("kill");
        return true;
      case "set-clock":
        clock.set(step.byMs);
        return true;
      case "set-zone":
        clock.setZone(step.zone);
        return true;
      case "network-down":
        network.down(step.kind);
        return true;
      case "network-up":
        network.up();
        return true;
      default: {
        const isBeside = "isBeside" in step && step.isBeside === true;
        return tool.command((agent) => this.#atTheTool(agent, step), isBeside);
      }
    }
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
        agent.schedule.setOn(step.isOn);
        const schedule = this.#scheduleFact?.schedule ?? null;
        return this.facts.note({ what: "schedule", schedule, isOn: step.isOn });
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
