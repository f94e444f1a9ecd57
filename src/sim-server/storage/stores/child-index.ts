import { comparePathOrder, needsPathOrder } from "./path-order.ts";

/** What a child is found and ordered by. */
interface Child<Kind extends "file" | "folder"> {
  readonly kind: Kind;
  readonly name: string;
}

/** A child of either kind. */
type AnyChild = Child<"file"> | Child<"folder">;

/** What a node is ordered by among its siblings: a folder as if its name ended in `/`. */
export function siblingKey(node: AnyChild): string {
  return node.kind === "folder" ? `${node.name}/` : node.name;
}

type Compare = (left: AnyChild, right: AnyChild) => number;

const byPathOrder: Compare = (left, right) => comparePathOrder(siblingKey(left), siblingKey(right));

/** The same order for names without characters past U+FFFF, many times faster. */
const byCodeUnits: Compare = (left, right) => (siblingKey(left) < siblingKey(right) ? -1 : 1);

/**
 * The children of one folder: found by name at once, and in listing order on demand. The order is
 * made when it is first asked for. Later additions are merged in; what was removed stays in it as a
 * dead entry until half of it is dead. So neither paging through a million files nor deleting them
 * page by page sorts them again.
 */
export class ChildIndex<Folder extends Child<"folder">, File extends Child<"file">> {
  readonly #folders = new Map<string, Folder>();
  readonly #files = new Map<string, File>();
  #sorted: (Folder | File)[] = [];
  #added: (Folder | File)[] = [];
  #deadCount = 0;
  #compare: Compare = byCodeUnits;

  /** The folder of that name, if there is one. */
  folder(name: string): Folder | undefined {
    return this.#folders.get(name);
  }

  /** The file of that name, if there is one. */
  file(name: string): File | undefined {
    return this.#files.get(name);
  }

  /** Whether this very node is in the folder: an entry of `sorted` may have gone since. */
  has(node: Folder | File): boolean {
    return node === (node.kind === "folder" ? this.folder(node.name) : this.file(node.name));
  }

  /** Puts a node in under its name; the caller has made sure that the name is free. */
  add(node: Folder | File): void {
    if (node.kind === "folder") this.#folders.set(node.name, node);
    else this.#files.set(node.name, node);
    this.#added.push(node);
    if (needsPathOrder(node.name)) this.#compare = byPathOrder;
  }

  /** Takes a node out for good. One that is going to be renamed leaves by `release`. */
  remove(node: Folder | File): void {
    if (node.kind === "folder") this.#folders.delete(node.name);
    else this.#files.delete(node.name);
    this.#deadCount += 1;
  }

  /** Takes a node out that lives on under another name or elsewhere. */
  release(node: Folder | File): void {
    this.remove(node);
    // An entry is known to be dead by its name, so none may stay behind that gets another.
    this.#sorted = [...this.#folders.values(), ...this.#files.values()].toSorted(this.#compare);
    this.#added = [];
    this.#deadCount = 0;
  }

  /** The children in listing order, with dead entries among them: ask `has`. Not to be changed. */
  sorted(): readonly (Folder | File)[] {
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
  *[Symbol.iterator](): IterableIterator<Folder | File> {
    yield* this.#folders.values();
    yield* this.#files.values();
  }
}

/** Merges two runs that are in order. */
function merge<Node extends AnyChild>(
  left: readonly Node[],
  right: Node[],
  compare: Compare,
): Node[] {
  if (left.length === 0) return right;
  const merged: Node[] = [];
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
