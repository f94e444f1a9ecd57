import { compareKeys } from "../../core/compare-keys.ts";
import { foldersAbove } from "../../core/folders-above.ts";
import type { KnownEntry } from "../../state/known-entries.ts";
import type { ScanItem } from "./scan-item.ts";

/** Where what is gone is noted. */
interface GoneNotes {
  markGone(entry: KnownEntry): void;
  /** Something stands at the path after all: takes back what was noted of it, below it and above. */
  unmarkGone(path: string): void;
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
 * not find, with the folders that went with it (F17). Whatever stands at a path protects the path and
 * all below it, whatever the order in which it comes (D9); only what a folder that was listed does not
 * have is gone from it. What is known and what is found come in order of key, so that only the place
 * where they stand is in memory.
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
  /** Files that are gone unless a folder of their name is still to come. */
  #held: KnownEntry[] = [];
  /** Paths that protect what comes next; those the known entries have passed are dropped. */
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
    const { kind, entryKind, path } = item;
    if (kind === "target" && entryKind === "file") this.fileCount += 1;
    if (kind === "failed" && item.pathBytes !== null) {
      const folder = path.slice(0, path.lastIndexOf("/") + 1);
      if (this.#undecodedIn.at(-1) !== folder) this.#undecodedIn.push(folder);
      this.#unmark(path);
      return;
    }
    const isInOrder = this.#moveTo(entryKind === "folder" ? `${path}/` : path);
    if (kind === "target" && entryKind === "folder") return;
    this.#protecting.push(path);
    if (!isInOrder) this.#unmark(path);
  }

  end(): void {
    this.#takeUntil(undefined);
    for (const entry of this.#held) this.#notes.markGone(entry);
  }

  /** False when the place was passed already: an empty folder comes after what is in it. */
  #moveTo(place: string): boolean {
    if (compareKeys(place, this.#place) <= 0) return false;
    this.#takeUntil(place);
    this.#release(place);
    this.#place = place;
    if (this.#next.done !== true && this.#next.value.key === place) this.#next = this.#known.next();
    return true;
  }

  /** Takes the known entries that stand before `place`; none of them was found. */
  #takeUntil(place: string | undefined): void {
    while (this.#next.done !== true) {
      const { key } = this.#next.value;
      if (place !== undefined && compareKeys(key, place) >= 0) return;
      this.#dropPassed(key);
      if (!this.#isProtected(key) && !this.#isThere(key, place))
        this.#note(this.#next.value, place);
      this.#next = this.#known.next();
    }
    if (place !== undefined) this.#dropPassed(place);
  }

  #dropPassed(key: string): void {
    const isAhead = (path: string): boolean =>
      compareKeys(key, `${path}/`) < 0 || key.startsWith(`${path}/`);
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
        (path) => key === path || key.startsWith(`${path}/`) || isFolderAround(key, path),
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
      this.#notes.markGone({ key: folder, sizeBytes: 0 });
    }
    this.#notedFolders = key.endsWith("/") ? [...folders, key] : folders;
    this.#hasNoted = true;
    if (key.endsWith("/") || place === undefined) this.#notes.markGone(entry);
    else this.#hold(entry, place);
  }

  #release(place: string): void {
    const held = this.#held;
    if (held.length === 0) return;
    this.#held = [];
    for (const entry of held) this.#hold(entry, place);
  }

  /** Notes a file that is gone, once the place is past the folder that may stand in its stead. */
  #hold(entry: KnownEntry, place: string): void {
    const asFolder = `${entry.key}/`;
    if (compareKeys(place, asFolder) < 0) this.#held.push(entry);
    else if (!place.startsWith(asFolder)) this.#notes.markGone(entry);
  }

  /** Something came that should have come before. */
  #unmark(path: string): void {
    this.#held = this.#held.filter(
      ({ key }) => key !== path && !key.startsWith(`${path}/`) && !path.startsWith(`${key}/`),
    );
    if (this.#hasNoted) this.#notes.unmarkGone(path);
  }
}

/** Whether `key` is a folder's and `place`, a path or key, is below it or the folder itself. */
function isFolderAround(key: string, place: string): boolean {
  return key.endsWith("/") && place.startsWith(key);
}
