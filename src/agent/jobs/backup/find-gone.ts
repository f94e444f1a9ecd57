import { compareKeys } from "../../core/compare-keys.ts";
import { foldersAbove } from "../../core/folders-above.ts";
import type { KnownEntry } from "../../state/known-entries.ts";
import type { ScanItem } from "./scan-item.ts";

/** Where what is gone is noted. */
interface GoneNotes {
  markGone(entry: KnownEntry): void;
  /** Something stands there after all: takes back what was noted of a key, below it and above. */
  unmarkGone(key: string): void;
}

interface FindGoneOptions {
  readonly notes: GoneNotes;
  /** Whether the scan was told to end before it was done: what it did not reach is not gone. */
  readonly isStopped: () => boolean;
  /** Called when the scan came to its end, with how many files it found to back up. */
  readonly onEnd: (fileCount: number) => void;
}

/**
 * Passes the items of a scan on and notes what the agent knows to be on the service and the scan did
 * not find, with the folders that went with it (F17). What stands at a path protects what is known under
 * that path if it is of the same kind, and a folder that was not listed all below it, whatever the order
 * in which it comes (D9). A file in the place of a folder protects nothing below it, a folder no file, a
 * link neither: a path whose kind changed is another target (D21). What is known and what is found come in
 * order of key, so that only the place where they stand is in memory.
 */
export async function* findGone(
  items: AsyncIterable<readonly ScanItem[]>,
  known: Iterator<KnownEntry, void>,
  options: FindGoneOptions,
): AsyncGenerator<readonly ScanItem[], void> {
  const finder = new GoneFinder(known, options.notes);
  for await (const some of items) {
    for (const item of some) finder.pass(item);
    yield some;
  }
  if (options.isStopped()) return;
  finder.end();
  options.onEnd(finder.fileCount);
}

class GoneFinder {
  fileCount = 0;
  readonly #known: Iterator<KnownEntry, void>;
  readonly #notes: GoneNotes;
  #next: IteratorResult<KnownEntry, void>;
  /** The furthest place an item stood at, as a key. */
  #place = "";
  /** Keys of folders that protect what comes next; those the known entries have passed are dropped. */
  #protecting: string[] = [];
  /** Folders in which names were not decoded: a known name with their sign may be one of these. */
  #undecodedIn: string[] = [];
  /** The folders noted last, each in the one before it. */
  #notedFolders: readonly string[] = [];
  #hasNoted = false;

  constructor(known: Iterator<KnownEntry, void>, notes: GoneNotes) {
    this.#known = known;
    this.#notes = notes;
    this.#next = known.next();
  }

  pass(item: ScanItem): void {
    if (item.kind === "seen-folder") return;
    const { kind, entryKind, path } = item;
    if (kind === "target" && entryKind === "file") this.fileCount += 1;
    if (kind === "failed" && item.pathBytes !== null) {
      const folder = path.slice(0, path.lastIndexOf("/") + 1);
      if (this.#undecodedIn.at(-1) !== folder) this.#undecodedIn.push(folder);
      return this.#unmark(path, `${path}/`);
    }
    const asFolder = `${path}/`;
    if (entryKind === "folder") {
      const isInOrder = this.#moveTo(asFolder);
      if (kind !== "target") this.#protect(asFolder, isInOrder);
    } else if (entryKind === "file") {
      this.#moveTo(path);
    } else if (item.kind === "excluded" && item.why === "unknown") {
      // It may be the very file or folder.
      this.#moveTo(path);
      this.#protect(asFolder, true);
    } else {
      this.#moveTo(path, false);
    }
  }

  end(): void {
    this.#takeUntil(undefined);
  }

  /**
   * False when the place was passed already: an empty folder comes after what is in it. `isFound`:
   * whether what is known under this key is what stands there.
   */
  #moveTo(place: string, isFound = true): boolean {
    if (compareKeys(place, this.#place) <= 0) return false;
    this.#takeUntil(place);
    this.#place = place;
    if (isFound && this.#next.done !== true && this.#next.value.key === place) {
      this.#next = this.#known.next();
    }
    return true;
  }

  #protect(folderKey: string, isInOrder: boolean): void {
    this.#protecting.push(folderKey);
    if (!isInOrder) this.#unmark(folderKey);
  }

  /** Takes the known entries that stand before `place`; none of them was found. */
  #takeUntil(place: string | undefined): void {
    while (this.#next.done !== true) {
      const { key } = this.#next.value;
      if (place !== undefined && compareKeys(key, place) >= 0) return;
      this.#dropPassed(key);
      if (!this.#isProtected(key) && !this.#isThere(key, place)) {
        this.#note(this.#next.value, place);
      }
      this.#next = this.#known.next();
    }
    if (place !== undefined) this.#dropPassed(place);
  }

  #dropPassed(key: string): void {
    const isAhead = (folderKey: string): boolean =>
      compareKeys(key, folderKey) < 0 || key.startsWith(folderKey);
    if (this.#protecting.length > 0) this.#protecting = this.#protecting.filter(isAhead);
    if (this.#undecodedIn.length > 0) {
      const isAheadOrIn = (folder: string): boolean =>
        compareKeys(key, folder) < 0 || key.startsWith(folder);
      this.#undecodedIn = this.#undecodedIn.filter(isAheadOrIn);
    }
  }

  #isProtected(key: string): boolean {
    return (
      this.#protecting.some(
        (folderKey) => key.startsWith(folderKey) || isFolderAround(key, folderKey),
      ) || this.#undecodedIn.some((folder) => key.startsWith(folder) && key.includes("\uFFFD"))
    );
  }

  /** Whether a folder is there because something in it is: what stands right before it or after. */
  #isThere(key: string, place: string | undefined): boolean {
    return isFolderAround(key, this.#place) || (place !== undefined && isFolderAround(key, place));
  }

  #note(entry: KnownEntry, place: string | undefined): void {
    const { key } = entry;
    const folders = foldersAbove(key).filter((folder) => !this.#isThere(folder, place));
    for (const folder of folders) {
      if (this.#notedFolders.includes(folder)) continue;
      this.#notes.markGone({ key: folder, sizeBytes: 0, deviceId: null, fileId: null });
    }
    this.#notedFolders = key.endsWith("/") ? [...folders, key] : folders;
    this.#hasNoted = true;
    this.#notes.markGone(entry);
  }

  /** Something came that should have come before. */
  #unmark(...keys: readonly string[]): void {
    if (!this.#hasNoted) return;
    for (const key of keys) this.#notes.unmarkGone(key);
  }
}

/** Whether `key` is a folder's and `place`, a path or key, is below it or the folder itself. */
function isFolderAround(key: string, place: string): boolean {
  return key.endsWith("/") && place.startsWith(key);
}
