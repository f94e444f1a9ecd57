import type { Link } from "@jsonjoy.com/fs-core";

import { DiskRefusal } from "./disk-error.ts";
import type { DiskJournal } from "./disk-journal.ts";
import type { DiskNode } from "./disk-node.ts";
import { DiskStats } from "./disk-stats.ts";
import { UMASK, type DiskPath, type DiskTree, type Resolved } from "./disk-tree.ts";

/** How a file is opened. */
export interface OpenMode {
  readonly read: boolean;
  readonly write: boolean;
  readonly create: boolean;
  readonly exclusive: boolean;
  readonly truncate: boolean;
  readonly append: boolean;
  /** Whether anything but a folder is refused. */
  readonly folderOnly?: boolean;
  readonly followLast: boolean;
  /** Permission bits of a new file, before the host takes some away. Default: 0666. */
  readonly permissions?: number;
}

/** Who calls: the agent's user, with access checked and changes journalled, or somebody else. */
export interface DiskCaller {
  /** Present for the agent: its changes can be lost. Others' changes are durable at once. */
  readonly journal: DiskJournal | undefined;
  readonly capacityBytes: () => number;
  /** Told when something does not fit. */
  readonly onFull: () => void;
  /** Whether a file may have several names: yes on NTFS, APFS and ext4, no on FAT. */
  readonly hasHardLinks: boolean;
  /** Told each name that comes into being or goes, and where it truly stands, links on the way followed. */
  readonly onName?: (act: NameAct, path: string) => void;
}

/** What becomes of a name. */
export type NameAct = "made" | "removed";

/**
 * The calls of a file system on the tree, with the rules of POSIX (or Windows, where the tree's paths
 * are its own). Each throws `DiskRefusal`. These are the rules memfs does not keep, rename above all.
 */
export class DiskCalls {
  readonly #tree: DiskTree;
  readonly #caller: DiskCaller;
  readonly #user: boolean;

  constructor(tree: DiskTree, caller: DiskCaller) {
    this.#tree = tree;
    this.#caller = caller;
    this.#user = caller.journal !== undefined;
  }

  /** The entry at a path; throws ENOENT. */
  entry(path: DiskPath, followLast = false): Link {
    const { link } = this.#resolve(path, followLast);
    if (link === undefined) throw new DiskRefusal("ENOENT");
    return link;
  }

