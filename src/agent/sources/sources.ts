import { destinationPath, formatServicePath } from "../../protocol/service-path.ts";
import type { AgentAccount } from "../account/account.ts";
import type { AgentPorts } from "../ports/agent-ports.ts";
import { AgentError, commandError } from "../agent-error.ts";
import { uniqueSourceName } from "./source-refusal.ts";
import { placeSource } from "./place-source.ts";
import type { SourceFolder } from "../state/records.ts";
import { SourceStore } from "../state/source-store.ts";
import type { StateDatabase } from "../state/state-database.ts";

/** What `AgentSources` is made of. */
export interface AgentSourcesOptions {
  readonly ports: AgentPorts;
  readonly database: StateDatabase;
  readonly account: AgentAccount;
  /** The agent's own folder, which is never backed up. */
  readonly homePath: string;
  readonly deviceName: () => string;
}

/** The folders that are backed up. See `AgentApi` for what adding and removing do. */
export class AgentSources {
  readonly #options: AgentSourcesOptions;
  readonly #store: SourceStore;

  constructor(options: AgentSourcesOptions) {
    this.#options = options;
    this.#store = new SourceStore(options.database);
  }

  list(): readonly SourceFolder[] {
    return this.#store.list();
  }

  async add(typedPath: string): Promise<SourceFolder> {
    const { ports, account, homePath, deviceName } = this.#options;
    const { loginId } = account.mustBeLoggedIn();
    const { disk, clock } = ports;
    const sources = this.list();
    const sourcePaths = sources.map(({ path }) => path);
    const placement = await placeSource({ disk, typedPath, sourcePaths, homePath });
    if (placement.kind === "refused") throw new AgentError("source-refused", placement.reason);
    const { path } = placement;
    const name = uniqueSourceName(placement.name, new Set(sources.map((source) => source.name)));
    const folder = destinationPath(loginId, deviceName(), name);
    try {
      await account.service().createFolder(folder);
    } catch (error) {
      throw commandError(error);
    }
    const addedAtMs = clock.nowMs();
    return this.#store.add({ path, name, destination: formatServicePath(folder), addedAtMs });
  }

  remove(idOrPath: string): SourceFolder {
    const path = this.#options.ports.disk.absolute(idOrPath);
    const source = this.list().find(
      (one) => String(one.id) === idOrPath || one.path === idOrPath || one.path === path,
    );
    if (source === undefined) {
      throw new AgentError("no-such-source", `${idOrPath} is no source; see the list of sources`);
    }
    this.#store.remove(source.id);
    return source;
  }

  /** Those with these ids in their order, or all. Throws `no-sources` or `no-such-source`. */
  chosen(ids: readonly number[] | undefined): readonly SourceFolder[] {
    const all = this.list();
    if (all.length === 0) {
      throw new AgentError("no-sources", "there is no source folder yet; add one first");
    }
    if (ids === undefined) return all;
    return ids.map((id) => {
      const source = all.find((one) => one.id === id);
      if (source !== undefined) return source;
      throw new AgentError("no-such-source", `there is no source ${id}; see the list of sources`);
    });
  }
}
