import { ownText } from "../../copies/own-text.ts";
import { ChildIndex } from "./child-index.ts";

/** One stored state of a file. Its bytes are in the bytes store, under `sha256`. */
export interface StoredGeneration {
  /** 1 for the first ever stored of this file; never used again after it fell out. */
  readonly generation: number;
  readonly sizeBytes: number;
  /** Nanoseconds since 1970, decimal. */
  readonly modifiedAtNs: string;
  /** Permission bits as four octal digits; null when its PC has none. Changes without a new generation. */
  mode: string | null;
  readonly savedAtMs: number;
  readonly sha256: string;
}

/** A file: one or more generations, newest first. */
export interface FileNode {
  readonly kind: "file";
  readonly id: string;
  name: string;
  parent: FolderNode;
  readonly generations: StoredGeneration[];
  /** The number of the last write to it among those of its contract. */
  writeOrder: number;
  /** Since when the folder of its name is the current one; undefined while it is itself. */
  supersededAtMs?: number;
}

/** What a PC says of a folder. */
export interface FolderAttributes {
  /** Nanoseconds since 1970, decimal. */
  readonly modifiedAtNs: string;
  /** Permission bits as four octal digits; null when the PC has none. */
  readonly mode: string | null;
}

/** A folder. The root has no parent and an empty name. */
export interface FolderNode {
  readonly kind: "folder";
  readonly id: string;
  name: string;
  parent: FolderNode | null;
  readonly createdAtMs: number;
  /** The number of the last write to it among those of its contract; what is written below it does not count. */
  writeOrder: number;
  /** What a PC said of it last; null where nothing was said. */
  attributes: FolderAttributes | null;
  readonly children: ChildIndex<FolderNode, FileNode>;
  /** Since when the file of its name is the current one; undefined while it is itself. */
  supersededAtMs?: number;
}

/** A file or a folder. */
export type ServiceNode = FileNode | FolderNode;

/** A folder with nothing in it, not yet in any other. */
export function newFolderNode(
  made: Pick<FolderNode, "id" | "name" | "createdAtMs" | "writeOrder">,
): FolderNode {
  const children = new ChildIndex<FolderNode, FileNode>();
  const name = ownText(made.name);
  return { kind: "folder", ...made, name, parent: null, attributes: null, children };
}

/** The newest generation; every file has one. */
export function newestGeneration(file: FileNode): StoredGeneration {
  const newest = file.generations[0];
  if (newest === undefined) throw new Error(`file ${file.id} has no generation`);
  return newest;
}

/** The entity tag of one generation: two generations of a file never share one, nor do two files. */
export function generationEtag(file: FileNode, generation: StoredGeneration): string {
  return `"${file.id}.${generation.generation}"`;
}

/** The names from the root down to a node. */
export function namesOf(node: ServiceNode): string[] {
  const names: string[] = [];
  for (let at: ServiceNode | null = node; at !== null && at.parent !== null; at = at.parent) {
    names.push(at.name);
  }
  return names.toReversed();
}
