import { EDITION_RULES } from "../../../protocol/edition.ts";
import type { MailEvent } from "../../../sim-server/smtp/mail-event.ts";
import { World, type WorldOptions } from "../../../sim-server/world.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { ACCOUNT, CUSTOMER } from "./account.ts";
import { ReferenceModel } from "../disk/reference-model.ts";
import { hostPaths, type HostPaths } from "../disk/host-path.ts";
import { plantTree } from "../disk/plant-tree.ts";
import { DisturbanceScheduler } from "./disturbance-scheduler.ts";
import { MAIL_USER } from "../../scenario/mail-user.ts";
import { isLogin, serviceMoment } from "./service-moment.ts";
import { ServiceProbe } from "./service-probe.ts";

/** An hour: nothing on the disk is fresh when the scenario begins. */
const AGE_MS = 3_600_000;

interface ScenarioWorldOptions {
  /** Trace lines to keep. Default: all. */
  readonly keepLines?: number;
  /** Called with each request that has arrived at the service. */
  readonly onRequest: (method: string, target: string) => void;
  /** Called when the service answers a login, with whether it takes it. */
  readonly onLogin: (said: "taken" | "refused" | "asked") => void;
  /** Called with each event of the mail server. */
  readonly onMail: (event: MailEvent) => void;
  /** Told just before bytes arrive at one end of a connection. */
  readonly beforePassing: NonNullable<WorldOptions["beforePassing"]>;
}

/** What the statuses of answers to logins say. */
const LOGIN_ANSWERS: Readonly<Record<number, "taken" | "refused" | "asked">> = {
  201: "taken",
  401: "refused",
  403: "asked",
};

/** The world that a scenario describes, its tree planted, and what is known of it beside the simulated disk. */
export class ScenarioWorld implements Disposable {
  readonly scenario: Scenario;
  readonly world: World;
  readonly paths: HostPaths;
  readonly model: ReferenceModel;
  readonly probe: ServiceProbe;
  readonly disturbances: DisturbanceScheduler = new DisturbanceScheduler();
  /** Names that no healthy disk can hold, by the name that stands for each. */
  readonly strangeNames: ReadonlyMap<string, Uint8Array>;
  /** Of every account that there is at the beginning. */
  readonly loginIds: readonly string[];
  readonly #startMs: number;
  #seq = 0;

  constructor(scenario: Scenario, options: ScenarioWorldOptions) {
    const { keepLines, onRequest, onLogin, onMail, beforePassing } = options;
    this.scenario = scenario;
    this.paths = hostPaths(scenario.disk);
    // The world is an hour older than the scenario, and so are its files.
    const startMs = instantMs(scenario.start) - AGE_MS;
    this.#startMs = startMs;
    const { edition, plan, quotaBytes, readBytesMax, timestampGranularityMs } = scenario;
    const { listingPageEntryCountMax, memoryBytesMax } = scenario.serviceTuning ?? {};
    const accounts = [
      { ...ACCOUNT, edition, plan, ...(quotaBytes === undefined ? {} : { quotaBytes }) },
      ...(scenario.timeline.some(({ do: act }) => act === "use-service") ? [CUSTOMER] : []),
    ];
    this.loginIds = accounts.map(({ loginId }) => loginId);
    this.world = new World({
      seed: scenario.seed,
      startMs,
      secure: scenario.secure ?? false,
      ...(listingPageEntryCountMax !== undefined && { listingPageEntryCountMax }),
      ...(memoryBytesMax !== undefined && { serviceMemoryBytesMax: memoryBytesMax }),
      accounts,
      keepsData: isRestarted(scenario),
      disk: {
        paths: scenario.disk === "windows" ? "windows" : "posix",
        caseSensitive: scenario.disk === "linux",
        formSensitive: scenario.disk !== "macos",
        ...(readBytesMax === undefined ? {} : { readBytesMax }),
        ...(timestampGranularityMs !== undefined && {
          timestampGranularityNs: timestampGranularityMs * 1_000_000,
        }),
        listedBackwards: scenario.isListedBackwards ?? false,
      },
      beforePassing,
      mail: {
        accounts: [MAIL_USER],
        ...(scenario.mailRoomBytes !== undefined && { mailboxBytesMax: scenario.mailRoomBytes }),
      },
      onMail,
      onService: (event) => {
        if (event.kind === "request") onRequest(event.method, event.target);
        if (isLogin(event) && (event.status === 201 || this.#isRefusedByService(event.status))) {
          onLogin(LOGIN_ANSWERS[event.status] ?? "refused");
        }
        const moment = serviceMoment(event);
        if (moment !== undefined) this.disturbances.report(moment);
      },
      ...(keepLines === undefined ? {} : { keepLines }),
    });
    const { world } = this;
    if (scenario.memoryFreeBytes !== undefined) world.memory.setFree(scenario.memoryFreeBytes);
    this.model = new ReferenceModel(scenario.tree, {
      stamp: () => ({ seq: this.nextSeq(), atMs: world.clock.elapsedMs() }),
      disk: scenario.disk,
    });
    const { disk } = world;
    this.strangeNames = plantTree(this.model.planted, { disk, paths: this.paths, startMs });
    const generationCount = EDITION_RULES[edition].plans[plan]?.generationCount ?? 1;
    this.probe = new ServiceProbe(world.service.explorer(ACCOUNT.loginId), generationCount);
  }

  /** Resolves when the scenario begins. */
  async waitForStart(): Promise<void> {
    await this.world.clock.wait(AGE_MS);
  }

  /** Milliseconds since 1970 on the service's clock, which nobody sets. */
  serviceNowMs(): number {
    return this.#startMs + this.world.clock.elapsedMs();
  }

  /** Whether the login that was answered last was refused by the service itself, and not in its place. */
  #isRefusedByService(status: number): boolean {
    const query = { operationId: "createSession", status } as const;
    const last = this.world.service.requestLog.find(query).at(-1);
    return last !== undefined && (last.problemCode !== null || last.faults.includes("status"));
  }

  /** The next place among the changes and disk calls of the scenario. */
  nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  [Symbol.dispose](): void {
    this.world[Symbol.dispose]();
  }
}

/** Whether somebody stops the service and starts it again. */
function isRestarted({ timeline }: Scenario): boolean {
  return timeline.some(
    (step) =>
      step.do === "restart-service" ||
      (step.do === "use-service" && step.acts.some(({ do: act }) => act === "restart-service")),
  );
}

function instantMs(instant: string): number {
  // oxlint-disable-next-line no-restricted-globals -- reads a text; asks no clock
  return Date.parse(instant);
}
