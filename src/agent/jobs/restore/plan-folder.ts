import { formatServicePath, type ServicePath } from "../../../protocol/service-path.ts";
import { parseMode } from "../../../protocol/posix-mode.ts";
import { COMPLETED } from "../../core/file-outcome.ts";
import { falseAnswer, restoreFailure, type RestoreFailure } from "./restore-failure.ts";
import { restorePath } from "../../core/restore-path.ts";
import type { Entry } from "../../../protocol/http/schemas.ts";
import { ServiceError, type ListedEntry, type ListingPage } from "../../ports/service.ts";
import { guardMemory } from "../guard-memory.ts";
import { StoppedError } from "../job-stop.ts";
import { FolderStack } from "./folder-stack.ts";
import { EndlessListingError, listFolder } from "./list-folder.ts";
import { readableListedPath } from "./readable-listed-path.ts";
import type { RestoreContext } from "./restore-context.ts";
import type { LeftOut, RestoreItem } from "./restore-item.ts";
import type { SettledEntry } from "./settled-entry.ts";
import type { TargetFolder } from "./target-folder.ts";
import { message } from "../../../messages/message.ts";

interface PlanFolderOptions {
  readonly context: RestoreContext;
  /** The restored folder on the service. */
  readonly place: ServicePath;
  readonly firstPage: ListingPage;
  /** The chosen folder on this PC. */
  readonly root: TargetFolder;
  /** Takes what is next, in the order of the listing; waits while there is enough. */
  readonly put: (item: RestoreItem) => Promise<void>;
}

/**
 * Reads the listing, takes no entry at its word, and makes the folders on the way. Holds one page,
 * whatever the number of files. Resolves to what kept it from coming to the end, which then has the
 * restored folder's own row. Rejects with `StoppedError` when a stop did.
 */
export async function planFolder(options: PlanFolderOptions): Promise<RestoreFailure | undefined> {
  const { put, context } = options;
  const planner = new FolderPlanner(options);
  try {
    const isGettingOn = (): boolean => planner.isGettingOn();
    const listed = listFolder({ ...options, isGettingOn });
    for await (const entries of guardMemory(listed, "restore", context))
      await planner.take(entries);
    await planner.closeFolder();
    return undefined;
  } catch (error) {
    const found = failureOf(error);
    await put({ kind: "settled", row: { path: "", entryKind: "folder" }, outcome: found });
    return found;
  } finally {
    await planner.leave();
  }
}

function failureOf(error: unknown): RestoreFailure {
  if (error instanceof ServiceError) return restoreFailure(error);
  if (error instanceof EndlessListingError) return error.failure;
  throw error;
}

/** A folder that is empty unless the next entry is below it. */
interface OpenFolder {
  readonly names: readonly string[];
  /** As the service names it, with `/` behind it. */
  readonly prefix: string;
}

class FolderPlanner {
  readonly #options: PlanFolderOptions;
  readonly #folder: string;
  readonly #folders: FolderStack;
  #lastKey = "";
  #keyWhenAsked = "";
  #openFolder: OpenFolder | undefined;
  /** The outermost folder, where the plan is, that is not the current one of its name; as the service names it. */
  #olderPrefix: string | undefined;

