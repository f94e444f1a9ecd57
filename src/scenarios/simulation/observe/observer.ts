import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import type { World } from "../../../sim-server/world.ts";
import type { DiskCallFact } from "../../observation/disk-fact.ts";
import type { ExplorerFact } from "../../observation/explorer-fact.ts";
import type { LookFact } from "../../observation/look-fact.ts";
import type { NetworkFact } from "../../observation/network-fact.ts";
import type { NameFact } from "../../observation/name-fact.ts";
import type { ObservationWindow } from "../../observation/observation-window.ts";
import type { RequestFact } from "../../observation/request-fact.ts";
import type { ServiceFacts } from "../../observation/service-facts.ts";
import type { StopFact, StopKind } from "../../observation/stop-fact.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { FiredFault } from "../../scenario/fired-fault.ts";
import type { OperationId } from "../../../protocol/http/operation-ids.ts";
import type { LoggedRequest } from "../../../sim-server/storage/service/request-log.ts";
import { encodeServicePath } from "../../../protocol/service-path.ts";
import { isInFolder } from "../world/is-in-folder.ts";
import type { HostPaths } from "../disk/host-path.ts";
import type { ReferenceModel } from "../disk/reference-model.ts";
import { SeenFromAbove } from "./seen-from-above.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import type { ServiceProbe } from "../world/service-probe.ts";
import { allRows } from "./all-pages.ts";
import type { StepFacts } from "./step-facts.ts";

interface ObserverOptions {
  readonly world: World;
  readonly model: ReferenceModel;
  readonly probe: ServiceProbe;
  readonly paths: HostPaths;
  readonly disk: Scenario["disk"];
  /** Gives the next place among the changes and disk calls of the scenario. */
  readonly nextSeq: () => number;
  /** Milliseconds since 1970 on the service's clock, which nobody sets. */
  readonly serviceNowMs: () => number;
  /** The network that the PC is in. */
  readonly networkNow: () => NetworkFact;
}

/** Whose job begins, on which folders, and which faults it may meet. */
export interface ObservedPlace {
  readonly device: SimulatedDevice;
  readonly sourcePath: string;
  readonly destination: string;
  readonly facts: Pick<StepFacts, "faults" | "outageBegan">;
}

/** Where the world stood when a job began. */
export interface Mark extends ObservedPlace {
  readonly startedMs: number;
  readonly startedSeq: number;
  readonly source: SeenFromAbove;
  readonly serviceBefore: ServiceFacts;
  readonly changeCount: number;
  readonly callCount: number;
  readonly nameCount: number;
  readonly network: NetworkFact;
  readonly requestCount: number;
  readonly firedBefore: readonly FiredFault[];
}

/** A sleep of the PC, by elapsed time. */
interface PcSleep {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Somebody touched a folder as a whole. */
interface FolderTouch {
  readonly seq: number;
  /** "" for all that the service has. */
  readonly folder: string;
  /** How many requests the service had received by then, and those of them that it had yet to answer. */
  readonly requestCount: number;
  readonly unanswered: ReadonlySet<number>;
  /** Numbers of the requests that had been told by then that a folder is there, by target. */
  readonly looks: ReadonlyMap<string, readonly number[]>;
}

/** Counts and keeps what happens in the world, so that what happened since a mark can be told apart. */
export class Observer {
  /** What somebody did to single entries of destinations, in order. */
  readonly acts: ExplorerFact[] = [];
  /** Each time somebody looked at the history, in order. */
  readonly looks: LookFact[] = [];
  readonly #options: ObserverOptions;
  readonly #diskCalls = new Map<SimulatedDevice, DiskCallFact[]>();
  readonly #names = new Map<SimulatedDevice, NameFact[]>();
  readonly #sleeps: PcSleep[] = [];
  /** Folders that destinations are, or are in, and that somebody touched as a whole, each time. */
  readonly #touches: FolderTouch[] = [];

  constructor(options: ObserverOptions) {
    this.#options = options;
  }

  /** Where the world stands now. */
  mark(place: ObservedPlace): Mark {
    const { world, model, probe, nextSeq, networkNow } = this.#options;
    return {
      ...place,
      startedMs: world.clock.elapsedMs(),
      startedSeq: nextSeq(),
      source: new SeenFromAbove(model, place.sourcePath),
      serviceBefore: probe.facts(place.destination),
      changeCount: model.changeCount,
      callCount: this.#diskCalls.get(place.device)?.length ?? 0,
      network: networkNow(),
      nameCount: this.#names.get(place.device)?.length ?? 0,
      requestCount: world.service.requestLog.count,
      firedBefore: firedFaults(world, place.facts),
    };
  }

