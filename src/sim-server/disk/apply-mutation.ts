import type { DiskCalls } from "./disk-calls.ts";
import { DiskRefusal } from "./disk-error.ts";
import type { DiskMutation } from "../faults/disk-fault.ts";
import type { DiskNode } from "./disk-node.ts";
import type { DiskTree } from "./disk-tree.ts";

/**
 * Another application makes its change. When the target is gone, or where it should go is taken by
 * something that cannot be replaced, nothing happens: an application meets such errors too.
 */
export function applyMutation(tree: DiskTree, calls: DiskCalls, mutation: DiskMutation): void {
  const path = mutation.target ?? mutation.path;
  try {
    const node = tree.node(calls.entry(path));
    switch (mutation.mutate) {
      case "append":
        calls.write(node, Buffer.from(mutation.content), node.core.getSize());
        break;
      case "overwrite-same-size":
        overwrite(tree, node, mutation.keepModifiedAt);
        break;
      case "truncate":
        calls.truncate(node, Math.floor(node.core.getSize() / 2));
        break;
      case "rename":
      case "move":
        calls.rename(path, mutation.to);
        break;
      case "delete":
        tree.remove(calls.entry(path));
        break;
      case "lock":
        node.locked = true;
        break;
    }
  } catch (error) {
    if (!(error instanceof DiskRefusal)) throw error;
  }
}

function overwrite(tree: DiskTree, node: DiskNode, keepModifiedAt: boolean): void {
  const { modifiedAtNs } = node;
  const content = node.core.getBuffer();
  for (const [at, byte] of content.entries()) content[at] = byte ^ 0xff;
  tree.write(node, content, 0);
  if (keepModifiedAt) node.modifiedAtNs = modifiedAtNs;
}
