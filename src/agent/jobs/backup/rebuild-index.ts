import type { Entry } from "../../../protocol/http/schemas.ts";
import { parseMode } from "../../../protocol/posix-mode.ts";
import { FileIndex } from "../../state/file-index.ts";
import { SourceStore } from "../../state/source-store.ts";
import type { StateDatabase } from "../../state/state-database.ts";
import type { KeyedEntry } from "./service-listing.ts";

/** Entries that are written in one transaction. */
const ENTRIES_TOGETHER_COUNT = 500;

/** What came of an index that was built anew. */
export interface RebuiltIndex {
  readonly fileCount: number;
  readonly sizeBytes: number;
  /** Files that the service lists and that were not remembered so. */
  readonly learnedFileCount: number;
}

interface RebuildIndexOptions {
  readonly database: StateDatabase;
  readonly sourceId: number;
  readonly listed: AsyncIterable<KeyedEntry>;
  /** Called in the transaction in which the index becomes the new one: which state of the service it is true of. */
  readonly advancePlace: () => void;
}

/**
 * Builds the index of a source anew from what the service lists, after its state file was damaged: what it
 * remembers may be older than what is there. An entry that is listed as it is remembered stays; one that is
 * listed otherwise, or was not remembered, is taken from the listing; all others go. Each file is read once
 * more before it counts as unchanged, and what only the listing knows is nobody's to delete until a backup
 * has seen it on this PC. Rejects with what the listing rejects with; then the next one who needs the index
 * begins anew.
 */
export async function rebuildIndex(options: RebuildIndexOptions): Promise<RebuiltIndex> {
  const { database, sourceId, listed, advancePlace } = options;
  const index = new FileIndex(database, sourceId);
  database.transaction("streaming", () => index.markAllUncertain());
  let [fileCount, sizeBytes, learnedFileCount] = [0, 0, 0];
  let waiting: KeyedEntry[] = [];
  const write = (): void => {
    database.transaction("streaming", () => {
      for (const { key, entry } of waiting) {
        const isLearned = take(index, key, entry);
        if (entry.kind === "folder") continue;
        fileCount += 1;
        sizeBytes += entry.sizeBytes;
        if (isLearned) learnedFileCount += 1;
      }
    });
    waiting = [];
  };
  for await (const one of listed) {
    waiting.push(one);
    if (waiting.length >= ENTRIES_TOGETHER_COUNT) write();
  }
  write();
  database.transaction("acknowledged", () => {
    index.removeUncertain();
    advancePlace();
    new SourceStore(database).setIndexOld(sourceId, false);
  });
  return { fileCount, sizeBytes, learnedFileCount };
}

function modeOf({ mode }: Entry): number | undefined {
  return mode === null ? undefined : parseMode(mode);
}

/** Takes what is listed into the index; whether it was not known so. */
function take(index: FileIndex, key: string, entry: Entry): boolean {
  const isKnown = entry.kind === "folder" ? index.has(key) : index.isAs(key, entry);
  if (isKnown) {
    index.confirm(key, modeOf(entry));
    return false;
  }
  if (entry.kind === "folder") index.putFolder(key);
  else index.putListed(key, entry, modeOf(entry));
  index.disown(key);
  return true;
}
