import type { World } from "../../sim-server/world.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { NetworkDrives } from "./pc/network-drives.ts";
import { NetworkSituation } from "./pc/network-situation.ts";
import type { NetworkFact, WayFact } from "../observation/network-fact.ts";
import { DEFAULT_TUNING } from "../../agent/tuning.ts";
import { ScenarioPc } from "./pc/scenario-pc.ts";
import { MailActor, trustMailServer } from "./actors/mail-actor.ts";
import { ExternalActors } from "./actors/external-actors.ts";
import { RestoreTargetActor } from "./actors/restore-target-actor.ts";
import { Recorders } from "./observe/recorders.ts";
import { SlotRuns } from "./observe/slot-runs.ts";
import { ObservedJobs } from "./observe/observed-jobs.ts";
import { ACCOUNT } from "./world/account.ts";
import { deviceNameOf, Devices } from "./process/devices.ts";
import type { SimulatedDevice } from "./process/simulated-device.ts";
import type { IoPoint } from "../observation/io-point.ts";
import type { FaultMoment } from "../observation/fault-moment.ts";
import type { BrowseFact } from "../observation/browse-fact.ts";
import { FaultMoments } from "./world/fault-moments.ts";
import { IoPoints } from "./world/io-points.ts";
import { InertParts } from "./observe/inert-parts.ts";
import type { NoticeFact } from "../observation/notice-fact.ts";
import type { LoginFact } from "../observation/login-fact.ts";
import { Refusals } from "./observe/refusals.ts";
import { ScenarioWorld } from "./world/scenario-world.ts";
import { ServiceOperator } from "./world/service-operator.ts";
import { CustomerProgram } from "./customer/customer-program.ts";
import { Stops } from "./stops.ts";
import { toolHome } from "./world/tool-home.ts";
import { ToolCommands } from "./actors/tool-commands.ts";

interface SimulationOptions {
  /** Trace lines to keep. Default: all. */
  readonly keepLines?: number | undefined;
  /** Called with each point of I/O in steps that have disturbances, be it an empty list. */
  readonly onIo?: ((point: IoPoint) => void) | undefined;
  /** Called with each moment at which a fault of the step under way could strike. */
  readonly onFaultMoment?: ((moment: FaultMoment) => void) | undefined;
}

/**
 * A scenario while it runs: its world, the tool on its PCs, the external actors, and those who
 * put down what happens. What happens is up to its steps.
 */
export class Simulation implements Disposable {
  readonly scenario: Scenario;
  readonly scenarioWorld: ScenarioWorld;
  readonly world: World;
  /** The network that the PC is in. */
  readonly network: NetworkSituation;
  /** Where the PC's tool sent something, in what network; each way once. */
  readonly ways: Map<string, WayFact> = new Map();
  readonly mail: MailActor;
  /** Another customer's program. */
  readonly customer: CustomerProgram;
  /** Who runs the service. */
  readonly operator: ServiceOperator;
  readonly recorders: Recorders;
  readonly jobs: ObservedJobs;
  readonly devices: Devices;
  /** The one of them that the scenario is about. */
  readonly device: SimulatedDevice;
  readonly slots: SlotRuns;
  readonly actors: ExternalActors;
  /** The PC around the tool, where the scenario has one. */
  readonly pc: ScenarioPc | undefined;
  readonly stops: Stops;
  readonly refusals: Refusals;
  readonly inert: InertParts = new InertParts();
  readonly commands: ToolCommands;
  readonly io: IoPoints;
  readonly faultMoments: FaultMoments;
  /** The folders that the person wants to be backed up. */
  readonly sourcePaths: Set<string>;
  /** What a person was told of plan and capacity, each time one started the tool at a terminal. */
  readonly notices: NoticeFact[] = [];
  /** Folders on the service whose pages a person turned. */
  readonly browsed: BrowseFact[] = [];
  /** Settings that were shown as others than a person had made them. */
  readonly lostSettings: Set<string> = new Set();
  /** What concerns logins, in its order. */
  readonly logins: LoginFact[] = [];

