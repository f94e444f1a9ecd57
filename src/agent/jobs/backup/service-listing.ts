import { compareKeys } from "../../core/compare-keys.ts";
import { formatServicePath, type ServicePath } from "../../../protocol/service-path.ts";
import type { Entry, FolderEntry } from "../../../protocol/http/schemas.ts";
import {
  exchangeFailed,
  ServiceError,
  type ListingPage,
  type Service,
} from "../../ports/service.ts";
import type { HeldMemory } from "../held-memory.ts";
import type { Retrier } from "../retrier.ts";
import { message } from "../../../messages/message.ts";

/** Something that the service lists. */
export interface KeyedEntry {
  /** Its key below the destination. */
  readonly key: string;
  readonly entry: Entry;
}

interface ServiceListingOptions {
  readonly service: Pick<Service, "listPage">;
  readonly retrier: Retrier;
  readonly destination: ServicePath;
  /** Tells of the page that is held. */
  readonly held: HeldMemory;
  /** Told of each folder that is passed, by its key. */
  readonly onFolder: (key: string, folder: FolderEntry) => void;
}

/** What the service has in a destination, walked through in order of key with one page in memory. */
export class ServiceListing {
  readonly #options: ServiceListingOptions;
  readonly #prefix: string;
  #page: readonly KeyedEntry[] = [];
  #at = 0;
  #lastKey = "";
  #lastFolder = "";
  /** Undefined before the first page, null after the last. */
  #nextPageToken: string | null | undefined;

  constructor(options: ServiceListingOptions) {
    this.#options = options;
    this.#prefix = `${formatServicePath(options.destination)}/`;
  }

  /** The entry at a key; keys asked for must ascend. Rejects with `ServiceError`, or `StoppedError`. */
  async find(key: string): Promise<Entry | undefined> {
    for (;;) {
      const listed = this.#page[this.#at];
      if (listed === undefined) {
        if (!(await this.#load())) return undefined;
        continue;
      }
      const order = compareKeys(listed.key, key);
      if (order > 0) return undefined;
      const { entry } = listed;
      if (entry.kind === "folder" && this.#lastFolder !== listed.key) {
        this.#lastFolder = listed.key;
        this.#options.onFolder(listed.key, entry);
      }
      if (order === 0) return listed.entry;
      this.#at += 1;
    }
  }

  /** Everything from the beginning on; rejects as `find` does. */
  async *all(): AsyncGenerator<KeyedEntry, void> {
    try {
      while (await this.#load()) yield* this.#page;
    } finally {
      this.close();
    }
  }

  /** Lets go of the page; nothing is asked for any more. */
  close(): void {
    this.#page = [];
    this.#options.held.giveAll();
  }

  async #load(): Promise<boolean> {
    const pageToken = this.#nextPageToken;
    if (pageToken === null) return false;
    const { service, retrier, destination } = this.#options;
    const wish = { recursive: true, ...(pageToken !== undefined && { pageToken }) };
    await retrier.run(async () => this.#take(await service.listPage(destination, wish)));
    return true;
  }

  #take(page: ListingPage): void {
    let lastKey = this.#lastKey;
    const listed: KeyedEntry[] = [];
    for (const entry of page.entries) {
      // What is outside the contract is no word for a target: it is sent again.
      if (entry.kind === "unknown") continue;
      const key = this.#keyOf(entry);
      if (compareKeys(key, lastKey) <= 0) throw damaged();
      lastKey = key;
      listed.push({ key, entry });
    }
    // Without anything new and without an end it would go on for ever.
    if (listed.length === 0 && page.nextPageToken !== null) throw damaged();
    this.#hold(listed);
    this.#at = 0;
    this.#lastKey = lastKey;
    this.#nextPageToken = page.nextPageToken;
  }

  #hold(listed: readonly KeyedEntry[]): void {
    const { held } = this.#options;
    held.giveAll();
    this.#page = listed;
    const pathBytes = listed.reduce((sum, { entry }) => sum + Buffer.byteLength(entry.path), 0);
    held.take({ entryCount: listed.length, pathBytes });
  }

  #keyOf(entry: Entry): string {
    if (!entry.path.startsWith(this.#prefix)) throw damaged();
    const path = entry.path.slice(this.#prefix.length);
    return entry.kind === "folder" ? `${path}/` : path;
  }
}

/** No listing that the service made is like this: it was damaged on its way. */
function damaged(): ServiceError {
  return new ServiceError(
    exchangeFailed("corrupt"),
    message("exchange.failed", {
      what: message("exchange.listing-service"),
      why: message("exchange.entries-out-of-order"),
    }),
  );
}