  /** What `lstat` (or `stat`, when links are followed) says. */
  stat(path: DiskPath, followLast = false): DiskStats {
    const link = this.entry(path, followLast);
    return new DiskStats(this.#tree.node(link), this.#tree.deviceOf(link));
  }

  /** The entries of a folder. */
  list(path: DiskPath): [string, DiskNode][] {
    const link = this.entry(path, true);
    const node = this.#tree.node(link);
    if (node.kind !== "folder") throw new DiskRefusal("ENOTDIR");
    this.#check(node, "read");
    return Array.from(this.#tree.children(link), ([name, child]) => [name, this.#tree.node(child)]);
  }

  /** Makes a folder. */
  mkdir(path: DiskPath, permissions = 0o777): void {
    const { folder, name, link } = this.#resolve(path, false);
    if (link !== undefined || folder === undefined) throw new DiskRefusal("EEXIST");
    const made = this.#create(folder, name, "folder");
    this.#tree.node(made).mode = permissions & ~UMASK;
  }

  /** Makes a folder and those above it that are missing; the folder, and the path of the first made. */
  mkdirs(path: DiskPath): { readonly folder: Link; readonly first: string | undefined } {
    return this.#mkdirs(this.#tree.style.names(path));
  }

  /** Writes a whole file, with the folders above it, in place of what the file held; its node. */
  writeWhole(path: DiskPath, content: Uint8Array): DiskNode {
    const names = this.#tree.style.names(path);
    const { folder } = this.#mkdirs(names.slice(0, -1));
    const name = names.at(-1) ?? "";
    const there = this.#tree.child(folder, name);
    const node = this.#tree.node(there ?? this.#create(folder, name, "file"));
    if (node.kind !== "file") throw new DiskRefusal(node.kind === "folder" ? "EISDIR" : "ENXIO");
    if (there !== undefined) this.truncate(node, 0);
    if (content.byteLength > 0 && this.write(node, content, 0) < content.byteLength) {
      throw new DiskRefusal("ENOSPC");
    }
    return node;
  }

  /** Opens what is there, or makes it; the caller holds a reference until it releases the node. */
  open(path: DiskPath, mode: OpenMode): { link: Link; node: DiskNode } {
    const { folder, name, link } = this.#resolve(path, mode.followLast && !mode.exclusive);
    if (link === undefined) {
      if (!mode.create || folder === undefined) throw new DiskRefusal("ENOENT");
      const created = this.#create(folder, name, "file");
      const node = this.#tree.node(created);
      node.mode = (mode.permissions ?? 0o666) & ~UMASK;
      node.references += 1;
      return { link: created, node };
    }
    if (mode.exclusive) throw new DiskRefusal("EEXIST");
    const node = this.#tree.node(link);
    this.#checkOpen(node, mode);
    node.references += 1;
    if (mode.truncate && mode.write) this.truncate(node, 0);
    return { link, node };
  }

  /** Writes as much as fits; the count. Throws ENOSPC when nothing does. */
  write(node: DiskNode, bytes: Uint8Array, position: number): number {
    const freeBytes = this.#caller.capacityBytes() - this.#tree.usedBytes;
    const growth = Math.max(0, position + bytes.length - node.core.getSize());
    const length = bytes.length - Math.max(0, growth - freeBytes);
    if (length < bytes.length) this.#caller.onFull();
    if (length <= 0 && bytes.length > 0) throw new DiskRefusal("ENOSPC");
    this.#caller.journal?.writing(node);
    this.#tree.write(node, length === bytes.length ? bytes : bytes.subarray(0, length), position);
    return length;
  }

  /** Cuts a file or fills it up with zeros. */
  truncate(node: DiskNode, sizeBytes: number): void {
    const growth = sizeBytes - node.core.getSize();
    if (growth > this.#caller.capacityBytes() - this.#tree.usedBytes) {
      this.#caller.onFull();
      throw new DiskRefusal("ENOSPC");
    }
    this.#caller.journal?.writing(node);
    this.#tree.truncate(node, sizeBytes);
  }

  /** Deletes a file, a link or another entry that is no folder. */
  unlink(path: DiskPath): void {
    const link = this.entry(path);
    const node = this.#tree.node(link);
    if (node.kind === "folder") {
      throw new DiskRefusal(this.#tree.style.kind === "windows" ? "EPERM" : "EISDIR");
    }
    this.#checkChange(link);
    this.#delete(link);
  }

  /** Deletes an empty folder. */
  rmdir(path: DiskPath): void {
    const link = this.entry(path);
    if (this.#tree.node(link).kind !== "folder") {
      throw new DiskRefusal(this.#tree.style.kind === "windows" ? "ENOENT" : "ENOTDIR");
    }
    if (!this.#tree.isEmpty(link)) throw new DiskRefusal("ENOTEMPTY");
    this.#checkChange(link);
    this.#delete(link);
  }

  /** Gives an entry another path, replacing what may be replaced there. */
  rename(from: DiskPath, to: DiskPath): void {
    const tree = this.#tree;
    const link = this.entry(from);
    const { folder, name, link: replaced } = this.#resolve(to, false);
    const oldFolder = tree.parentOf(link);
    if (folder === undefined || oldFolder === undefined) throw new DiskRefusal("EBUSY");
    if (tree.deviceOf(link) !== tree.deviceOf(folder)) throw new DiskRefusal("EXDEV");
    for (let at: Link | undefined = folder; at !== undefined; at = tree.parentOf(at)) {
      if (at === link) throw new DiskRefusal("EINVAL");
    }
    this.#checkChange(link);
    this.#check(tree.node(folder), "read-write");
    const isSecondName = replaced !== link && replaced?.getNode() === link.getNode();
    // POSIX leaves both names of one file where they are.
    if (isSecondName && tree.style.kind === "posix") return;
    if (replaced !== undefined && replaced !== link) this.#checkReplace(link, replaced);
    else if (link.getName() === name && oldFolder === folder) return;
    if (!tree.style.allows(name)) throw new DiskRefusal("ENOENT");
    if (replaced !== undefined && replaced !== link) this.#delete(replaced);
    const oldName = link.getName();
    this.#tell("removed", link);
    tree.detach(link);
    tree.attach(link, folder, name);
    this.#tell("made", link);
    this.#caller.journal?.changed(() => {
      // Somebody else may have taken it away since, or put something in its old place.
      if (!tree.isThere(link) || link.parent !== folder || link.getName() !== name) return;
      if (!tree.isThere(oldFolder) || tree.child(oldFolder, oldName) !== undefined) return;
      tree.detach(link);
      tree.attach(link, oldFolder, oldName);
    });
  }

  /** Gives a file a second name on the same device; throws EPERM where the disk has no hard links. */
  link(from: DiskPath, to: DiskPath): void {
    const tree = this.#tree;
    const link = this.entry(from);
    const { folder, name, link: there } = this.#resolve(to, false);
    if (there !== undefined || folder === undefined) throw new DiskRefusal("EEXIST");
    const node = tree.node(link);
    if (node.kind === "folder" || !this.#caller.hasHardLinks) throw new DiskRefusal("EPERM");
    if (tree.deviceOf(link) !== tree.deviceOf(folder)) throw new DiskRefusal("EXDEV");
    this.#check(tree.node(folder), "read-write");
    if (!tree.style.allows(name)) throw new DiskRefusal("ENOENT");
    const second = tree.link(folder, name, node);
    this.#tell("made", second);
    this.#caller.journal?.changed(() => {
      tree.detach(second);
      tree.release(node);
    });
  }

  /** Sets the time of modification. */
  setModifiedAt(node: DiskNode, modifiedAtNs: bigint): void {
    this.#checkOwn(node);
    this.#tree.touch(node);
    node.modifiedAtNs = modifiedAtNs;
  }

  /** Sets permission bits. */
  chmod(node: DiskNode, mode: number): void {
    this.#checkOwn(node);
    this.#tree.chmod(node, mode);
  }

  /** Sets the time of modification of what is at a path. */
  setModifiedAtPath(path: DiskPath, modifiedAtNs: bigint, followLast: boolean): void {
    this.setModifiedAt(this.#tree.node(this.entry(path, followLast)), modifiedAtNs);
  }

  /** Where a symbolic link leads; throws EINVAL on anything else. */
  linkTarget(path: DiskPath): string {
    const node = this.#tree.node(this.entry(path));
    if (node.kind !== "symbolic-link") throw new DiskRefusal("EINVAL");
    return node.target;
  }

  /** Makes an entry that is neither file nor folder. */
  makeSpecial(path: DiskPath, kind: DiskNode["kind"], target = ""): void {
    const { folder, name, link } = this.#resolve(path, false);
    if (link !== undefined || folder === undefined) throw new DiskRefusal("EEXIST");
    this.#tree.node(this.#create(folder, name, kind)).target = target;
  }

  #resolve(path: DiskPath, followLast: boolean): Resolved {
    return this.#tree.resolve(path, { followLast, user: this.#user });
  }

  #mkdirs(names: readonly string[]): { folder: Link; first: string | undefined } {
    const tree = this.#tree;
    let folder = tree.root;
    let first: string | undefined;
    for (const [at, name] of names.entries()) {
      if (this.#user && !tree.mayEnter(tree.node(folder))) throw new DiskRefusal("EACCES");
      let next = name === ".." ? (tree.parentOf(folder) ?? folder) : tree.child(folder, name);
      if (next === undefined) {
        next = this.#create(folder, name, "folder");
        first ??= tree.pathOf(next);
      } else if (tree.node(next).kind === "symbolic-link") {
        next = this.entry(tree.pathOf(next), true);
      }
      if (tree.node(next).kind !== "folder") {
        throw new DiskRefusal(at === names.length - 1 ? "EEXIST" : "ENOTDIR");
      }
      folder = next;
    }
    return { folder, first };
  }

  #create(folder: Link, name: string, kind: DiskNode["kind"]): Link {
    const tree = this.#tree;
    this.#check(tree.node(folder), "read-write");
    const link = tree.create(folder, name, kind);
    this.#tell("made", link);
    this.#caller.journal?.changed(() => {
      if (link.parent?.children.get(link.getName()) === link) tree.remove(link);
    });
    return link;
  }

  #delete(link: Link): void {
    const tree = this.#tree;
    const folder = tree.parentOf(link);
    const name = link.getName();
    const node = tree.node(link);
    this.#tell("removed", link);
    tree.detach(link);
    const { journal } = this.#caller;
    if (journal === undefined || folder === undefined) {
      tree.release(node);
      return;
    }
    // Until the deletion is durable the node must be there to come back.
    journal.changed(
      () => {
        if (tree.isThere(folder) && tree.child(folder, name) === undefined) {
          tree.attach(link, folder, name);
        } else {
          tree.release(node);
        }
      },
      () => tree.release(node),
    );
  }

  #tell(act: NameAct, link: Link): void {
    this.#caller.onName?.(act, this.#tree.pathOf(link));
  }

  #checkOpen(node: DiskNode, mode: OpenMode): void {
    if (node.kind === "folder" && mode.write) throw new DiskRefusal("EISDIR");
    if (mode.folderOnly === true && node.kind !== "folder") throw new DiskRefusal("ENOTDIR");
    if (node.kind === "symbolic-link") throw new DiskRefusal("ELOOP");
    if (node.kind !== "file" && node.kind !== "folder") throw new DiskRefusal("ENXIO");
    if (this.#user && node.locked) throw new DiskRefusal("EBUSY");
    this.#check(node, mode.write ? "read-write" : "read");
  }

  #checkChange(link: Link): void {
    const folder = this.#tree.parentOf(link);
    if (this.#tree.isMount(link) || folder === undefined) throw new DiskRefusal("EBUSY");
    this.#check(this.#tree.node(folder), "read-write");
    if (this.#user && this.#tree.node(link).locked) throw new DiskRefusal("EBUSY");
  }

  #checkReplace(link: Link, replaced: Link): void {
    const tree = this.#tree;
    this.#checkChange(replaced);
    const isFolder = tree.node(link).kind === "folder";
    const isFolderThere = tree.node(replaced).kind === "folder";
    if (tree.style.kind === "windows" && (isFolder || isFolderThere))
      throw new DiskRefusal("EPERM");
    if (isFolder && !isFolderThere) throw new DiskRefusal("ENOTDIR");
    if (!isFolder && isFolderThere) throw new DiskRefusal("EISDIR");
    if (isFolder && !tree.isEmpty(replaced)) throw new DiskRefusal("ENOTEMPTY");
  }

  #check(node: DiskNode, wanted: "read" | "read-write"): void {
    if (!this.#user) return;
    const denied = wanted === "read" ? node.access === "none" : node.access !== "read-write";
    const bits = wanted === "read" ? 0o400 : node.kind === "folder" ? 0o300 : 0o200;
    const isBarred = this.#tree.style.kind === "posix" && (node.mode & bits) !== bits;
    if (denied || isBarred) throw new DiskRefusal("EACCES");
  }

  /** What an owner may do whatever the mode says. */
  #checkOwn(node: DiskNode): void {
    if (this.#user && node.access !== "read-write") throw new DiskRefusal("EACCES");
  }
}