  /** What happened between a mark and now. */
  since(mark: Mark): ObservationWindow {
    const { world, probe, disk } = this.#options;
    const { startedMs, startedSeq } = mark;
    return {
      startedMs,
      endedMs: world.clock.elapsedMs(),
      startedSeq,
      disk,
      network: mark.network,
      diskBefore: mark.source.facts,
      barredAbove: mark.source.barred(),
      diskChanges: mark.source.changes(),
      diskCalls: (this.#diskCalls.get(mark.device) ?? []).slice(mark.callCount),
      serviceBefore: mark.serviceBefore,
      serviceAfter: probe.facts(mark.destination),
      ...this.#touchesOf(mark),
      requests: this.#requestsSince(mark.requestCount),
      fired: firedSince(firedFaults(world, mark.facts), mark.firedBefore),
      sleepsMs: this.#sleeps
        .filter(({ toMs }) => toMs >= startedMs)
        .map(({ fromMs, toMs }) => toMs - fromMs),
    };
  }

  /** Paths anywhere on the disk that somebody else than the agent changed since a mark. */
  changedPathsSince({ changeCount }: Mark): readonly string[] {
    return this.#options.model.changesSince(changeCount, "").map(({ path }) => path);
  }

  /** What people did to single entries of a destination, up to now. */
  actsIn(folder: string): readonly ExplorerFact[] {
    return this.acts.filter(({ destination }) => destination === folder);
  }

  /** A source as the scenario writes it, by its path on the device. */
  sourceAt(hostPath: string): string {
    return this.#options.paths.fromHost(hostPath);
  }

  /** A stop of this kind at this very moment. */
  stopNow(kind: StopKind): StopFact {
    return { kind, atMs: this.#options.world.clock.elapsedMs() };
  }

  /** What was seen of a job's row by those who looked while it worked or waited. */
  looksAt(device: SimulatedDevice, jobId: number): readonly (JobRecord | undefined)[] {
    return this.looks.flatMap((look) => {
      if (look.device !== device.name) return [];
      const row = look.rows.find(({ id }) => id === jobId);
      return look.workingIds.includes(jobId) || row?.status === "waiting" ? [row] : [];
    });
  }

  /** A device's agent calls the disk. */
  diskCalled(device: SimulatedDevice, call: DiskCallFact): void {
    const calls = this.#diskCalls.get(device) ?? [];
    calls.push(call);
    this.#diskCalls.set(device, calls);
  }

  /** A device's agent made or removed a name on the disk. */
  nameChanged(device: SimulatedDevice, name: NameFact): void {
    const names = this.#names.get(device) ?? [];
    names.push(name);
    this.#names.set(device, names);
  }

  /** The names that the device's agent made or removed since a mark. */
  namesSince({ device, nameCount }: Mark): readonly NameFact[] {
    return (this.#names.get(device) ?? []).slice(nameCount);
  }

  /** The PC sleeps for so long from now on, while something runs. */
  pcSleeps(ms: number): void {
    const fromMs = this.#options.world.clock.elapsedMs();
    this.#sleeps.push({ fromMs, toMs: fromMs + ms });
  }

  /** Somebody did something to a single entry of a destination. */
  entryChanged(fact: Omit<ExplorerFact, "seq">): void {
    this.acts.push({ seq: this.#options.nextSeq(), ...fact });
  }

  /** Somebody did something to a folder that destinations are, or are in; "" for all that the service has. */
  folderTouched(folder: string): void {
    const { world, probe, nextSeq } = this.#options;
    // What the service has may be older by now, under the same ids.
    if (folder === "") probe.forget();
    const { requestLog } = world.service;
    const requests = requestLog.find();
    const seen = requests.filter(isSeen);
    const unanswered = requests.filter(({ outcome }) => outcome === "pending");
    const looks = Map.groupBy(seen, ({ target }) => target);
    this.#touches.push({
      seq: nextSeq(),
      folder,
      requestCount: requestLog.count,
      unanswered: new Set(unanswered.map(({ number }) => number)),
      looks: new Map([...looks].map(([target, all]) => [target, all.map((one) => one.number)])),
    });
  }

  /** How often a destination, or a folder that it is in, was touched as a whole after a moment. */
  touchCountSince(destination: string, sinceSeq: number): number {
    return this.#touches.filter(
      ({ seq, folder }) => seq > sinceSeq && isInFolder(destination, folder),
    ).length;
  }

  #touchesOf({
    startedSeq,
    destination,
    requestCount,
  }: Mark): Pick<
    ObservationWindow,
    "destinationChangeCount" | "destinationSinceSeq" | "destinationTouches"
  > {
    const touches = this.#touches.filter(({ folder }) => isInFolder(destination, folder));
    const look = `/v1/folders/${encodeServicePath(destination.split("/"))}`;
    const requests = this.#options.world.service.requestLog.find();
    const sent = requests.filter(isSending);
    const looks = requests.filter(
      (request) => request.target === look && isSeen(request) && request.number > requestCount,
    );
    const before = touches.filter(({ seq }) => seq < startedSeq);
    return {
      destinationChangeCount: before.length,
      destinationSinceSeq: before.findLast(({ folder }) => folder !== "")?.seq ?? 0,
      destinationTouches: touches
        .filter(({ seq }) => seq > startedSeq)
        .map((touch) => ({
          seq: touch.seq,
          isAfterLook: (touch.looks.get(look) ?? []).some((number) => number > requestCount),
          isDuringLook: looks.some(({ number }) => touch.unanswered.has(number)),
          isWholeService: touch.folder === "",
          heardMs: this.#answeredMs(sent.find(({ number }) => number > touch.requestCount)),
          // A service that was put back may have been as it was all the same.
          isBeforeSending:
            touch.folder !== "" &&
            sent.some(({ number }) => number > touch.requestCount || touch.unanswered.has(number)),
        })),
    };
  }

