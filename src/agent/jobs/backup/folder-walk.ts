import { pathRuleFailure } from "../../core/path-rules.ts";
import { DiskError, type DiskEntry, type DiskStat } from "../../ports/source-disk.ts";
import type { ScanOptions } from "./scan-options.ts";
import { sortedFolder } from "./sorted-folder.ts";

/** An entry with what a look at it said; folders are looked at when their turn comes. */
export interface SeenEntry {
  readonly entry: DiskEntry;
  readonly seen: DiskStat | DiskError | undefined;
}

const NOTHING_HIDDEN: ReadonlySet<string> = new Set();

/** One folder on its way through the scan: its entries in order of key, a chunk of them in memory. */
export class FolderWalk {
  readonly diskPath: string;
  /** What stands before a name in the path below the source: "" or "a/b/". */
  readonly prefix: string;
  /** State of the folder itself; undefined for the root. */
  readonly stat: DiskStat | undefined;
  /** Whether anything in it is a target: then the folder needs no row of its own (decision 0006). */
  hasTargets = false;
  readonly #options: ScanOptions;
  readonly #chunks: AsyncIterator<readonly DiskEntry[], void>;
  #hidden: ReadonlySet<string> | undefined;
  #loaded: readonly SeenEntry[] = [];
  #next = 0;
  #isListed = false;

  constructor(
    options: ScanOptions,
    place: { readonly diskPath: string; readonly prefix: string; readonly stat?: DiskStat },
  ) {
    this.diskPath = place.diskPath;
    this.prefix = place.prefix;
    this.stat = place.stat;
    this.#options = options;
    this.#chunks = sortedFolder(options.disk, place.diskPath, {
      spill: options.spill,
      held: options.holds(),
      count: options.tuning.itemsTogetherCount,
      namesInMemoryCountMax: options.tuning.namesInMemoryCountMax,
    });
  }

  /** The next entry that is in memory; undefined means: `load` more. */
  take(): SeenEntry | undefined {
    const entry = this.#loaded[this.#next];
    if (entry !== undefined) this.#next += 1;
    return entry;
  }

  /** Brings the next chunk into memory; false at the end of the folder. Rejects with `DiskError`. */
  async load(): Promise<boolean> {
    this.#hidden ??= await this.#hiddenNames();
    const chunk = await this.#chunks.next();
    if (!this.#isListed && this.stat !== undefined)
      this.#options.onFolder?.(this.prefix, this.stat);
    this.#isListed = true;
    if (chunk.done === true) return false;
    const seen = await Promise.all(chunk.value.map((entry) => this.#look(entry)));
    this.#loaded = chunk.value.map((entry, index) => ({ entry, seen: seen[index] }));
    this.#next = 0;
    return true;
  }

  /** Whether the name carries the hidden attribute and such entries are left out (F18). */
  isLeftOut(name: string): boolean {
    return this.#hidden?.has(name) ?? false;
  }

  /** Frees what the folder holds, read to its end or not. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  #hiddenNames(): Promise<ReadonlySet<string>> {
    if (this.#options.includeHidden) return Promise.resolve(NOTHING_HIDDEN);
    return this.#options.disk.hiddenNames(this.diskPath);
  }

  async #look(entry: DiskEntry): Promise<DiskStat | DiskError | undefined> {
    if (!this.#isLookedAt(entry)) return undefined;
    const { disk } = this.#options;
    try {
      if (entry.name === undefined) return await disk.statEntry(this.diskPath, entry);
      return await disk.stat(disk.join(this.diskPath, entry.name));
    } catch (error) {
      if (error instanceof DiskError) return error;
      throw error;
    }
  }

  /** A folder that can be gone into is looked at then. */
  #isLookedAt({ kind, name }: DiskEntry): boolean {
    if (kind !== "file" && kind !== "folder") return false;
    const { disk } = this.#options;
    const isRefused =
      name === undefined || pathRuleFailure(disk.shownName(name), kind) !== undefined;
    if (kind === "file" && !isRefused) return true;
    // Of what never gets far only which file it is can be of interest.
    return this.#options.looksAtAll === true && (isRefused || this.isLeftOut(name));
  }
}
