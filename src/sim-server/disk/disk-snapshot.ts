import type { Link } from "@jsonjoy.com/fs-core";

import type { DiskAccess, DiskNode, DiskNodeKind } from "./disk-node.ts";
import { DISK_BLOCK_BYTES, type DiskTree } from "./disk-tree.ts";

/** One entry as somebody who looks at the disk sees it. */
export interface DiskSnapshotEntry {
  readonly kind: DiskNodeKind;
  /** Content of a file at that moment; empty for everything else. */
  readonly bytes: Buffer;
  readonly modifiedAtNs: bigint;
  /** Permission bits, on disks that have them. */
  readonly mode: number;
  /** Blocks of a file that were written and hold nothing but zeros. */
  readonly zeroBlockCount: number;
  readonly hidden: boolean;
  readonly access: DiskAccess;
  readonly locked: boolean;
}

function zeroBlockCount({ writtenBlocks }: DiskNode, bytes: Buffer): number {
  let count = 0;
  for (const block of writtenBlocks) {
    const start = block * DISK_BLOCK_BYTES;
    const end = Math.min(bytes.length, start + DISK_BLOCK_BYTES);
    // Most files are text: their first byte tells.
    if (bytes[start] === 0 && bytes.subarray(start, end).every((byte) => byte === 0)) count += 1;
  }
  return count;
}

/**
 * Everything below an entry, by path, in the order of the names. Undecodable bytes stand as lone
 * surrogates. Content is copied: the snapshot never changes.
 */
export function snapshotOf(tree: DiskTree, top: Link): Map<string, DiskSnapshotEntry> {
  const snapshot = new Map<string, DiskSnapshotEntry>();
  const visit = (link: Link): void => {
    const node = tree.node(link);
    const bytes = node.core.getBuffer();
    snapshot.set(tree.pathOf(link), {
      kind: node.kind,
      bytes,
      mode: node.mode,
      zeroBlockCount: zeroBlockCount(node, bytes),
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
