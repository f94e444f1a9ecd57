import { compareKeys } from "../../core/compare-keys.ts";
import { isModeSaved, isUnchanged, type IndexEntry } from "../../core/difference.ts";
import type { ScanItem, Target } from "./scan-item.ts";

/** A target with what the index knows of it. */
export interface ComparedTarget extends Target {
  /** What is on the service, as far as is known; undefined for a new target. */
  readonly known: IndexEntry | undefined;
  /** Whether its times alone say that its bytes are on the service as they are. */
  readonly isUnchanged: boolean;
  /** Whether its mode is there too; of a folder that is another matter (`SeenFolder`). */
  readonly isModeSaved: boolean;
}

/** What the comparison yields: targets compared, everything else as the scan had it. */
export type ComparedItem = ComparedTarget | Exclude<ScanItem, Target>;

/**
 * Merges the scan with the index, both in order of key: one step forward on either side per item,
 * no look-ups, a page of the index in memory (F21). Index entries without a target are passed over;
 * `onSuperseded` is told of those in whose place a target of the other kind stands.
 */
export async function* compare(
  items: AsyncIterable<readonly ScanItem[]>,
  index: Iterator<IndexEntry, void>,
  onSuperseded: (key: string) => void,
): AsyncGenerator<readonly ComparedItem[], void> {
  let next = index.next();
  const kinds = new KindWatch(onSuperseded);
  const compareOne = (item: ScanItem): ComparedItem => {
    if (item.kind !== "target") return item;
    while (next.done !== true && compareKeys(next.value.key, item.key) < 0) {
      kinds.passed(next.value.key);
      next = index.next();
    }
    kinds.found(item.key);
    const known = next.done !== true && next.value.key === item.key ? next.value : undefined;
    const unchanged =
      known !== undefined && (item.entryKind === "folder" || isUnchanged(item.stat, known));
    const modeSaved = item.entryKind === "folder" || isModeSaved(item.stat, known?.mode);
    return { ...item, known, isUnchanged: unchanged, isModeSaved: modeSaved };
  };
  for await (const some of items) yield some.map((item) => compareOne(item));
  while (next.done !== true && kinds.mayBeBelow(next.value.key)) {
    kinds.passed(next.value.key);
    next = index.next();
  }
}

/**
 * Sees files of the index in whose place a folder stands, and what the index has below a folder in whose
 * place a file stands. Keys come in order, so that only those that begin the present one are kept.
 */
class KindWatch {
  readonly #onSuperseded: (key: string) => void;
  /** Files of the index that were not found; one may have become a folder. */
  readonly #passedFiles: string[] = [];
  /** Files that were found; the index may have a folder of the name. */
  readonly #foundFiles: string[] = [];

  constructor(onSuperseded: (key: string) => void) {
    this.#onSuperseded = onSuperseded;
  }

  /** The index has a key that was not found. */
  passed(key: string): void {
    if (this.#foundFiles.some((file) => isBelow(key, file))) this.#onSuperseded(key);
    else if (!key.endsWith("/")) keep(this.#passedFiles, key);
  }

  /** Whether keys from here on can be below a file that was found. */
  mayBeBelow(key: string): boolean {
    return this.#foundFiles.some((file) => key.startsWith(file));
  }

  /** A target has this key. */
  found(key: string): void {
    dropPassed(this.#passedFiles, key);
    for (const file of this.#passedFiles.filter((one) => isBelow(key, one))) {
      this.#onSuperseded(file);
      this.#passedFiles.splice(this.#passedFiles.indexOf(file), 1);
    }
    if (!key.endsWith("/")) keep(this.#foundFiles, key);
  }
}

function isBelow(key: string, file: string): boolean {
  return key[file.length] === "/" && key.startsWith(file);
}

function keep(keys: string[], key: string): void {
  dropPassed(keys, key);
  keys.push(key);
}

/** Drops those that do not begin a key: nothing behind it is below them. */
function dropPassed(keys: string[], key: string): void {
  while (keys.length > 0 && !key.startsWith(keys.at(-1) ?? "")) keys.pop();
}
