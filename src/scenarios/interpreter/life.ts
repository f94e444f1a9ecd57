import { EDITION_RULES } from "../../protocol/edition.ts";
import { AgentError } from "../../agent/agent-error.ts";
import type { BackupRequest, RestoreRequest } from "../../agent/agent-api.ts";
import type { JobRecord } from "../../agent/state/records.ts";
import { World } from "../../sim-server/world.ts";
import type { BackupStep, Disturbance, RestoreStep, Step, Stop, WaitStep } from "../data/step.ts";
import type { RefusalFact } from "../run-record.ts";
import type { Scenario } from "../scenario.ts";
import { AgentHost } from "./process/agent-host.ts";
import { DeletionRecorder } from "./watch/deletion-recorder.ts";
import type { GateCall } from "./process/disk-gate.ts";
import { DiskModel } from "./disk/disk-model.ts";
import { armFaults, type ArmedFaults } from "./steps/arm-faults.ts";
import { hostPaths, type HostPaths } from "./disk/host-path.ts";
import { JobRecorder } from "./watch/job-recorder.ts";
import type { Nap } from "./watch/nap.ts";
import type { StepFacts } from "./watch/step-facts.ts";
import { MAIL_USER, MailDesk, trustMailServer } from "./people/mail-desk.ts";
import { Moments, type MomentEvent } from "./moments.ts";
import { PcLife } from "./pc/pc-life.ts";
import { People } from "./people/people.ts";
import { plantTree } from "./disk/plant-tree.ts";
import { planRestore } from "./steps/plan-restore.ts";
import { RestoreRecorder, type RestoreFacts } from "./watch/restore-recorder.ts";
import { ServiceEye } from "./watch/service-eye.ts";
import { SlotRuns } from "./watch/slot-runs.ts";
import { TargetPeople } from "./people/target-people.ts";

/** Who logs in, in every scenario. */
export const ACCOUNT = { loginId: "user01", password: "correct horse battery staple" } as const;

/** An hour: nothing on the disk is fresh when the scenario begins. */
const AGE_MS = 3_600_000;

const WEEK_MS = 7 * 24 * 3_600_000;

const SETTING_NAMES = ["includeHidden", "compareUpload", "compareDelete"] as const;
type SettingName = (typeof SETTING_NAMES)[number];

const NEIGHBOUR_DEVICE = "NEIGHBOUR-PC";

/** A scenario while it is lived through: the world, the tool on its PC, and what a person does there. */
export class Life implements Disposable {
  readonly scenario: Scenario;
  readonly world: World;
  readonly model: DiskModel;
  readonly eye: ServiceEye;
  readonly paths: HostPaths;
  readonly recorder: JobRecorder;
  readonly deletions: DeletionRecorder;
  readonly restores: RestoreRecorder;
  readonly refusals: RefusalFact[] = [];
  readonly people: People;
  readonly mail: MailDesk;
  /** The PC around the tool, where the scenario has one. */
  readonly around: PcLife | undefined;
  readonly #slots: SlotRuns;
  openFilesPeak = 0;
  readonly #pc: AgentHost;
  readonly #naps: Nap[] = [];
  readonly #strangeNames: ReadonlyMap<string, Uint8Array>;
  #neighbour: AgentHost | undefined;
  #moments: Moments | undefined;
  #stops: Promise<unknown>[] = [];
  #seq = 0;

