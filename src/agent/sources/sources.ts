import {
  destinationPath,
  formatServicePath,
  type ServicePath,
} from "../../protocol/service-path.ts";
import type { ServiceLink } from "../account/service-link.ts";
import type { AgentPorts } from "../ports/agent-ports.ts";
import { AgentError, commandError } from "../agent-error.ts";
import { uniqueSourceName } from "./source-refusal.ts";
import { placeOnService } from "./place-on-service.ts";
import { placeSource } from "./place-source.ts";
import type { SourceFolder } from "../state/records.ts";
import { SourceStore } from "../state/source-store.ts";
import type { StateDatabase } from "../state/state-database.ts";
import { message } from "../../messages/message.ts";

interface AgentSourcesOptions {
  readonly ports: AgentPorts;
  readonly database: StateDatabase;
  readonly link: ServiceLink;
  /** Throws `AgentError` while something runs, and once the tool is closed. */
  readonly mustBeIdle: () => void;
  /** The agent's own folder, which is never backed up. */
  readonly homePath: string;
  readonly deviceName: () => string;
}

/** The folders that are backed up. Methods throw `AgentError` and nothing else. */
export class AgentSources {
  readonly #options: AgentSourcesOptions;
  readonly #store: SourceStore;

  constructor(options: AgentSourcesOptions) {
    this.#options = options;
    this.#store = new SourceStore(options.database);
  }

  /** In the order they were added. */
  list(): readonly SourceFolder[] {
    return this.#store.list();
  }

  /** Adds a source folder and creates its destination on the service (F10, F11, D17). */
  async add(typedPath: string): Promise<SourceFolder> {
    const { ports, link, homePath, deviceName } = this.#options;
    const { loginId } = link.mustBeLoggedIn();
    const { disk, clock, log } = ports;
    const sources = this.list();
    const sourcePaths = sources.map(({ path }) => path);
    const placement = await placeSource({ disk, typedPath, sourcePaths, homePath });
    if (placement.kind === "refused") throw new AgentError("source-refused", placement.reason);
    const { path } = placement;
    const name = uniqueSourceName(placement.name, new Set(sources.map((source) => source.name)));
    const folder = destinationPath(loginId, deviceName(), name);
    try {
      await link.service().createFolder(folder);
    } catch (error) {
      throw commandError(error);
    }
    const addedAtMs = clock.nowMs();
    const destination = formatServicePath(folder);
    const added = this.#store.add({ path, name, destination, addedAtMs });
    log.write("info", "source-added", { source: path, destination });
    return added;
  }

  /** Removes a source folder by ID or path; what is on the service stays. */
  remove(idOrPath: string): SourceFolder {
    this.#options.mustBeIdle();
    const path = this.#options.ports.disk.absolute(idOrPath);
    const source = this.list().find(
      (one) => String(one.id) === idOrPath || one.path === idOrPath || one.path === path,
    );
    if (source === undefined) {
      throw new AgentError("no-such-source", message("source.not-found", { source: idOrPath }));
    }
    this.#store.remove(source.id);
    const { path: removed, destination } = source;
    this.#options.ports.log.write("info", "source-removed", { source: removed, destination });
    return source;
  }

  /** The place on the service that a person means by `typed`; see `placeOnService`. */
  placeOf(typed: string): ServicePath {
    return placeOnService(typed, this.list(), this.#options.ports.disk);
  }

  /** Those with these ids in their order, or all. Throws `no-sources` or `no-such-source`. */
  chosen(ids: readonly number[] | undefined): readonly SourceFolder[] {
    const all = this.list();
    if (all.length === 0) {
      throw new AgentError("no-sources", message("source.none"));
    }
    if (ids === undefined) return all;
    return ids.map((id) => {
      const source = all.find((one) => one.id === id);
      if (source !== undefined) return source;
      throw new AgentError("no-such-source", message("source.not-found", { source: id }));
    });
  }
}
