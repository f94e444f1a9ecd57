import { Superblock, type Link, type Node } from "@jsonjoy.com/fs-core";

import { DiskRefusal } from "./disk-error.ts";
import type { DiskNode, DiskNodeKind } from "./disk-node.ts";
import { foldName, type NameBlindness } from "./fold-name.ts";
import type { PathStyle } from "./path-style.ts";

interface DiskTreeOptions {
  readonly style: PathStyle;
  readonly blind: NameBlindness;
  /** Whether a rename leaves a node its id. */
  readonly stableIds: boolean;
  /** The time stamp of a change made now. */
  readonly stampNs: () => bigint;
}

/** A path as a caller may give it; bytes for names that are not text. */
export type DiskPath = string | Uint8Array;

/** What is mounted: a folder of the file system of a device. */
export interface MountedFolder {
  readonly device: number;
  /** The path of the folder in its file system: `/` for the whole of it. */
  readonly root: string;
}

interface DiskMount extends MountedFolder {
  /** What it covers. */
  readonly below: Link | undefined;
}

/** How to follow a path. */
export interface ResolveOptions {
  /** Whether a symbolic link at the very end is followed too. */
  readonly followLast: boolean;
  /** Whether it is the user of the agent who asks: access is checked for nobody else. */
  readonly user: boolean;
}

/** Where a path leads. */
export interface Resolved {
  /** The folder it is in; `undefined` at the top. */
  readonly folder: Link | undefined;
  /** The name in that folder, as the path spells it. */
  readonly name: string;
  /** What is there, if anything. */
  readonly link: Link | undefined;
}

/** Linux gives up after so many symbolic links in one path. */
const SYMBOLIC_LINKS_MAX = 40;

/** What the host takes from the mode of whatever is made on it. */
export const UMASK = 0o022;

/** Bytes. What the disk allocates at a time. */
export const DISK_BLOCK_BYTES = 4096;

/** File type bits of `mode`. */
const TYPE_BITS = {
  file: 0o100000,
  folder: 0o040000,
  "symbolic-link": 0o120000,
  fifo: 0o010000,
  socket: 0o140000,
  "character-device": 0o020000,
  "block-device": 0o060000,
} as const satisfies Record<DiskNodeKind, number>;

/**
 * The names and nodes of a disk. memfs keeps the entries and the bytes; this keeps what memfs lacks
 * (nanoseconds, access, locks, byte names, letter case, mounts) and finds the way along a path. It knows
 * nothing of faults and of who asks.
 */
export class DiskTree {
  readonly style: PathStyle;
  readonly #options: DiskTreeOptions;
  readonly #core: Superblock;
  readonly #nodes = new WeakMap<Node, DiskNode>();
  /** Folded names to names, for disks that are blind to something. */
  readonly #folded = new WeakMap<Link, Map<string, string>>();
  /** Folders something is mounted on, and what they hold underneath. */
  readonly #mounts = new Map<Link, DiskMount>();
  #lastId = 0;
  #usedBytes = 0;

  constructor(options: DiskTreeOptions) {
    this.#options = options;
    this.style = options.style;
    this.#core = new Superblock();
    this.#register(this.#core.root.getNode(), "folder");
    this.#mounts.set(this.#core.root, { device: 1, root: "/", below: undefined });
  }

  /** The top: `/`, or what holds the drives. */
  get root(): Link {
    return this.#core.root;
  }

  /** Bytes in all files, deleted ones that are still open included. */
  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** What is known of the node an entry leads to. */
  node(link: Link): DiskNode {
    return this.#nodeOf(link.getNode());
  }

