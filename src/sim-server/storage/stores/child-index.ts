import { comparePathOrder, needsPathOrder } from "./path-order.ts";
import type { FileNode, FolderNode, TreeNode } from "./tree-nodes.ts";

/** What a node is ordered by among its siblings: a folder as if its name ended in `/`. */
export function siblingKey(node: TreeNode): string {
  return node.kind === "folder" ? `${node.name}/` : node.name;
}

type Compare = (left: TreeNode, right: TreeNode) => number;

const byPathOrder: Compare = (left, right) => comparePathOrder(siblingKey(left), siblingKey(right));

/** The same order for names without characters past U+FFFF, many times faster. */
const byCodeUnits: Compare = (left, right) => (siblingKey(left) < siblingKey(right) ? -1 : 1);

/**
 * The children of one folder: found by name at once, and in listing order on demand. The order is
 * made when it is first asked for. Later additions are merged in; what was removed stays in it as a
 * dead entry until half of it is dead. So neither paging through a million files nor deleting them
 * page by page sorts them again.
 */
export class ChildIndex {
  readonly #folders = new Map<string, FolderNode>();
  readonly #files = new Map<string, FileNode>();
  #sorted: TreeNode[] = [];
  #added: TreeNode[] = [];
  #deadCount = 0;
  #compare: Compare = byCodeUnits;

  /** The folder of that name, if there is one. */
  folder(name: string): FolderNode | undefined {
    return this.#folders.get(name);
  }

  /** The file of that name, if there is one. */
  file(name: string): FileNode | undefined {
    return this.#files.get(name);
  }

  /** Whether this very node is in the folder: an entry of `sorted` may have gone since. */
  has(node: TreeNode): boolean {
    return node === (node.kind === "folder" ? this.folder(node.name) : this.file(node.name));
  }

  /** Puts a node in under its name; the caller has made sure that the name is free. */
  add(node: TreeNode): void {
    if (node.kind === "folder") this.#folders.set(node.name, node);
    else this.#files.set(node.name, node);
    this.#added.push(node);
    if (needsPathOrder(node.name)) this.#compare = byPathOrder;
  }

  /** Takes a node out for good. One that is going to be renamed leaves by `release`. */
  remove(node: TreeNode): void {
    if (node.kind === "folder") this.#folders.delete(node.name);
    else this.#files.delete(node.name);
    this.#deadCount += 1;
  }

  /** Takes a node out that lives on under another name or elsewhere. */
  release(node: TreeNode): void {
    this.remove(node);
    // An entry is known to be dead by its name, so none may stay behind that gets another.
    this.#sorted = [...this.#folders.values(), ...this.#files.values()].toSorted(this.#compare);
    this.#added = [];
    this.#deadCount = 0;
  }

  /** The children in listing order, with dead entries among them: ask `has`. Not to be changed. */
  sorted(): readonly TreeNode[] {
    if (this.#added.length > 0) {
      const added = this.#added.filter((node) => this.has(node)).toSorted(this.#compare);
      this.#sorted = merge(this.#sorted, added, this.#compare);
      this.#added = [];
    }
    if (this.#deadCount * 2 > this.#sorted.length) {
      this.#sorted = this.#sorted.filter((node) => this.has(node));
      this.#deadCount = 0;
    }
    return this.#sorted;
  }

  get isEmpty(): boolean {
    return this.#folders.size === 0 && this.#files.size === 0;
  }

  /** All children, in no order. */
  *[Symbol.iterator](): IterableIterator<TreeNode> {
    yield* this.#folders.values();
    yield* this.#files.values();
  }
}

/** Merges two runs that are in order. */
function merge(left: readonly TreeNode[], right: TreeNode[], compare: Compare): TreeNode[] {
  if (left.length === 0) return right;
  const merged: TreeNode[] = [];
  let index = 0;
  for (const node of right) {
    let next = left[index];
    while (next !== undefined && compare(next, node) < 0) {
      merged.push(next);
      index += 1;
      next = left[index];
    }
    merged.push(node);
  }
  for (; index < left.length; index += 1) {
    const next = left[index];
    if (next !== undefined) merged.push(next);
  }
  return merged;
}