  constructor(scenario: Scenario, { keepLines, onIo, onFaultMoment }: SimulationOptions = {}) {
    this.scenario = scenario;
    this.sourcePaths = new Set(scenario.sources);
    this.scenarioWorld = new ScenarioWorld(scenario, {
      onMail: (event) => this.mail.recordServerEvent(event),
      onLogin: (said) => {
        if (this.customer.isLoggingIn) return;
        this.logins.push(said);
        // A person who is refused stays logged in as before.
        if (said !== "taken" && !this.commands.isPersonLoggingIn) this.stops.loginLost();
      },
      onRequest: (method, target) => this.recorders.deletions.request(method, target),
      beforePassing: (owner, at, direction) => {
        if (!this.device.owns(owner)) return;
        if (direction === "up") this.#noteWay(at);
        this.io.reach("network", `${direction} ${at}`);
      },
      ...(keepLines === undefined ? {} : { keepLines }),
    });
    const { scenarioWorld } = this;
    const { world, paths, model, probe, disturbances } = scenarioWorld;
    this.world = world;
    this.network = new NetworkSituation(world, scenario.network);
    this.mail = new MailActor(world, this.inert);
    this.operator = new ServiceOperator({
      world,
      loginIds: scenarioWorld.loginIds,
      onRestart: () => {
        probe.forget();
        this.customer.note("restarted");
      },
    });
    this.customer = new CustomerProgram({
      world,
      nowMs: () => scenarioWorld.serviceNowMs(),
      restartService: () => this.operator.restart(),
    });
    this.io = new IoPoints(disturbances, () => world.clock.elapsedMs(), onIo);
    this.faultMoments = new FaultMoments(world, paths, onFaultMoment);
    const { disk, sources } = scenario;
    const targets = new RestoreTargetActor(world, paths, targetsOf(scenario));
    const nextSeq = (): number => scenarioWorld.nextSeq();
    const networkNow = (): NetworkFact => this.networkNow;
    const { heldFolderDepthMax = DEFAULT_TUNING.heldFolderDepthMax } = scenario.tuning ?? {};
    const seen = {
      heldFolderDepthMax,
      world,
      model,
      probe,
      paths,
      disk,
      targets,
      nextSeq,
      serviceNowMs: () => scenarioWorld.serviceNowMs(),
      networkNow,
    };
    this.recorders = new Recorders(seen);
    const { recorders } = this;
    this.jobs = new ObservedJobs({ world, paths, recorders, disturbances });
    this.pc = this.#makePc();
    const { pc } = this;
    this.devices = new Devices({
      scenarioWorld,
      ports: pc?.ports,
      network: () => this.network.now,
      io: this.io,
      standingInTargets: () =>
        new Map(targets.targets.map((path) => [path, targets.standing(path)])),
      onDiskCall: (device, call) => recorders.observer.diskCalled(device, call),
      onName: (device, name) => recorders.observer.nameChanged(device, name),
    });
    this.device = this.devices.main;
    const { device } = this;
    this.slots = new SlotRuns({
      world,
      device,
      recorders,
      jobs: this.jobs,
      isReached: (path) => pc?.drives.isReached(path, device.session) ?? true,
    });
    this.actors = new ExternalActors({
      world,
      model,
      paths,
      sources,
      loginId: ACCOUNT.loginId,
      destinationOf: (path) => this.destinationOf(path),
      noteLogin: (fact) => {
        this.logins.push(fact);
        if (fact === "kept" || fact === "put-back") this.customer.note(fact);
      },
      targets,
      recorders,
    });
    this.stops = new Stops({ world, device, pc, recorders, slots: this.slots });
    const { actors } = this;
    this.refusals = new Refusals(world, () => ({
      isLoggedIn: !device.isGone && device.agent.account.info() !== undefined,
      isStateDiskFull: device.isStateDiskFull,
    }));
    const { refusals } = this;
    this.commands = new ToolCommands({
      world,
      paths,
      device,
      homePath: toolHome(scenario.disk),
      deviceName: deviceNameOf(scenario),
      facts: pc?.facts,
      actors,
      refusals,
      noteLogin: (fact) => this.logins.push(fact),
    });
  }

  /** The destination folder of a source, by the source's path; undefined while the tool knows none. */
  destinationOf(path: string): string | undefined {
    return this.device.destinationOf(this.scenarioWorld.paths.toHost(path));
  }

  /** The network that the PC is in now. */
  get networkNow(): NetworkFact {
    const { serviceAddresses } = this.commands;
    return { ...this.network.now, isSecure: this.scenario.secure === true, serviceAddresses };
  }

  /** Looks at the settings of the tool, where it runs: they are what a person made them. */
  lookAtSettings(): void {
    const { device, commands, mail, pc, lostSettings } = this;
    if (device.isGone) return;
    for (const name of commands.wrongSettings()) lostSettings.add(name);
    if (pc === undefined) return;
    for (const name of mail.wrongSettings(device.agent)) lostSettings.add(name);
    for (const name of pc.wrongSettings(device.agent)) lostSettings.add(name);
  }

  /** Resolves when no run of a slot is under way. */
  async idle(): Promise<void> {
    await this.slots.idle();
    await this.stops.settle();
    await this.slots.idle();
  }

  [Symbol.dispose](): void {
    this.devices[Symbol.dispose]();
    this.scenarioWorld[Symbol.dispose]();
  }

  #noteWay(place: string): void {
    const fact: WayFact = { place, network: this.networkNow };
    this.ways.set(JSON.stringify(fact), fact);
  }

  #makePc(): ScenarioPc | undefined {
    const { pc, zone, sources } = this.scenario;
    const { mail } = this;
    const { world, paths } = this.scenarioWorld;
    if (pc === undefined) return undefined;
    trustMailServer();
    return new ScenarioPc({
      world,
      pc,
      zone,
      mail,
      drives: new NetworkDrives({ pc, sources, paths, actors: () => this.actors }),
      device: () => this.device,
      onJob: (job) => this.slots.record(job),
      isBusy: () => this.slots.isBusy || this.recorders.backups.isRunning(this.device),
    });
  }
}

function targetsOf({ timeline }: Scenario): readonly string[] {
  return timeline.flatMap((step) => (step.do === "restore" ? [step.to] : []));
}
