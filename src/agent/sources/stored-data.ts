import type { Contract, Generation } from "../../protocol/http/schemas.ts";
import { formatServicePath, type ServicePath } from "../../protocol/service-path.ts";
import type { ServiceLink } from "../account/service-link.ts";
import { AgentError, commandError } from "../agent-error.ts";
import { ServiceError, type ListingPage } from "../ports/service.ts";
import type { AgentSources } from "./sources.ts";
import { message } from "../../messages/message.ts";

interface StoredDataOptions {
  readonly link: ServiceLink;
  readonly sources: Pick<AgentSources, "placeOf">;
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

  /** One page of what is in a folder (F40). */
  async browse(path: string, pageToken?: string): Promise<ListingPage> {
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
}

function notOnService(kind: "file" | "folder", place: ServicePath): AgentError {
  const path = formatServicePath(place);
  return new AgentError("not-on-service", message(`stored.no-${kind}`, { path }));
}

function isNotFound(error: unknown): boolean {
  if (!(error instanceof ServiceError) || error.failure.kind !== "refused") return false;
  return error.failure.problem.code === "not-found";
}
