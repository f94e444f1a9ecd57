import type { FileEntry, FolderEntry, Generation } from "../../../protocol/http/schemas.ts";
import { formatInstant } from "../http/instant.ts";
import {
  generationEtag,
  newestGeneration,
  type FileNode,
  type FolderNode,
  type StoredGeneration,
  type ServiceNode,
} from "./service-nodes.ts";

/** A file as the contract shows it. */
export function fileEntry(file: FileNode, path: string): FileEntry {
  const newest = newestGeneration(file);
  return {
    kind: "file",
    id: file.id,
    name: file.name,
    path,
    sizeBytes: newest.sizeBytes,
    modifiedAtNs: newest.modifiedAtNs,
    mode: newest.mode,
    savedAt: formatInstant(newest.savedAtMs),
    writeOrder: file.writeOrder,
    sha256: newest.sha256,
    etag: generationEtag(file, newest),
    generationCount: file.generations.length,
    ...supersededMember(file),
  };
}

/** A folder as the contract shows it. */
export function folderEntry(folder: FolderNode, path: string): FolderEntry {
  return {
    kind: "folder",
    id: folder.id,
    name: folder.name,
    path,
    modifiedAtNs: folder.attributes?.modifiedAtNs ?? null,
    mode: folder.attributes?.mode ?? null,
    createdAt: formatInstant(folder.createdAtMs),
    writeOrder: folder.writeOrder,
    ...supersededMember(folder),
  };
}

/** Says of a node beside a newer one of its name since when it is not the current one. */
export function supersededMember({ supersededAtMs }: ServiceNode): { supersededAt?: string } {
  return supersededAtMs === undefined ? {} : { supersededAt: formatInstant(supersededAtMs) };
}

/** Either of the two. */
export function nodeEntry(node: ServiceNode, path: string): FileEntry | FolderEntry {
  return node.kind === "file" ? fileEntry(node, path) : folderEntry(node, path);
}

/** One kept generation as the contract shows it. */
export function generationEntry(file: FileNode, generation: StoredGeneration): Generation {
  return {
    generation: generation.generation,
    sizeBytes: generation.sizeBytes,
    modifiedAtNs: generation.modifiedAtNs,
    mode: generation.mode,
    savedAt: formatInstant(generation.savedAtMs),
    sha256: generation.sha256,
    etag: generationEtag(file, generation),
  };
}
