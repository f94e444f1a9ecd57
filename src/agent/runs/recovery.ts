import {
  administratorFolder,
  formatServicePath,
  type ServicePath,
} from "../../protocol/service-path.ts";
import type { Message } from "../../messages/message.ts";
import type { ServiceLink } from "../account/service-link.ts";
import { commandError } from "../agent-error.ts";
import type { Waits } from "../core/waits.ts";
import { rebuildIndex, type RebuiltIndex } from "../jobs/backup/rebuild-index.ts";
import { ServiceListing } from "../jobs/backup/service-listing.ts";
import { JobStop } from "../jobs/job-stop.ts";
import { Retrier } from "../jobs/retrier.ts";
import type { AgentPorts } from "../ports/agent-ports.ts";
import { ServiceError, type Service } from "../ports/service.ts";
import type { SourceFolder } from "../state/records.ts";
import { KnownPlace } from "../state/known-place.ts";
import { RepairState } from "../state/repair-state.ts";
import { SourceStore } from "../state/source-store.ts";
import type { StateDatabase } from "../state/state-database.ts";
import type { Tuning } from "../tuning.ts";
import { HeldMemory } from "../jobs/held-memory.ts";

/** What came of the index of one source. */
export type IndexRecovery =
  | ({ readonly kind: "rebuilt" } & RebuiltIndex)
  /** The service has no such folder; the next backup says so too (B-IS-3/4). */
  | { readonly kind: "destination-gone" }
  /** The service did not tell; the next repair or backup builds it. */
  | { readonly kind: "failed"; readonly reason: Message };

/** What the service told after a repair. */
export interface Recovery {
  readonly sources: readonly { readonly source: SourceFolder; readonly index: IndexRecovery }[];
  readonly deviceName: string;
  /** Folders that the service has of this PC and that are no source's. */
  readonly unclaimedNames: readonly string[];
  /** What other PCs the service knows of this login, while it has nothing of this one. */
  readonly otherDeviceNames: readonly string[];
}

interface AgentRecoveryOptions {
  readonly ports: Pick<AgentPorts, "clock" | "entropy" | "memory" | "log">;
  readonly database: StateDatabase;
  readonly tuning: Tuning;
  readonly link: ServiceLink;
  readonly deviceName: () => string;
  readonly waits: Waits;
  /** Throws `AgentError` while something runs, and once the tool is closed. */
  readonly mustBeIdle: () => void;
}

/** A person waits for it, and the next backup asks again: the budget of an exchange is short. */
const RETRY_BUDGET_MS = 10_000;

/** What the repair of a state file still needs the service for. Methods throw `AgentError` and nothing else. */
export class AgentRecovery {
  readonly #options: AgentRecoveryOptions;
  readonly #state: RepairState;
  readonly #sources: SourceStore;

  constructor(options: AgentRecoveryOptions) {
    this.#options = options;
    this.#state = new RepairState(options.database);
    this.#sources = new SourceStore(options.database);
  }

  /** Whether a repair was made that the service was not asked for yet. */
  get isDue(): boolean {
    return this.#state.isServiceDue;
  }

  /**
   * Asks the service what it has of this PC, and builds the index of each source anew whose own is not to be
   * believed, so that the next backup sends only what differs. Cut off at any moment, or without an answer
   * for a source, that one stays due: its index is believed by nobody meanwhile.
   */
  async run(): Promise<Recovery> {
    this.#options.mustBeIdle();
    const { link, deviceName, database, ports } = this.#options;
    const { loginId } = link.mustBeLoggedIn();
    const [service, retrier] = [link.service(), this.#retrier()];
    const own = administratorFolder(loginId);
    let told: Pick<Recovery, "unclaimedNames" | "otherDeviceNames">;
    try {
      const saved = await folderNames(service, retrier, [...own, deviceName()]);
      const others = saved === undefined ? await folderNames(service, retrier, own) : [];
      const claimed = new Set(this.#sources.list().map(({ destination }) => destination));
      const isUnclaimed = (name: string): boolean =>
        !claimed.has(formatServicePath([...own, deviceName(), name]));
      told = {
        unclaimedNames: (saved ?? []).filter((name) => isUnclaimed(name)),
        otherDeviceNames: others ?? [],
      };
    } catch (error) {
      throw commandError(error);
    }
    const sources = await this.#rebuildAll(service, retrier);
    database.transaction("acknowledged", () => this.#state.markAsked());
    ports.log.write("info", "asked-service-after-repair", {
      rebuiltCount: sources.filter(({ index }) => index.kind === "rebuilt").length,
      unclaimedCount: told.unclaimedNames.length,
    });
    return { sources, deviceName: deviceName(), ...told };
  }

  async #rebuildAll(service: Service, retrier: Retrier): Promise<Recovery["sources"]> {
    const done: { source: SourceFolder; index: IndexRecovery }[] = [];
    let silence: Message | undefined;
    for (const source of this.#sources.list()) {
      if (!this.#sources.isIndexOld(source.id)) continue;
      const index: IndexRecovery =
        silence === undefined
          ? await this.#rebuild(source, service, retrier)
          : { kind: "failed", reason: silence };
      // Who does not answer for one source is not waited for with each of the others.
      if (index.kind === "failed") silence = index.reason;
      done.push({ source, index });
    }
    return done;
  }

  async #rebuild(source: SourceFolder, service: Service, retrier: Retrier): Promise<IndexRecovery> {
    const { database } = this.#options;
    const place = new KnownPlace(database, source.id);
    const destination = source.destination.split("/");
    try {
      const known = place.get();
      const same = known && (await retrier.run(() => service.within(known).placeTag(destination)));
      const found = same ?? (await retrier.run(() => service.placeTag(destination)));
      if (found === undefined) return { kind: "destination-gone" };
      if (same === undefined) database.transaction("streaming", () => place.moveTo(found));
      const placed = service.within(found);
      const listing = new ServiceListing({
        service: placed,
        retrier,
        destination,
        held: new HeldMemory(this.#options.ports.memory),
        onFolder: () => undefined,
      });
      const rebuilt = await rebuildIndex({
        database,
        sourceId: source.id,
        listed: listing.all(),
        advancePlace: () => place.advance(placed.place),
      });
      return { kind: "rebuilt", ...rebuilt };
    } catch (error) {
      if (error instanceof ServiceError) return { kind: "failed", reason: error.reason };
      throw commandError(error);
    }
  }

  #retrier(): Retrier {
    const { ports, tuning, waits } = this.#options;
    const { clock, entropy } = ports;
    return new Retrier({
      clock,
      entropy,
      tuning: { ...tuning, retryBudgetMs: Math.min(tuning.retryBudgetMs, RETRY_BUDGET_MS) },
      stop: new JobStop(),
      waits,
      onExhausted: async () => undefined,
    });
  }
}

/** The names of the folders in a folder; undefined when the service has no such folder. */
async function folderNames(
  service: Service,
  retrier: Retrier,
  path: ServicePath,
): Promise<readonly string[] | undefined> {
  const names: string[] = [];
  try {
    for (let pageToken: string | null | undefined; pageToken !== null;) {
      const wish = pageToken === undefined ? {} : { pageToken };
      const page = await retrier.run(() => service.listPage(path, wish));
      for (const entry of page.entries) if (entry.kind === "folder") names.push(entry.name);
      // An honest page that is not the last has entries.
      pageToken = page.entries.length === 0 ? null : page.nextPageToken;
    }
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
  return names;
}

function isNotFound(error: unknown): boolean {
  if (!(error instanceof ServiceError) || error.failure.kind !== "refused") return false;
  return error.failure.problem.code === "not-found";
}
