import { forbiddenNameCause } from "../../protocol/forbidden-name.ts";
import { message, type Message } from "../../messages/message.ts";

/** A folder that is or is to be a source, or the agent's own. */
export interface PlacedFolder {
  readonly path: string;
  /** Identity on the disk; null when it is not there now. */
  readonly fileId: string | null;
}

/** What `sourceRefusal` judges. */
export interface SourceCandidate {
  readonly folder: PlacedFolder;
  readonly name: string;
  /** Identities of the candidate and of every folder above it, nearest first. */
  readonly lineIds: readonly string[];
  readonly sources: readonly PlacedFolder[];
  /** Identities of every folder above each source, by the source's path. */
  readonly sourceLineIds: ReadonlyMap<string, readonly string[]>;
  readonly home: PlacedFolder;
  readonly homeLineIds: readonly string[];
}

/**
 * Why a folder cannot become a source, for people; undefined when it can (D17, F20). Folders are
 * compared by their identity on the disk, so a case variant or a second spelling is recognised.
 */
export function sourceRefusal(candidate: SourceCandidate): Message | undefined {
  const { folder, lineIds, name } = candidate;
  if (name === "") return message("source.no-name", { path: folder.path });
  const forbidden = forbiddenNameCause(name, "folder");
  if (forbidden !== undefined) {
    return message("source.forbidden-name", { name });
  }
  for (const source of candidate.sources) {
    if (source.fileId !== null && source.fileId === folder.fileId) {
      return message("source.is-source-as", { path: folder.path, other: source.path });
    }
    if (source.path === folder.path) return message("source.is-source", { path: folder.path });
    if (source.fileId !== null && lineIds.includes(source.fileId)) {
      return message("source.inside-source", { path: folder.path, other: source.path });
    }
    const line = candidate.sourceLineIds.get(source.path) ?? [];
    if (folder.fileId !== null && line.includes(folder.fileId)) {
      return message("source.holds-source", { path: folder.path, other: source.path });
    }
  }
  return homeRefusal(candidate);
}

function homeRefusal({ folder, lineIds, home, homeLineIds }: SourceCandidate): Message | undefined {
  const isHome =
    home.fileId !== null && (home.fileId === folder.fileId || lineIds.includes(home.fileId));
  const holdsHome = folder.fileId !== null && homeLineIds.includes(folder.fileId);
  if (!isHome && !holdsHome) return undefined;
  return message("source.holds-home", { path: folder.path, home: home.path });
}

/** A name for the source on the service that no other source has: `name`, `name (2)`, ... */
export function uniqueSourceName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) {
    const candidate = `${name} (${number})`;
    if (!taken.has(candidate)) return candidate;
  }
}
