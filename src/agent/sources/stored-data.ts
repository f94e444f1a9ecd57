import type { Contract, Generation } from "../../protocol/http/schemas.ts";
import { formatServicePath, type ServicePath } from "../../protocol/service-path.ts";
import type { ServiceLink } from "../account/service-link.ts";
import { AgentError, commandError } from "../agent-error.ts";
import type { Tuning } from "../tuning.ts";
import { ServiceError, type ListedEntry, type ListingPage } from "../ports/service.ts";
import type { AgentSources } from "./sources.ts";
import { message } from "../../messages/message.ts";

interface StoredDataOptions {
  readonly tuning: Pick<Tuning, "historyPageRowCount">;
  readonly link: ServiceLink;
  readonly sources: Pick<AgentSources, "placeOf">;
}

/** One page of a folder. */
interface StoredPage {
  readonly entries: readonly ListedEntry[];
  readonly isLast: boolean;
  /** Entries that were seen on the way, which are all of them where the page is empty. */
  readonly entryCount: number;
}

/**
 * What is on the service of whoever is logged in, to be looked at. A `path` is a place on the service,
 * its names joined by `/` from the area down, or a path in a source folder, which stands for its
 * backup. Methods throw `AgentError` and nothing else.
 */
export class StoredData {
  readonly #options: StoredDataOptions;

  constructor(options: StoredDataOptions) {
    this.#options = options;
  }

  /**
   * One page of what is in a folder (F40), as long as those of the history, by its number from 1; the service's own pages
   * are longer or shorter, and are asked for in turn.
   */
  async page(path: string, page: number): Promise<StoredPage> {
    const { historyPageRowCount: rowCount } = this.#options.tuning;
    let skipCount = (page - 1) * rowCount;
    let entries: ListedEntry[] = [];
    let entryCount = 0;
    for (let token: string | null | undefined; token !== null;) {
      const found = await this.#listPage(path, token);
      entries = [...entries, ...found.entries.slice(skipCount)].slice(0, rowCount + 1);
      entryCount += found.entries.length;
      skipCount = Math.max(0, skipCount - found.entries.length);
      // An honest page that is not the last has entries.
      const isEnough = entries.length > rowCount || found.entries.length === 0;
      token = isEnough ? null : found.nextPageToken;
    }
    return { entries: entries.slice(0, rowCount), isLast: entries.length <= rowCount, entryCount };
  }

  /** The generations kept of a file, newest first (F22). */
  async generations(path: string): Promise<readonly Generation[]> {
    const { link, sources } = this.#options;
    link.mustBeLoggedIn();
    const place = sources.placeOf(path);
    try {
      const found = await link.service().listGenerations(place);
      if (found !== undefined) return found;
    } catch (error) {
      throw commandError(error);
    }
    throw notOnService("file", place);
  }

  /** Plan, used and free capacity (F45). */
  async capacity(): Promise<Contract> {
    const { link } = this.#options;
    link.mustBeLoggedIn();
    try {
      return await link.service().contract();
    } catch (error) {
      throw commandError(error);
    }
  }

  async #listPage(path: string, pageToken?: string): Promise<ListingPage> {
    const { link, sources } = this.#options;
    link.mustBeLoggedIn();
    const place = sources.placeOf(path);
    try {
      const wish = pageToken === undefined ? {} : { pageToken };
      return await link.service().listPage(place, wish);
    } catch (error) {
      if (isNotFound(error)) throw notOnService("folder", place);
      throw commandError(error);
    }
  }
}

function notOnService(kind: "file" | "folder", place: ServicePath): AgentError {
  const path = formatServicePath(place);
  return new AgentError("not-on-service", message(`stored.no-${kind}`, { path }));
}

function isNotFound(error: unknown): boolean {
  if (!(error instanceof ServiceError) || error.failure.kind !== "refused") return false;
  return error.failure.problem.code === "not-found";
}
