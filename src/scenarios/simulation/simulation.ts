import type { World } from "../../sim-server/world.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { NetworkDrives } from "./pc/network-drives.ts";
import { PcLife } from "./pc/pc-life.ts";
import { trustMailServer } from "./actors/mail-desk.ts";
import { People } from "./actors/people.ts";
import { TargetPeople } from "./actors/target-people.ts";
import { Recorders } from "./observe/recorders.ts";
import { SlotRuns } from "./observe/slot-runs.ts";
import { WatchedJobs } from "./observe/watched-jobs.ts";
import { ACCOUNT } from "./world/account.ts";
import { Hosts } from "./process/hosts.ts";
import { Refusals } from "./observe/refusals.ts";
import { ScenarioWorld } from "./world/scenario-world.ts";
import { Stops } from "./process/stops.ts";
import { ToolCommands } from "./actors/tool-commands.ts";

/**
 * A scenario while it is lived through: its world, the tool on its PCs, the people there, and those who
 * put down what happens. What happens is up to its steps.
 */
export class Life implements Disposable {
  readonly scenario: Scenario;
  readonly place: ScenarioWorld;
  readonly world: World;
  readonly recorders: Recorders;
  readonly jobs: WatchedJobs;
  readonly hosts: Hosts;
  readonly slots: SlotRuns;
  readonly people: People;
  /** The PC around the tool, where the scenario has one. */
  readonly around: PcLife | undefined;
  readonly stops: Stops;
  readonly refusals: Refusals;
  readonly commands: ToolCommands;

  constructor(scenario: Scenario, keepLines?: number) {
    this.scenario = scenario;
    this.place = new ScenarioWorld(scenario, {
      onRequest: (method, target) => this.recorders.deletions.request(method, target),
      ...(keepLines === undefined ? {} : { keepLines }),
    });
    const { place } = this;
    const { world, paths, model, eye, moments } = place;
    this.world = world;
    const { disk, sources } = scenario;
    const targets = new TargetPeople(world, paths, targetsOf(scenario));
    const nextSeq = (): number => place.nextSeq();
    this.recorders = new Recorders({ world, model, eye, paths, disk, targets, nextSeq });
    const { recorders } = this;
    this.jobs = new WatchedJobs({ world, paths, recorders, moments });
    this.around = this.#makePc();
    const { around } = this;
    this.hosts = new Hosts({
      place,
      ports: around?.ports,
      onDiskCall: (host, call) => recorders.backups.call(host, call),
    });
    const { pc } = this.hosts;
    this.slots = new SlotRuns({
      world,
      host: pc,
      recorders,
      jobs: this.jobs,
      isReached: (path) => around?.drives.isReached(path, pc.session) ?? true,
    });
    this.people = new People({
      world,
      model,
      paths,
      sources,
      loginId: ACCOUNT.loginId,
      destinationOf: (path) => this.destinationOf(path),
      targets,
      witness: recorders,
    });
    this.stops = new Stops({ world, pc, around, recorders, slots: this.slots });
    const { people } = this;
    this.refusals = new Refusals(world);
    const { refusals } = this;
    this.commands = new ToolCommands({ world, paths, pc, around, people, refusals });
  }

  /** The destination folder of a source, by the source's path; undefined while the tool knows none. */
  destinationOf(path: string): string | undefined {
    const { pc } = this.hosts;
    if (pc.isGone) return undefined;
    const hostPath = this.place.paths.toHost(path);
    return pc.agent.sources().find((source) => source.path === hostPath)?.destination;
  }

  /** Resolves when no run of a slot is under way. */
  async idle(): Promise<void> {
    await this.slots.idle();
    await this.stops.settle();
    await this.slots.idle();
  }

  [Symbol.dispose](): void {
    this.hosts[Symbol.dispose]();
    this.place[Symbol.dispose]();
  }

  #makePc(): PcLife | undefined {
    const { pc, zone, sources } = this.scenario;
    const { world, mail, paths } = this.place;
    if (pc === undefined) return undefined;
    trustMailServer();
    return new PcLife({
      world,
      pc,
      zone,
      mail,
      drives: new NetworkDrives({ pc, sources, paths, people: () => this.people }),
      host: () => this.hosts.pc,
      onJob: (job) => this.slots.tell(job),
      isBusy: () => this.slots.isBusy || this.recorders.backups.isRunning(this.hosts.pc),
    });
  }
}

function targetsOf({ timeline }: Scenario): readonly string[] {
  return timeline.flatMap((step) => (step.do === "restore" ? [step.to] : []));
}