  constructor(options: PlanFolderOptions) {
    this.#options = options;
    this.#folder = formatServicePath(options.place);
    this.#folders = new FolderStack({
      context: options.context,
      root: options.root,
      onFailed: (path, failure) => this.#settle({ path, entryKind: "folder" }, failure),
    });
  }

  isGettingOn(): boolean {
    const isFurther = this.#lastKey !== this.#keyWhenAsked;
    this.#keyWhenAsked = this.#lastKey;
    return isFurther;
  }

  async take(entries: readonly ListedEntry[]): Promise<void> {
    for (const entry of entries) {
      if (this.#options.context.stop.reason?.rest === "at-once") throw new StoppedError();
      await this.#takeEntry(entry);
    }
  }

  /** A folder turned out to be empty: it is a target of its own (decision 0006). */
  async closeFolder(): Promise<void> {
    const found = this.#openFolder;
    this.#openFolder = undefined;
    if (found === undefined) return;
    const { stop } = this.#options.context;
    const path = found.names.join("/");
    if (stop.reason !== undefined) {
      return this.#settle({ path, entryKind: "folder" }, stop.reason.failure);
    }
    if (this.#isOlder(found.prefix) && this.#options.context.conflicts.isSkip) {
      return this.#leaveOut({ path, entryKind: "folder", sizeBytes: 0 });
    }
    const folder = await this.#folders.enter(found.names);
    if (folder.failure !== undefined) return;
    await folder.makeDurable();
    await this.#settle({ path, entryKind: "folder" }, COMPLETED);
  }

  #isOlder(prefix: string): boolean {
    return this.#olderPrefix !== undefined && prefix.startsWith(this.#olderPrefix);
  }

  /** Lets go of the folders. */
  leave(): Promise<void> {
    return this.#folders.leave();
  }

  async #takeEntry(entry: ListedEntry): Promise<void> {
    const found = restorePath(entry, this.#folder, this.#lastKey);
    if (entry.kind === "unknown" || found.kind === "refused") {
      const why = found.kind === "refused" ? found.why : message("restore.entry-of-unknown-kind");
      const path = readableListedPath(entry.path, this.#folder);
      const entryKind = entry.kind === "unknown" ? "other" : entry.kind;
      return this.#settle({ path, entryKind }, falseAnswer(why));
    }
    // An entry that is not believed proves no folder empty.
    const isBelow =
      this.#openFolder !== undefined && entry.path.startsWith(this.#openFolder.prefix);
    if (!isBelow) await this.closeFolder();
    this.#lastKey = found.key;
    this.#openFolder = undefined;
    const { names } = found;
    const isOlder = this.#noteOlder(entry, names);
    if (entry.kind === "folder") {
      this.#openFolder = { names, prefix: `${entry.path}/` };
      this.#folders.expect(names, {
        writeOrder: entry.writeOrder,
        attributes: {
          modifiedAtNs: entry.modifiedAtNs === null ? undefined : BigInt(entry.modifiedAtNs),
          mode: entry.mode === null ? undefined : parseMode(entry.mode),
        },
      });
      return;
    }
    if (isOlder && this.#options.context.conflicts.isSkip) {
      const { sizeBytes } = entry;
      return this.#leaveOut({ path: names.join("/"), entryKind: "file", sizeBytes });
    }
    const folder = await this.#folders.enter(names.slice(0, -1));
    const name = names.at(-1) ?? "";
    folder.holdFor(name);
    await this.#options.put({
      kind: "file",
      path: names.join("/"),
      name,
      folder,
      place: [...this.#options.place, ...names],
      sizeBytes: entry.sizeBytes,
      modifiedAtNs: BigInt(entry.modifiedAtNs),
      mode: entry.mode === null ? undefined : parseMode(entry.mode),
      sha256: entry.sha256,
      writeOrder: entry.writeOrder,
      ...(isOlder && { isOlder }),
    });
  }

  /** Whether an entry, or a folder that it is in, is not the current one of its name. */
  #noteOlder(entry: Entry, names: readonly string[]): boolean {
    if (this.#olderPrefix !== undefined) {
      if (entry.path.startsWith(this.#olderPrefix)) return true;
      this.#olderPrefix = undefined;
    }
    if (entry.supersededAt === undefined) return false;
    if (entry.kind === "folder") {
      this.#olderPrefix = `${entry.path}/`;
      this.#folders.noteOlder(names);
    }
    return true;
  }

  #leaveOut(row: LeftOut["row"]): Promise<void> {
    return this.#options.put({ kind: "left-out", row, why: message("restore.older-left-out") });
  }

  #settle(row: SettledEntry["row"], outcome: SettledEntry["outcome"]): Promise<void> {
    return this.#options.put({ kind: "settled", row, outcome });
  }
}
