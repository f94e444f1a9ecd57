import type { DiskNode } from "./disk-node.ts";
import type { DiskTree } from "./disk-tree.ts";

interface Change {
  readonly undo: () => void;
  readonly committed: () => void;
}

/**
 * What a power loss takes back of the agent's own changes. As on a journalling file system (NTFS, ext4,
 * APFS): a sync of one file makes its content durable, and with it every change of names made before;
 * content of other files that was not synced falls back to what it was at their last sync. Nothing
 * becomes durable by waiting, which is harsher than a real system that writes back after seconds; only
 * `writeBack` does that. What was deleted gives its space back once that is durable.
 */
export class DiskJournal {
  readonly #tree: DiskTree;
  #changes: Change[] = [];
  readonly #dirty = new Set<DiskNode>();

  constructor(tree: DiskTree) {
    this.#tree = tree;
  }

  /** A change of names was made; `undo` takes it back, `committed` runs once it is durable. */
  changed(undo: () => void, committed: () => void = () => undefined): void {
    this.#changes.push({ undo, committed });
  }

  /** The content of a file is about to be written. */
  writing(node: DiskNode): void {
    if (node.durable !== undefined) return;
    node.durable = node.core.getBuffer();
    this.#dirty.add(node);
  }

  /** A file or folder was synced. */
  synced(node: DiskNode): void {
    node.durable = undefined;
    this.#dirty.delete(node);
    for (const { committed } of this.#changes.splice(0)) committed();
  }

  /** The system has written everything back, as it does once nobody writes for some seconds. */
  writeBack(): void {
    for (const node of this.#dirty) node.durable = undefined;
    this.#dirty.clear();
    for (const { committed } of this.#changes.splice(0)) committed();
  }

  /** The power is lost. */
  lose(): void {
    for (const { undo } of this.#changes.splice(0).toReversed()) undo();
    for (const node of this.#dirty) {
      const content = node.durable ?? Buffer.alloc(0);
      node.durable = undefined;
      if (node.references === 0) continue;
      this.#tree.truncate(node, 0);
      this.#tree.write(node, content, 0);
    }
    this.#dirty.clear();
  }
}