  /** When a request was answered, since the world began. */
  #answeredMs(request: LoggedRequest | undefined): number | undefined {
    const { world, serviceNowMs } = this.#options;
    const atMs = request?.endedAtMs ?? undefined;
    return atMs === undefined ? undefined : atMs - serviceNowMs() + world.clock.elapsedMs();
  }

  #requestsSince(count: number): readonly RequestFact[] {
    return this.#options.world.service.requestLog
      .find()
      .filter(({ number }) => number > count)
      .map(({ atMs, method, target, status, requestBytes }) => ({
        atMs,
        method,
        path: target,
        status: status ?? 0,
        bodyBytes: requestBytes,
      }));
  }
}

/** Whether a request was told that a folder is there. */
function isSeen({ operationId, status }: LoggedRequest): boolean {
  return operationId === "getFolder" && status === 200;
}

/** Whether a request carries something that is to be stored. */
function isSending({ operationId }: LoggedRequest): boolean {
  return operationId !== null && SENDING.has(operationId);
}

const SENDING: ReadonlySet<OperationId> = new Set([
  "putFile",
  "batchUpload",
  "createUpload",
  "appendUpload",
]);

/** The row of a job as the history shows it now, with all rows of its details. */
export function recordedJob(
  { agent }: SimulatedDevice,
  jobId: number,
): { readonly job: JobRecord; readonly rows: readonly JobFileRecord[] } {
  const rows = allRows((page) => agent.history.files(jobId, { page }));
  return { job: agent.history.job(jobId), rows };
}

/** How often each fault of the step has struck by now. */
function firedFaults(
  world: World,
  { faults, outageBegan }: Pick<StepFacts, "faults" | "outageBegan">,
): readonly FiredFault[] {
  const count = (layer: FiredFault["layer"], hitCounts: readonly number[]): FiredFault[] =>
    hitCounts.map((hitCount, index) => ({ layer, index, hitCount }));
  return [
    ...count(
      "network",
      faults.network === undefined
        ? []
        : world.network.faults.list().map(({ hitCount }) => hitCount),
    ),
    ...count("outage", faults.outage === undefined ? [] : [outageBegan() ? 1 : 0]),
    ...count(
      "storage",
      world.service.faults.list().map(({ hitCount }) => hitCount),
    ),
    ...count(
      "disk",
      faults.disk === undefined ? [] : world.disk.faults.list().map(({ hitCount }) => hitCount),
    ),
    ...count(
      "memory",
      faults.memory === undefined ? [] : world.memory.faults.list().map(({ hitCount }) => hitCount),
    ),
  ];
}

/** What struck since an earlier count. */
function firedSince(now: readonly FiredFault[], before: readonly FiredFault[]): FiredFault[] {
  return now.map((fired) => {
    // An outage that began before the job is still there.
    if (fired.layer === "outage") return fired;
    const earlier = before.find(
      ({ layer, index }) => layer === fired.layer && index === fired.index,
    );
    return { ...fired, hitCount: fired.hitCount - (earlier?.hitCount ?? 0) };
  });
}
