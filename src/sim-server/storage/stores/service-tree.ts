import type { ServicePath } from "../../../protocol/service-path.ts";
import { ownText } from "../../copies/own-text.ts";
import {
  newestGeneration,
  newFolderNode,
  type FolderAttributes,
  type FileNode,
  type FolderNode,
  type StoredGeneration,
  type ServiceNode,
} from "./service-nodes.ts";

/** Is told of the nodes of one tree. */
export interface TreeListener {
  /** A node came or has another place, name or generation. */
  changed(node: ServiceNode): void;
  /** A node went, with everything in it. */
  gone(node: ServiceNode): void;
}

/**
 * The folders and files of one contract: names, generations, dates; no bytes. Decides nothing about
 * who may write where or whether it fits. Files and folders of one name may stand side by side.
 */
export class ServiceTree {
  readonly root: FolderNode = newFolderNode({
    id: "d0",
    name: "",
    createdAtMs: 0,
    writeOrder: 0,
  });
  #nextId = 1;
  #folderCount = 0;
  #fileCount = 0;
  readonly #listener: TreeListener | undefined;

  /** A tree with nothing but its root. */
  constructor(listener?: TreeListener) {
    this.#listener = listener;
  }

  /** How many folders there are, the root not counted. */
  get folderCount(): number {
    return this.#folderCount;
  }

  /** How many files there are, of however many generations. */
  get fileCount(): number {
    return this.#fileCount;
  }

  /** The folder at a path; the root for an empty one. */
  folder(path: ServicePath): FolderNode | undefined {
    let folder: FolderNode | undefined = this.root;
    for (const name of path) {
      folder = folder.children.folder(name);
      if (folder === undefined) return undefined;
    }
    return folder;
  }

  /** The file at a path. */
  file(path: ServicePath): FileNode | undefined {
    const name = path.at(-1);
    if (name === undefined) return undefined;
    return this.folder(path.slice(0, -1))?.children.file(name);
  }

  /** How many names of a path are folders that exist, from the top. */
  existingDepth(path: ServicePath): number {
    let folder: FolderNode | undefined = this.root;
    for (const [depth, name] of path.entries()) {
      folder = folder.children.folder(name);
      if (folder === undefined) return depth;
    }
    return path.length;
  }

  /** The folder at a path, created with its parents where they are missing. */
  ensureFolder(path: ServicePath, nowMs: number): { folder: FolderNode; created: boolean } {
    let folder = this.root;
    let created = false;
    for (const name of path) {
      let child = folder.children.folder(name);
      if (child === undefined) {
        const id = this.takeId();
        child = newFolderNode({ id: `d${id}`, name, createdAtMs: nowMs, writeOrder: id });
        this.attach(child, folder);
        created = true;
      }
      folder = child;
    }
    return { folder, created };
  }

  /** Adds a file with its first generation to a folder that has none of that name. */
  addFile(parent: FolderNode, name: string, generation: StoredGeneration): FileNode {
    const id = this.takeId();
    const file: FileNode = {
      kind: "file",
      id: `f${id}`,
      writeOrder: id,
      name: ownText(name),
      parent,
      generations: [generation],
    };
    this.attachFile(file);
    return file;
  }

  /** Puts a file into the folder that it names as its parent. */
  attachFile(file: FileNode): void {
    file.parent.children.add(file);
    this.#fileCount += 1;
    this.#listener?.changed(file);
  }

  /**
   * Something was written at a path: it, and every folder above it, is what has its name by now; a file or
   * folder of the other kind beside one of them is superseded. Of all in the contract it was written to last.
   */
  makeCurrent(kind: "file" | "folder", path: ServicePath, nowMs: number): void {
    let at = this.root;
    for (const [index, name] of path.entries()) {
      const file = at.children.file(name);
      const folder = at.children.folder(name);
      if (file !== undefined && folder !== undefined) {
        const isFile = kind === "file" && index === path.length - 1;
        const [current, other] = isFile ? [file, folder] : [folder, file];
        if (current.supersededAtMs !== undefined || other.supersededAtMs === undefined) {
          delete current.supersededAtMs;
          other.supersededAtMs ??= nowMs;
          this.#listener?.changed(current);
          this.#listener?.changed(other);
        }
      }
      if (index === path.length - 1) this.#noteWrite(kind === "file" ? file : folder);
      if (folder === undefined) return;
      at = folder;
    }
  }

  #noteWrite(node: ServiceNode | undefined): void {
    if (node === undefined) return;
    node.writeOrder = this.takeId();
    this.#listener?.changed(node);
  }

  /** Takes a node out of the tree, and with a folder all that is in it. */
  remove(node: ServiceNode): void {
    this.#standAlone(node);
    for (const gone of walk(node)) {
      if (gone.kind === "file") this.#fileCount -= 1;
      else this.#folderCount -= 1;
    }
    node.parent?.children.remove(node);
    this.#listener?.gone(node);
  }

  /** Adds a generation to a file, the newest of it now; gives back those that fell out for it. */
  addGeneration(
    file: FileNode,
    generation: StoredGeneration,
    countMax: number,
  ): StoredGeneration[] {
    file.generations.unshift(generation);
    const fallen = file.generations.splice(countMax);
    this.#listener?.changed(file);
    return fallen;
  }

  /** Gives the newest generation of a file another mode. */
  setMode(file: FileNode, mode: string | null): void {
    newestGeneration(file).mode = mode;
    this.#noteWrite(file);
  }

  /** Notes what a PC says of a folder. */
  setAttributes(folder: FolderNode, attributes: FolderAttributes): void {
    folder.attributes = attributes;
    this.#noteWrite(folder);
  }

  /** Gives a node another place and name; neither is taken. */
  move(node: ServiceNode, parent: FolderNode, name: string): void {
    this.#standAlone(node);
    node.parent?.children.release(node);
    node.name = ownText(name);
    node.parent = parent;
    parent.children.add(node);
    this.#listener?.changed(node);
  }

  /** A node leaves its name: what stands beside it has the name, and it itself has its next one. */
  #standAlone(node: ServiceNode): void {
    const { parent, name } = node;
    const other =
      node.kind === "file" ? parent?.children.folder(name) : parent?.children.file(name);
    delete node.supersededAtMs;
    if (other?.supersededAtMs === undefined) return;
    delete other.supersededAtMs;
    this.#listener?.changed(other);
  }

  /** Puts a node into a folder. */
  attach(node: FolderNode, parent: FolderNode): void {
    node.parent = parent;
    parent.children.add(node);
    this.#folderCount += 1;
    this.#listener?.changed(node);
  }

  /** A number that no other node of this tree has or had, and no write before: greater than all of them. */
  takeId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    return id;
  }

  /** What the next id will be, for snapshots. */
  get nextId(): number {
    return this.#nextId;
  }

  /** Continues the ids of a snapshot. */
  set nextId(value: number) {
    this.#nextId = value;
  }
}

/** Every file and folder below a node, in no order; the node itself first. */
export function* walk(node: ServiceNode): IterableIterator<ServiceNode> {
  // A path can be thousands of names deep, so no recursion.
  const open: ServiceNode[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield next;
    if (next.kind === "folder") for (const child of next.children) open.push(child);
  }
}
