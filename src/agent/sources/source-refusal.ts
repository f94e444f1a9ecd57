import { forbiddenNameCause } from "../../protocol/forbidden-name.ts";

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
export function sourceRefusal(candidate: SourceCandidate): string | undefined {
  const { folder, lineIds, name } = candidate;
  if (name === "") return `${folder.path} has no name of its own; choose a folder in it`;
  const forbidden = forbiddenNameCause(name, "folder");
  if (forbidden !== undefined) {
    return `the name ${name} holds a character the service does not take, or begins with a full stop; rename the folder`;
  }
  for (const source of candidate.sources) {
    if (source.fileId !== null && source.fileId === folder.fileId) {
      return `${folder.path} is a source already, as ${source.path}`;
    }
    if (source.path === folder.path) return `${folder.path} is a source already`;
    if (source.fileId !== null && lineIds.includes(source.fileId)) {
      return `${folder.path} is inside the source ${source.path} and is backed up with it`;
    }
    const line = candidate.sourceLineIds.get(source.path) ?? [];
    if (folder.fileId !== null && line.includes(folder.fileId)) {
      return `the source ${source.path} is inside ${folder.path}; remove it first`;
    }
  }
  return homeRefusal(candidate);
}

function homeRefusal({ folder, lineIds, home, homeLineIds }: SourceCandidate): string | undefined {
  const isHome =
    home.fileId !== null && (home.fileId === folder.fileId || lineIds.includes(home.fileId));
  const holdsHome = folder.fileId !== null && homeLineIds.includes(folder.fileId);
  if (!isHome && !holdsHome) return undefined;
  return `${folder.path} is or holds the agent's own folder ${home.path}, which changes during every backup; choose another folder or another --home`;
}

/** A name for the source on the service that no other source has: `name`, `name (2)`, ... */
export function uniqueSourceName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) {
    const candidate = `${name} (${number})`;
    if (!taken.has(candidate)) return candidate;
  }
}
