import type { Node } from "@jsonjoy.com/fs-core";

/** What can stand at a path. */
export type DiskNodeKind =
  | "file"
  | "folder"
  | "symbolic-link"
  | "fifo"
  | "socket"
  | "character-device"
  | "block-device";

/** What the user of the agent may do with a file or folder. */
export type DiskAccess = "none" | "read" | "read-write";

/** An inode: memfs's own, and what the disk keeps beside it because memfs has it not or not exactly. */
export interface DiskNode {
  readonly core: Node;
  /**
   * Never given to another node, so it tells two files apart; it stays the same over a rename, unless the
   * disk numbers files by where their entries stand.
   */
  id: number;
  readonly kind: DiskNodeKind;
  modifiedAtNs: bigint;
  changedAtNs: bigint;
  readonly createdAtNs: bigint;
  /** Permission bits, on disks that have them; its owner is the user of the agent. */
  mode: number;
  access: DiskAccess;
  /** Another application holds it and shares nothing. */
  locked: boolean;
  hidden: boolean;
  /** Where a symbolic link leads. */
  target: string;
  /** Entries that lead here plus open handles; at 0 its space is free again. */
  references: number;
  /** Blocks of 4 KiB that were written; the others of a file are holes. */
  readonly writtenBlocks: Set<number>;
  /** Content at the last sync, while something written since is not yet synced. */
  durable: Buffer | undefined;
}
