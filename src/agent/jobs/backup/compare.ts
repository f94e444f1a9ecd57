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

/** An entry of the index, or only the key of a file whose upload was cut off: what it says may be there. */
export type RememberedEntry = IndexEntry | { readonly key: string; readonly sha256?: undefined };

/** What the comparison yields: targets compared, everything else as the scan had it. */
export type ComparedItem = ComparedTarget | Exclude<ScanItem, Target>;

/** Told of what is remembered in whose place a target of the other kind stands, before that is passed on. */
export interface KindChanges {
  /** A folder stands where there was a file. */
  fileReplaced(key: string): void;
  /** A file stands where there was a folder with something in it. */
  folderReplaced(folderKey: string): void;
}

/**
 * Merges the scan with the index, both in order of key: one step forward on either side per item,
 * no look-ups, a page of the index in memory (F21). Entries without a target are passed over. With the
 * index come the keys of uploads that were cut off, also in order: they compare with nothing, and can be
 * replaced.
 */
export async function* compare(
  items: AsyncIterable<readonly ScanItem[]>,
  index: Iterator<RememberedEntry, void>,
  changes: KindChanges,
): AsyncGenerator<readonly ComparedItem[], void> {
  let next = index.next();
  const passedFiles = new PassedFiles();
  const compareOne = (item: ScanItem): ComparedItem => {
    if (item.kind !== "target") return item;
    while (next.done !== true && compareKeys(next.value.key, item.key) < 0) {
      passedFiles.add(next.value.key);
      next = index.next();
    }
    for (const file of passedFiles.takeAbove(item.key)) changes.fileReplaced(file);
    const found = next.done !== true && next.value.key === item.key ? next.value : undefined;
    if (item.entryKind === "file") {
      if (found !== undefined) next = index.next();
      // Whatever is below it would come right here, or behind names that begin with its own.
      const mayBeBelow = next.done !== true && next.value.key.startsWith(item.key);
      if (mayBeBelow) changes.folderReplaced(`${item.key}/`);
    }
    const known = found?.sha256 === undefined ? undefined : found;
    const unchanged =
      known !== undefined && (item.entryKind === "folder" || isUnchanged(item.stat, known));
    const modeSaved = item.entryKind === "folder" || isModeSaved(item.stat, known?.mode);
    return { ...item, known, isUnchanged: unchanged, isModeSaved: modeSaved };
  };
  for await (const some of items) yield some.map((item) => compareOne(item));
}

/**
 * Files that are remembered and were not found; a folder may stand where one was. Keys come in order, so
 * that only those that begin the present one are kept.
 */
class PassedFiles {
  readonly #keys: string[] = [];

  add(key: string): void {
    if (key.endsWith("/")) return;
    this.#dropPassed(key);
    this.#keys.push(key);
  }

  /** Takes those in whose place a folder stands that a target's key is in, or is the key of. */
  takeAbove(key: string): readonly string[] {
    this.#dropPassed(key);
    const above = this.#keys.filter((file) => key[file.length] === "/");
    for (const file of above) this.#keys.splice(this.#keys.indexOf(file), 1);
    return above;
  }

  /** Drops those that do not begin a key: nothing behind it is below them. */
  #dropPassed(key: string): void {
    while (this.#keys.length > 0 && !key.startsWith(this.#keys.at(-1) ?? "")) this.#keys.pop();
  }
}