  constructor(scenario: Scenario, keepLines?: number) {
    this.scenario = scenario;
    this.paths = hostPaths(scenario.disk);
    // The world is an hour older than the scenario, and so are its files.
    const startMs = instantMs(scenario.start) - AGE_MS;
    const { edition, plan, quotaBytes } = scenario;
    this.world = new World({
      seed: scenario.seed,
      startMs,
      secure: scenario.secure ?? false,
      accounts: [
        { ...ACCOUNT, edition, plan, ...(quotaBytes === undefined ? {} : { quotaBytes }) },
      ],
      disk: {
        paths: scenario.disk === "windows" ? "windows" : "posix",
        caseSensitive: scenario.disk === "linux",
        ...(scenario.readBytesMax === undefined ? {} : { readBytesMax: scenario.readBytesMax }),
      },
      mail: { accounts: [MAIL_USER] },
      onMail: (event) => this.mail.heard(event),
      onService: (event) => {
        if (event.kind === "request") {
          this.deletions.request(event.method, event.target);
          this.#tell({ at: "request" });
        } else if (isCommit(event)) this.#tell({ at: "commit" });
        else if (isDeletion(event)) this.#tell({ at: "deleted" });
      },
      ...(keepLines === undefined ? {} : { keepLines }),
    });
    const { world } = this;
    this.mail = new MailDesk(() => world);
    this.model = new DiskModel(scenario.tree, {
      stamp: () => ({ seq: this.#nextSeq(), atMs: world.clock.elapsedMs() }),
      caseSensitive: scenario.disk === "linux",
    });
    this.#strangeNames = plantTree(this.model.planted, {
      disk: world.disk,
      paths: this.paths,
      startMs,
    });
    const generationCount = EDITION_RULES[edition].plans[plan]?.generationCount ?? 1;
    this.eye = new ServiceEye(world.service.explorer(ACCOUNT.loginId), generationCount);
    const { model, eye, paths } = this;
    const hiddenExists = scenario.disk === "windows";
    const acts = (): People["acts"] => this.people.acts;
    const nextSeq = (): number => this.#nextSeq();
    const naps = this.#naps;
    const seen = { naps, world, model, eye, paths, acts, nextSeq };
    this.recorder = new JobRecorder({ ...seen, hiddenExists });
    this.deletions = new DeletionRecorder({ ...seen, backups: this.recorder });
    const targets = new TargetPeople(world, paths, targetsOf(scenario));
    const { disk } = scenario;
    this.restores = new RestoreRecorder({ world, model, eye, paths, disk, targets });
    this.#slots = new SlotRuns({
      world,
      host: () => this.#pc,
      deletions: this.deletions,
      backups: this.recorder,
      onJob: (job) => this.#onJob(this.#pc, job, this.#slots.facts, this.#slots.start),
      isSource: (job) => this.#isReached(job),
    });
    this.around = this.#makePc();
    this.#pc = this.#makeHost("pc", scenario.deviceName ?? "PC-1", this.around);
    this.people = new People({
      world,
      model,
      paths,
      sources: scenario.sources,
      loginId: ACCOUNT.loginId,
      destinationOf: (path) => this.#destinationOf(path),
      targets,
      onDestinationTouched: (path) => {
        this.recorder.touchDestination(path);
        this.deletions.touchDestination(path);
      },
      onStoredChange: (destination, act, path) =>
        this.restores.storedChange(destination, act, path),
      nextSeq,
    });
  }

  /** The PC with the tool. */
  get pc(): AgentHost {
    return this.#pc;
  }

  /** The second PC, once there was one. */
  get neighbour(): AgentHost | undefined {
    return this.#neighbour;
  }

  [Symbol.dispose](): void {
    this.#pc.dispose();
    this.#neighbour?.dispose();
    this.world[Symbol.dispose]();
  }

  /** Login, settings and sources, as a person does it once. */
  async setUp(): Promise<void> {
    await this.world.clock.wait(AGE_MS);
    await this.login();
    this.#changeSettings(this.scenario);
    for (const path of this.scenario.sources) await this.addSource(path);
    const { around, scenario, mail } = this;
    if (around === undefined) return;
    this.beginStep(-1);
    await around.begin();
    if (scenario.schedule !== undefined) around.setSchedule(this.#pc.agent, scenario.schedule);
    if (scenario.mail === undefined) return;
    mail.set(this.#pc.agent, scenario.mail);
    await mail.test(this.#pc.agent);
    await mail.confirm(this.#pc.agent);
    around.noteMail();
  }

  /** Logs in with the right password. */
  async login(): Promise<void> {
    const { serviceUrl } = this.world;
    await this.#pc.agent.login({ serviceUrl, ...ACCOUNT });
    this.around?.note({ what: "account", isLoggedIn: true });
  }

  /** Resolves when no run of a slot is under way. */
  async idle(): Promise<void> {
    await this.#slots.idle();
    await this.#settleStops();
    await this.#slots.idle();
  }

  /** Adds a source; a refusal is noted. */
  async addSource(path: string): Promise<void> {
    try {
      await this.#pc.agent.addSource(this.paths.toHost(path));
      this.people.destinationLosses.delete(path);
      this.around?.note({ what: "source", path });
    } catch (error) {
      this.#noteRefusal(-1, "add-source", error);
    }
  }

  /** The runs of slots that come from now on are those of a step. */
  beginStep(number: number): void {
    this.#slots.begin(this.#factsOf(number));
  }

  /** Takes one step of the timeline. */
  async step(step: Step, number: number): Promise<void> {
    this.world.trace.add("person", step.do, "path" in step ? step.path : "");
    this.beginStep(number);
    try {
      await (this.around !== undefined && needsTool(step)
        ? this.around.command(() => this.#take(step, number))
        : this.#take(step, number));
      if (this.around !== undefined) await this.idle();
    } catch (error) {
      this.#noteRefusal(number, step.do, error);
    }
  }

  /** Runs one backup with all that goes wrong in it, and puts down what came of it. */
  async backup(step: BackupStep, number: number, phase: StepFacts["phase"]): Promise<void> {
    const { faults, isOut, armable } = this.#faultsOf(step);
    await this.#during({ ...step, ...armable }, (armed, start) => {
      const crowded = step.withNeighbour === true;
      const facts: StepFacts = {
        step: number,
        phase,
        faults,
        crowded,
        destinationLosses: this.people.destinationLosses,
        sourceLosses: this.people.sourceLosses,
        outageBegan: () => isOut || armed.outageBegan,
      };
      this.#slots.begin({ ...facts, phase: "safety" }, start);
      const runs = [this.#run(this.#pc, this.#requestOf(step), facts, start)];
      if (crowded) runs.push(this.#runNeighbour(facts));
      return runs;
    });
  }

  /** Runs one restore with all that goes wrong in it, and puts down what came of it. */
  async #restore(step: RestoreStep, number: number): Promise<void> {
    if (step.makeTarget !== false) this.people.makeTarget(step.to);
    const plan = planRestore(this, step, number);
    if (plan === undefined) return;
    await this.#during(step, (armed, start) => {
      const outageBegan = (): boolean => armed.outageBegan;
      const runs = [this.#runRestore(plan.request, { ...plan.facts, outageBegan }, start)];
      if (step.withNeighbour === true) {
        runs.push(
          this.#runNeighbour({
            step: number,
            phase: "safety",
            faults: {},
            crowded: true,
            destinationLosses: this.people.destinationLosses,
            sourceLosses: this.people.sourceLosses,
            outageBegan,
          }),
        );
      }
      return runs;
    });
  }

  /** Lets the faults and disturbances of a step happen while what it begins runs. */
  async #during(
    step: BackupStep | RestoreStep | WaitStep,
    begin: (armed: ArmedFaults, start: Start) => readonly Promise<void>[],
  ): Promise<void> {
    const { world } = this;
    const armed = armFaults(world, this.paths, step.faults ?? {});
    const isHindered = step.faults?.network !== undefined || step.faults?.outage !== undefined;
    if (isHindered) this.around?.note({ what: "network", isUp: false });
    const moments = new Moments({
      disturbances: step.disturbances ?? [],
      setTimer: (delayMs, callback) => world.clock.setTimer(delayMs, callback),
      happen: (what) => this.#disturb(what),
    });
    this.#moments = moments;
    const start: Start = (kind) => {
      if (kind === "delete") return armed.startDeletion();
      armed.start();
      moments.start();
    };
    try {
      // All of them end with the step, even when one is refused.
      const outcomes = await Promise.allSettled(begin(armed, start));
      for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    } finally {
      moments.end();
      this.#moments = undefined;
      await this.#afterBackup();
      // A slot that waited for the step's own run comes now.
      if (this.around !== undefined) await this.idle();
      this.recorder.end(this.#pc);
      for (const host of this.#hosts()) this.deletions.endRun(host);
      this.restores.end(this.#pc);
      armed.end();
      const { around } = this;
      if (isHindered) around?.note({ what: "network", isUp: around.outage === undefined });
    }
  }

  async #take(step: Step, number: number): Promise<void> {
    switch (step.do) {
      case "backup":
        return this.backup(step, number, "safety");
      case "login":
        return this.login();
      case "logout":
        await this.#pc.agent.logout();
        return this.around?.note({ what: "account", isLoggedIn: false });
      case "restart":
        return this.#restart(step.how);
      case "settings":
        this.#changeSettings(step);
        return;
      case "restore":
        return this.#restore(step, number);
      case "wait":
        return this.#wait(step, number);
      case "delete-destination":
      case "rename-destination":
      case "delete-file":
      case "rename-file":
      case "delete-folder":
      case "put-file":
      case "replace-file":
      case "store-elsewhere":
      case "set-free":
      case "set-quota":
        return this.people.explore(step);
      case "write":
      case "write-keeping-time":
      case "touch":
      case "make-folder":
      case "delete":
      case "empty":
      case "remount":
      case "unmount":
      case "rename":
      case "make-link":
      case "make-read-only":
      case "deny":
      case "allow":
      case "lock":
      case "unlock":
      case "hide":
      case "unhide":
        return this.people.change(step);
      default:
        return this.around?.step(step);
    }
  }

  /** Lets time pass; what the step says about runs is about those of the slots that come meanwhile. */
  async #wait(step: WaitStep, number: number): Promise<void> {
    const { clock } = this.world;
    if (this.around === undefined) return clock.wait(step.ms);
    const untilMs = step.until === undefined ? 0 : this.around.untilTime(step.until);
    const pass = async (): Promise<void> => {
      // No timer waits for longer than some weeks.
      let leftMs = untilMs + step.ms;
      for (; leftMs > WEEK_MS; leftMs -= WEEK_MS) await clock.wait(WEEK_MS);
      await clock.wait(leftMs);
      await this.idle();
    };
    if (step.faults === undefined && step.disturbances === undefined) return pass();
    const { faults, isOut, armable } = this.#faultsOf(step);
    await this.#during({ ...step, ...armable }, (armed, start) => {
      const outageBegan = (): boolean => isOut || armed.outageBegan;
      this.#slots.begin({ ...this.#factsOf(number), faults, outageBegan }, start);
      return [pass()];
    });
  }

  /** The faults of a step on a PC that may be without a network anyway: then it has no outage besides. */
  #faultsOf(step: BackupStep | WaitStep): {
    readonly faults: StepFacts["faults"];
    readonly isOut: boolean;
    readonly armable: Pick<BackupStep, "faults">;
  } {
    const outage = this.around?.outage;
    const { faults = {} } = step;
    if (outage === undefined) return { faults, isOut: false, armable: { faults } };
    const { outage: _, ...others } = faults;
    return {
      faults: { ...others, outage: { kind: outage, afterMs: 0, forMs: "forever" } },
      isOut: true,
      armable: { faults: others },
    };
  }

  /** What a step without faults of its own says about the runs in it. */
  #factsOf(step: number): StepFacts {
    const outage = this.around?.outage;
    const faults: StepFacts["faults"] =
      outage === undefined ? {} : { outage: { kind: outage, afterMs: 0, forMs: "forever" } };
    return {
      step,
      // A slot asks nobody whether a source that is empty is meant to be: it heals nothing.
      phase: "safety",
      faults,
      crowded: false,
      destinationLosses: this.people.destinationLosses,
      sourceLosses: this.people.sourceLosses,
      outageBegan: () => outage !== undefined,
    };
  }

  async #restart(how: Extract<Step, { do: "restart" }>["how"]): Promise<void> {
    const { around } = this;
    if (around === undefined) {
      if (how === "close-tool") await this.#pc.agent.close();
      else this.#pc.crash(how);
      return this.#pc.restart();
    }
    if (how === "close-tool") await around.closeTool();
    else if (how === "kill") around.crashTool("kill");
    else around.losePower();
    return around.putRight();
  }

  #makePc(): PcLife | undefined {
    const { pc, zone } = this.scenario;
    if (pc === undefined) return undefined;
    trustMailServer();
    return new PcLife({
      world: () => this.world,
      pc,
      zone,
      tool: () => this.#pc,
      mail: this.mail,
      isNetworkPath: (path) => this.networkSources.has(this.paths.fromHost(path)),
      moveDrives: (isHere) => this.#moveDrives(isHere),
      onJob: (job) => this.#slots.tell(job),
      isBusy: () => this.#slots.isBusy || this.recorder.isRunning(this.#pc),
    });
  }

  /** Sources on network drives. */
  get networkSources(): ReadonlySet<string> {
    const { pc, sources } = this.scenario;
    return new Set(
      (pc?.networkSources ?? []).map((index) => sources[index % sources.length] ?? ""),
    );
  }

  /** Whether the tool as it runs now can reach a source of a slot. */
  #isReached(path: string): boolean {
    const isHere = this.#pc.session === "person" || this.scenario.pc?.kind === "linux";
    return isHere || !this.networkSources.has(this.paths.fromHost(path));
  }

  /** What is on a network drive that is not connected is nowhere on the disk. */
  #moveDrives(isHere: boolean): void {
    for (const path of this.networkSources) {
      const away = `${path} (away)`;
      const [from, to] = isHere ? [away, path] : [path, away];
      this.people.change({ do: "rename", path: from, to });
      if (isHere) this.people.sourceLosses.delete(path);
    }
  }

  #changeSettings(wish: Partial<Record<SettingName, boolean | undefined>>): void {
    const changes = SETTING_NAMES.flatMap((name) => {
      const value = wish[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    if (changes.length > 0) this.#pc.agent.changeSettings(Object.fromEntries(changes));
  }

  async #run(
    host: AgentHost,
    { sourceIds, confirmDeletions }: Pick<BackupRequest, "sourceIds" | "confirmDeletions">,
    facts: StepFacts,
    start: Start,
  ): Promise<void> {
    const sources = host.agent
      .sources()
      .filter(({ id }) => sourceIds?.includes(id) ?? true)
      .map(({ path }) => this.paths.fromHost(path));
    this.deletions.beginRun(host, facts, sources, confirmDeletions ?? false);
    const run = host.agent.runBackup({
      ...(sourceIds === undefined ? {} : { sourceIds }),
      ...(confirmDeletions === undefined ? {} : { confirmDeletions }),
      onJob: (job) => this.#onJob(host, job, facts, start),
      onFile: (row) => {
        this.world.trace.add(host.name, "row", `${JSON.stringify(row.path)} ${row.status}`);
        if (host === this.#pc) this.#tell({ at: "row" });
      },
    });
    await host.orGone(run);
  }

  #onJob(host: AgentHost, job: JobRecord, facts: StepFacts, start: Start): void {
    this.world.trace.add(host.name, "job", `${job.id} ${job.status} ${job.causes.join(",")}`);
    if (job.kind === "delete") {
      this.deletions.tell(host, job);
      if (job.status !== "running") return;
      start("delete");
      if (host === this.#pc) this.#tell({ at: "deletion" });
      return;
    }
    if (job.status === "running") {
      this.recorder.begin(host, job, facts);
      start("backup");
    } else {
      this.recorder.end(host);
    }
  }

  async #runRestore(
    request: RestoreRequest,
    facts: RestoreFacts,
    start: () => void,
  ): Promise<void> {
    const host = this.#pc;
    const run = host.agent.restore({
      ...request,
      onJob: (job) => {
        this.world.trace.add(host.name, "job", `${job.id} ${job.status} ${job.causes.join(",")}`);
        if (job.status !== "running") return this.restores.end(host);
        this.restores.begin(host, job, facts);
        start();
      },
      onFile: (row) => {
        this.world.trace.add(host.name, "row", `${JSON.stringify(row.path)} ${row.status}`);
        this.#tell({ at: "row" });
      },
    });
    await host.orGone(run);
  }

  async #runNeighbour(facts: StepFacts): Promise<void> {
    // It is set up like the PC: both delete, each in its own tree.
    const { compareUpload, compareDelete } = this.#pc.agent.settings();
    this.#neighbour ??= this.#makeHost("neighbour", NEIGHBOUR_DEVICE);
    const { agent } = this.#neighbour;
    if (agent.account() === undefined) {
      await agent.login({ serviceUrl: this.world.serviceUrl, ...ACCOUNT });
      for (const path of this.scenario.sources) {
        try {
          await agent.addSource(this.paths.toHost(path));
        } catch (error) {
          this.#noteRefusal(facts.step, "add-source", error);
        }
      }
    }
    if (agent.sources().length === 0) return;
    agent.changeSettings({ compareUpload, compareDelete });
    await this.#run(this.#neighbour, {}, facts, () => undefined);
  }

  #requestOf(step: BackupStep): Pick<BackupRequest, "sourceIds" | "confirmDeletions"> {
    const sourceIds = this.#sourceIds(step);
    return {
      ...(sourceIds === undefined ? {} : { sourceIds }),
      ...(step.confirmDeletions === true ? { confirmDeletions: true } : {}),
    };
  }

  #hosts(): readonly AgentHost[] {
    return this.#neighbour === undefined ? [this.#pc] : [this.#pc, this.#neighbour];
  }

  #sourceIds(step: BackupStep): readonly number[] | undefined {
    if (step.sources === undefined) return undefined;
    const all = this.#pc.agent.sources();
    const wanted = new Set(
      step.sources.map((index) => {
        const path = this.scenario.sources[index % this.scenario.sources.length] ?? "";
        return this.paths.toHost(path);
      }),
    );
    const ids = all.filter(({ path }) => wanted.has(path)).map(({ id }) => id);
    return ids.length === 0 ? undefined : ids;
  }

  #disturb(what: Disturbance["what"]): void {
    this.world.trace.add("world", "disturbance", what.do);
    switch (what.do) {
      case "interrupt":
      case "logout":
      case "close-tool":
      case "kill":
      case "power-loss":
        return this.#stop(what);
      case "delete-destination":
      case "rename-destination":
      case "delete-file":
      case "rename-file":
      case "delete-folder":
      case "put-file":
      case "replace-file":
      case "store-elsewhere":
      case "set-free":
      case "set-quota":
        return this.people.explore(what);
      case "nap":
      case "set-clock":
      case "set-zone":
        if (this.around === undefined) return;
        if (what.do === "nap") this.#noteNap(what.ms);
        this.#stops.push(this.around.disturb(what));
        return;
      default:
        return this.people.change(what);
    }
  }

  #stop(stop: Stop): void {
    const fact = { kind: stop.do, atMs: this.world.clock.elapsedMs() };
    const isAtBackup = this.recorder.stop(this.#pc, stop.do);
    const isRunning =
      this.restores.stop(this.#pc, stop.do) || this.deletions.stop(this.#pc, fact, isAtBackup);
    if (!isRunning) return;
    const { agent } = this.#pc;
    const { around } = this;
    switch (stop.do) {
      case "interrupt":
        return agent.interrupt();
      case "logout":
        this.#stops.push(this.#pc.orGone(agent.logout()));
        around?.note({ what: "account", isLoggedIn: false });
        return;
      case "close-tool":
        this.#stops.push(this.#closed());
        return;
      case "kill":
      case "power-loss":
        this.#crash(stop.do);
        return this.restores.crashed();
    }
  }

  #noteNap(ms: number): void {
    const fromMs = this.world.clock.elapsedMs();
    this.#naps.push({ fromMs, toMs: fromMs + ms });
  }

  async #closed(): Promise<void> {
    const tool = this.#pc;
    if (this.around?.isToolRunning === true) {
      await this.around.closeTool();
      return this.#recovered();
    }
    await tool.orGone(tool.agent.close().then(() => tool.leave()));
  }

  #crash(kind: "kill" | "power-loss"): void {
    const { around } = this;
    if (around === undefined) return this.#pc.crash(kind);
    if (kind === "kill") around.crashTool(kind);
    else around.losePower();
    this.#stops.push(this.#recovered());
  }

  /** Somebody starts the tool again; what is known of the job that was cut off is put down then. */
  async #recovered(): Promise<void> {
    await this.around?.recover();
    this.recorder.end(this.#pc);
    this.#slots.end();
  }

  /** Waits for what a stop began, and starts the tool again when it is gone. */
  async #afterBackup(): Promise<void> {
    await this.#settleStops();
    if (!this.#pc.isGone || this.around !== undefined) return;
    // What was under way to the service when the process ended still gets there.
    await this.world.clock.wait(1);
    this.#pc.restart();
  }

  async #settleStops(): Promise<void> {
    while (this.#stops.length > 0) await Promise.all(this.#stops.splice(0));
  }

  #makeHost(name: string, deviceName: string, around?: PcLife): AgentHost {
    const host: AgentHost = new AgentHost({
      world: this.world,
      scenario: this.scenario,
      name,
      deviceName,
      mayLosePower: mayLosePower(this.scenario),
      strangeNames: this.#strangeNames,
      onDiskCall: (call, path) => this.#onDiskCall(host, call, this.paths.fromHost(path)),
      onTargetCall: (call) => this.#tell({ at: call }),
      ...(around && { pc: around.ports }),
    });
    return host;
  }

  #onDiskCall(host: AgentHost, call: GateCall, path: string): void {
    const isPc = host === this.#pc;
    if (isPc && call !== "listed" && call !== "close") {
      this.#tell({ at: call, path });
    }
    this.recorder.call(host, { seq: this.#nextSeq(), call, path });
    if (call !== "open") return;
    const openCount = this.#pc.openFileCount + (this.#neighbour?.openFileCount ?? 0);
    this.openFilesPeak = Math.max(this.openFilesPeak, openCount + 1);
  }

  #tell(event: MomentEvent): void {
    this.#moments?.tell(event);
  }

  #destinationOf(path: string): string | undefined {
    if (this.#pc.isGone) return undefined;
    const host = this.paths.toHost(path);
    return this.#pc.agent.sources().find((source) => source.path === host)?.destination;
  }

  #nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  #noteRefusal(step: number, action: string, error: unknown): void {
    if (!(error instanceof AgentError)) throw error;
    this.world.trace.add("agent", "refused", `${action} ${error.code}`);
    this.refusals.push({ step, action, code: error.code });
  }
}

