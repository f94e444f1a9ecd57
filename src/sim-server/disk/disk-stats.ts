import type { DiskNode, DiskNodeKind } from "./disk-node.ts";
import { DISK_BLOCK_BYTES } from "./disk-tree.ts";

/** The kind tests Node gives on a stat and on a folder entry. */
export class DiskKind {
  readonly #kind: DiskNodeKind;

  constructor(kind: DiskNodeKind) {
    this.#kind = kind;
  }

  isFile(): boolean {
    return this.#kind === "file";
  }

  isDirectory(): boolean {
    return this.#kind === "folder";
  }

  isSymbolicLink(): boolean {
    return this.#kind === "symbolic-link";
  }

  isFIFO(): boolean {
    return this.#kind === "fifo";
  }

  isSocket(): boolean {
    return this.#kind === "socket";
  }

  isCharacterDevice(): boolean {
    return this.#kind === "character-device";
  }

  isBlockDevice(): boolean {
    return this.#kind === "block-device";
  }
}

/** What folders have on ext4 and others: the room of their names, which is no size of what is in them. */
const FOLDER_BYTES = 4096;

function sizeOf(node: DiskNode): number {
  if (node.kind === "folder") return FOLDER_BYTES;
  return node.kind === "symbolic-link" ? node.target.length : node.core.getSize();
}

/**
 * What `lstat` answers with `{ bigint: true }`. The owner is 0, and links are counted as if a file had
 * one name.
 */
export class DiskStats extends DiskKind {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly mode: bigint;
  readonly nlink: bigint = 1n;
  readonly uid: bigint = 0n;
  readonly gid: bigint = 0n;
  readonly rdev: bigint = 0n;
  readonly size: bigint;
  readonly blksize: bigint = 4096n;
  readonly blocks: bigint;
  readonly atimeNs: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly birthtimeNs: bigint;

  constructor(node: DiskNode, device: number) {
    super(node.kind);
    const sizeBytes = sizeOf(node);
    this.dev = BigInt(device);
    this.ino = BigInt(node.id);
    this.mode = BigInt((node.core.mode & ~0o7777) | node.mode);
    this.size = BigInt(sizeBytes);
    this.blocks = BigInt(node.writtenBlocks.size * (DISK_BLOCK_BYTES / 512));
    this.atimeNs = node.modifiedAtNs;
    this.mtimeNs = node.modifiedAtNs;
    this.ctimeNs = node.changedAtNs;
    this.birthtimeNs = node.createdAtNs;
  }

  get atimeMs(): bigint {
    return this.atimeNs / 1_000_000n;
  }

  get mtimeMs(): bigint {
    return this.mtimeNs / 1_000_000n;
  }

  get ctimeMs(): bigint {
    return this.ctimeNs / 1_000_000n;
  }

  get birthtimeMs(): bigint {
    return this.birthtimeNs / 1_000_000n;
  }
}