  /**
   * Follows a path. Throws ENOENT or ENOTDIR when the way there is missing, EACCES when it leads
   * through a folder the `user` may not enter; what is missing at the very end is `undefined`.
   */
  resolve(path: DiskPath, options: ResolveOptions, hops = 0): Resolved {
    const { followLast, user } = options;
    let folder: Link | undefined;
    let link = this.#core.root;
    const names = this.style.names(path);
    for (const [at, name] of names.entries()) {
      const last = at === names.length - 1;
      const node = this.node(link);
      if (node.kind !== "folder") {
        throw new DiskRefusal(this.style.kind === "windows" ? "ENOENT" : "ENOTDIR");
      }
      if (user && !this.mayEnter(node)) throw new DiskRefusal("EACCES");
      if (name === "..") {
        link = this.parentOf(link) ?? link;
        folder = this.parentOf(link);
        continue;
      }
      const next = this.child(link, name);
      if (next === undefined) {
        if (last) return { folder: link, name, link: undefined };
        throw new DiskRefusal("ENOENT");
      }
      folder = link;
      link = next;
      const reached = this.node(link);
      if (reached.kind === "symbolic-link" && (followLast || !last)) {
        if (hops >= SYMBOLIC_LINKS_MAX) throw new DiskRefusal("ELOOP");
        const rest = names.slice(at + 1);
        return this.resolve(this.#target(folder, reached.target, rest), options, hops + 1);
      }
    }
    return { folder, name: names.at(-1) ?? "", link };
  }

  /** Whether the user of the agent may go through a folder. */
  mayEnter({ access, mode }: DiskNode): boolean {
    return access !== "none" && (this.style.kind === "windows" || (mode & 0o100) !== 0);
  }

  /** The folder an entry is in; `undefined` at the top, which memfs has as its own parent. */
  parentOf(link: Link): Link | undefined {
    return link === this.#core.root ? undefined : link.parent;
  }

  /** Whether an entry is still part of the disk: it, and every folder above it. */
  isThere(link: Link): boolean {
    for (let at = link; at !== this.#core.root;) {
      const { parent } = at;
      if (parent === undefined || parent.children.get(at.getName()) !== at) return false;
      at = parent;
    }
    return true;
  }

  /** The entry of this name in a folder. */
  child(folder: Link, name: string): Link | undefined {
    const direct = folder.children.get(name);
    if (direct !== undefined || this.#isExact) return direct;
    const spelled = this.#folded.get(folder)?.get(this.#fold(name));
    return spelled === undefined ? undefined : folder.children.get(spelled);
  }

  /** The entries of a folder, oldest first. */
  *children(folder: Link): Generator<[string, Link]> {
    for (const [name, link] of folder.children) {
      if (link !== undefined && name !== "." && name !== "..") yield [name, link];
    }
  }

  /** Whether nothing is in a folder. */
  isEmpty(folder: Link): boolean {
    for (const _ of this.children(folder)) return false;
    return true;
  }

  /** Makes a new entry with a new node. */
  create(folder: Link, name: string, kind: DiskNodeKind): Link {
    if (!this.style.allows(name) && folder !== this.root) throw new DiskRefusal("ENOENT");
    const core = this.#core.createNode(TYPE_BITS[kind] | (kind === "folder" ? 0o755 : 0o644));
    return this.link(folder, name, this.#register(core, kind));
  }

  /** Makes an entry that leads to a node. */
  link(folder: Link, name: string, node: DiskNode): Link {
    node.references += 1;
    // By hand: memfs's own way makes several Dates for times that are kept elsewhere, and a Date is
    // dear while the clock is virtual.
    const link = this.#core.createLink();
    link.name = name;
    link.parent = folder;
    link.syncSteps();
    link.setNode(node.core);
    folder.children.set(name, link);
    folder.length += 1;
    this.#noteName(folder, name);
    this.touch(this.node(folder));
    return link;
  }

  /** Takes an entry out of its folder. Its node lives on while something refers to it. */
  detach(link: Link): void {
    const folder = this.parentOf(link);
    if (folder === undefined) throw new DiskRefusal("EBUSY");
    this.#folded.get(folder)?.delete(this.#fold(link.getName()));
    folder.deleteChild(link);
    this.touch(this.node(folder));
  }

  /** Puts an entry taken out by `detach` into a folder. */
  attach(link: Link, folder: Link, name: string): void {
    link.name = name;
    link.parent = folder;
    link.syncSteps();
    folder.setChild(name, link);
    this.#noteName(folder, name);
    this.touch(this.node(folder));
    const node = this.node(link);
    node.changedAtNs = this.#options.stampNs();
    if (!this.#options.stableIds) node.id = this.#nextId();
  }

  /** One reference less to a node; the last one frees its space. Folders give up what is in them. */
  release(node: DiskNode): void {
    node.references -= 1;
    if (node.references > 0) return;
    this.#usedBytes -= node.core.getSize();
    this.#core.deleteNode(node.core);
  }

  /** Takes an entry out with everything below it. */
  remove(link: Link): void {
    const node = this.node(link);
    for (const [, below] of node.kind === "folder" ? this.children(link) : []) this.remove(below);
    this.detach(link);
    this.release(node);
  }

  /** Writes into a file at `position`, growing it as needed. */
  write(node: DiskNode, bytes: Uint8Array, position: number): void {
    const before = node.core.getSize();
    const { buffer, byteOffset, byteLength } = bytes;
    node.core.write(Buffer.from(buffer, byteOffset, byteLength), 0, byteLength, position);
    this.#usedBytes += node.core.getSize() - before;
    const endBlock = Math.ceil((position + byteLength) / DISK_BLOCK_BYTES);
    for (let block = Math.floor(position / DISK_BLOCK_BYTES); block < endBlock; block += 1) {
      node.writtenBlocks.add(block);
    }
    this.touch(node);
  }

  /** Cuts a file or fills it up with zeros. */
  truncate(node: DiskNode, sizeBytes: number): void {
    this.#usedBytes += sizeBytes - node.core.getSize();
    node.core.truncate(sizeBytes);
    for (const block of node.writtenBlocks) {
      if (block * DISK_BLOCK_BYTES >= sizeBytes) node.writtenBlocks.delete(block);
    }
    this.touch(node);
  }

  /** The content of a node was modified now. */
  touch(node: DiskNode): void {
    const nowNs = this.#options.stampNs();
    node.modifiedAtNs = nowNs;
    node.changedAtNs = nowNs;
  }

  /** Gives a node other permission bits. */
  chmod(node: DiskNode, mode: number): void {
    node.mode = mode & 0o7777;
    node.changedAtNs = this.#options.stampNs();
  }

  /** The path of an entry. */
  pathOf(link: Link): string {
    return this.style.path(link.steps.slice(1));
  }

  /** The device an entry is on: that of the nearest mount above it. */
  deviceOf(link: Link): number {
    for (let at: Link | undefined = link; at !== undefined; at = this.parentOf(at)) {
      const mount = this.#mounts.get(at);
      if (mount !== undefined) return mount.device;
    }
    return 0;
  }

  /** Whether something is mounted on this folder, or it is the top. */
  isMount(link: Link): boolean {
    return this.#mounts.has(link);
  }

  /** What is mounted where, the outermost first. */
  get mounts(): readonly (MountedFolder & { readonly link: Link })[] {
    const there = [...this.#mounts].filter(([link]) => this.isThere(link));
    return there
      .map(([link, { device, root }]) => ({ link, device, root }))
      .toSorted((one, other) => one.link.steps.length - other.link.steps.length);
  }

  /** Covers a folder with an empty one, of another device or of another place of the same. */
  mount(link: Link, { device, root }: MountedFolder): void {
    const folder = this.parentOf(link);
    if (folder === undefined) throw new DiskRefusal("EBUSY");
    const name = link.getName();
    this.detach(link);
    const top = this.create(folder, name, "folder");
    this.#mounts.set(top, { device, root, below: link });
  }

  /** What is at a folder is mounted there by another way from now on, and otherwise as it was. */
  setMount(link: Link, { device, root }: MountedFolder): void {
    this.#mounts.set(link, { device, root, below: this.#mounts.get(link)?.below });
  }

  /** Takes away what covers a folder; what was on it is gone with its device. */
  unmount(link: Link): void {
    const below = this.#mounts.get(link)?.below;
    const folder = this.parentOf(link);
    if (below === undefined || folder === undefined) throw new DiskRefusal("EINVAL");
    this.#mounts.delete(link);
    this.remove(link);
    this.attach(below, folder, link.getName());
  }

  #target(folder: Link, target: string, rest: readonly string[]): string {
    const absolute = this.style.kind === "posix" ? /^\// : /^([A-Za-z]:|\\\\)/;
    const base = absolute.test(target) ? [] : [this.pathOf(folder)];
    return [...base, target, ...rest].join(this.style.kind === "posix" ? "/" : "\\");
  }

  #noteName(folder: Link, name: string): void {
    if (this.#isExact) return;
    let names = this.#folded.get(folder);
    if (names === undefined) {
      names = new Map();
      this.#folded.set(folder, names);
    }
    names.set(this.#fold(name), name);
  }

  get #isExact(): boolean {
    return !this.#options.blind.toCase && !this.#options.blind.toForm;
  }

  #fold(name: string): string {
    return foldName(name, this.#options.blind);
  }

  #register(core: Node, kind: DiskNodeKind): DiskNode {
    const nowNs = this.#options.stampNs();
    const node: DiskNode = {
      core,
      kind,
      id: this.#nextId(),
      modifiedAtNs: nowNs,
      changedAtNs: nowNs,
      createdAtNs: nowNs,
      mode: (kind === "folder" ? 0o777 : 0o666) & ~UMASK,
      access: "read-write",
      locked: false,
      hidden: false,
      target: "",
      references: 0,
      writtenBlocks: new Set(),
      durable: undefined,
    };
    this.#nodes.set(core, node);
    return node;
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #nodeOf(core: Node): DiskNode {
    const node = this.#nodes.get(core);
    if (node === undefined) throw new Error(`node ${core.ino} was made behind the disk's back`);
    return node;
  }
}