/** Told that a job has begun; what is counted from there is counted from now. Default: no delete job. */
export type Start = (kind?: JobRecord["kind"]) => void;

function instantMs(instant: string): number {
  // oxlint-disable-next-line no-restricted-globals -- reads a text; asks no clock
  return Date.parse(instant);
}

function isCommit(event: { method: string; target: string; status: number }): boolean {
  if (event.status !== 200 && event.status !== 201) return false;
  if (event.method === "PUT") return event.target.startsWith("/v1/files/");
  if (event.method === "PATCH") return true;
  return event.method === "POST" && event.target === "/v1/batch-uploads";
}

function isDeletion({
  method,
  target,
  status,
}: {
  method: string;
  target: string;
  status: number;
}): boolean {
  if (method !== "DELETE" || status !== 204) return false;
  return target.startsWith("/v1/files/") || target.startsWith("/v1/folders/");
}

function targetsOf({ timeline }: Scenario): readonly string[] {
  return timeline.flatMap((step) => (step.do === "restore" ? [step.to] : []));
}

/** Whether a step is a command to the tool. */
function needsTool({ do: act }: Step): boolean {
  return ["backup", "restore", "login", "logout", "settings"].includes(act);
}

function mayLosePower({ timeline }: Scenario): boolean {
  return timeline.some(
    (step) =>
      step.do === "lose-power" ||
      (step.do === "restart" && step.how === "power-loss") ||
      ((step.do === "backup" || step.do === "restore" || step.do === "wait") &&
        (step.disturbances ?? []).some(({ what }) => what.do === "power-loss")),
  );
}
