import type { Link } from "@jsonjoy.com/fs-core";

import type { DiskAccess, DiskNodeKind } from "./disk-node.ts";
import type { DiskTree } from "./disk-tree.ts";

/** One entry as somebody who looks at the disk sees it. */
export interface DiskSnapshotEntry {
  readonly kind: DiskNodeKind;
  /** Content of a file at that moment; empty for everything else. */
  readonly bytes: Buffer;
  readonly modifiedAtNs: bigint;
  readonly hidden: boolean;
  readonly access: DiskAccess;
  readonly locked: boolean;
}

/**
 * Everything below an entry, by path, in the order of the names. Undecodable bytes stand as lone
 * surrogates. Content is copied: the snapshot never changes.
 */
export function snapshotOf(tree: DiskTree, top: Link): Map<string, DiskSnapshotEntry> {
  const snapshot = new Map<string, DiskSnapshotEntry>();
  const visit = (link: Link): void => {
    const node = tree.node(link);
    snapshot.set(tree.pathOf(link), {
      kind: node.kind,
      bytes: node.core.getBuffer(),
      modifiedAtNs: node.modifiedAtNs,
      hidden: node.hidden,
      access: node.access,
      locked: node.locked,
    });
    if (node.kind !== "folder") return;
    const names = [...tree.children(link)].toSorted(([one], [other]) => (one < other ? -1 : 1));
    for (const [, child] of names) visit(child);
  };
  visit(top);
  return snapshot;
}
