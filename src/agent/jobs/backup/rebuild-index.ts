import type { Entry } from "../../../protocol/http/schemas.ts";
import { parseMode } from "../../../protocol/posix-mode.ts";
import { FileIndex } from "../../state/file-index.ts";
import { SourceStore } from "../../state/source-store.ts";
import type { StateDatabase } from "../../state/state-database.ts";
import type { KeyedEntry } from "./service-listing.ts";

/** Entries that are written in one transaction. */
const ENTRIES_TOGETHER_COUNT = 500;

/**
 * Builds the index of a source anew from what the service lists, after its state file was damaged: what it
 * remembers may be older than what is there. An entry that is listed as it is remembered stays; one that is
 * listed otherwise, or was not remembered, is taken from the listing; all others go. Each file is read once
 * more before it counts as unchanged, and what only the listing knows is nobody's to delete until a backup
 * has seen it on this PC. Rejects with what the listing rejects with; then the next backup begins anew.
 */
export async function rebuildIndex(
  database: StateDatabase,
  sourceId: number,
  listed: AsyncIterable<KeyedEntry>,
): Promise<void> {
  const index = new FileIndex(database, sourceId);
  database.transaction("streaming", () => index.markAllUncertain());
  let waiting: KeyedEntry[] = [];
  const write = (): void => {
    database.transaction("streaming", () => {
      for (const { key, entry } of waiting) take(index, key, entry);
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
    new SourceStore(database).setIndexOld(sourceId, false);
  });
}

function modeOf({ mode }: Entry): number | undefined {
  return mode === null ? undefined : parseMode(mode);
}

function take(index: FileIndex, key: string, entry: Entry): void {
  const isKnown = entry.kind === "folder" ? index.has(key) : index.sha256Of(key) === entry.sha256;
  if (isKnown) return index.confirm(key, modeOf(entry));
  if (entry.kind === "folder") index.putFolder(key);
  else index.putListed(key, entry, modeOf(entry));
  index.disown(key);
}
