import type { Activity } from "../kernel/activity.ts";
import type { Timers } from "../kernel/timers.ts";
import { applyMutation } from "./apply-mutation.ts";
import { DiskCalls, type DiskCaller } from "./disk-calls.ts";
import { DiskRefusal, diskError } from "./disk-error.ts";
import type { DiskFault, DiskMutationInput } from "../faults/disk-fault.ts";
import { DiskFaultPlan, DiskMutationPlan } from "./disk-fault-plan.ts";
import { DiskFs } from "./disk-fs.ts";
import { DiskJournal } from "./disk-journal.ts";
import type { DiskAccess, DiskNode, DiskNodeKind } from "./disk-node.ts";
import { DiskSession, type DiskCallPlace, type DiskEvent } from "./disk-session.ts";
import { snapshotOf, type DiskSnapshotEntry } from "./disk-snapshot.ts";
import { DiskTree, type DiskPath } from "./disk-tree.ts";
import { foldName } from "./fold-name.ts";
import { mountTable } from "./mount-table.ts";
import { posixPaths, windowsPaths } from "./path-style.ts";

/*
 * Fault model of the disk.
 * - What it can do to you: refuse any call with the error a real disk would give, once, several times
 *   or for ever; answer late; read short; be full; not let you enter, read or write; hold a file for
 *   another application. Other applications write, cut, rename, move, delete or lock at the very
 *   moment you list, stat, open or read. A folder is covered by another device, or uncovered. A
 *   killed process hears nothing more; a power loss takes back what was not synced.
 * - What a correct client must survive: all of it. A file that changed while it was read must be
 *   noticed by size, time of modification or time of change.
 * - Never injected: content that reads differently from what was written, a stat that lies, an entry
 *   listed twice, calls of one process out of order. `overwrite-same-size` with `keepModifiedAt` still
 *   moves the time of change.
 * - Not modelled: owners (everything is the agent's user's; access is what that user may do besides the
 *   mode), groups, counts of links, extended attributes, alternate streams, access times, the space of
 *   holes, advisory locks, case folding beyond single UTF-16 units. Content is made durable by its own sync only, names by any sync.
 *   Space of a deleted file is free after the next sync.
 */

/** What kind of disk it is (paths, letter case, size, exactness of stamps) and what is planned on it. */
export interface SimDiskOptions {
  readonly timers: Timers;
  readonly activity: Activity;
  /** Wall-clock milliseconds since 1970, for time stamps. */
  readonly nowMs: () => number;
  /** How paths are written. Default: posix. */
  readonly paths?: "posix" | "windows";
  /** Default: yes with posix paths, no with windows paths. Names keep their case either way. */
  readonly caseSensitive?: boolean;
  /**
   * Whether a name in NFC and its twin in NFD are two. Not on APFS, which keeps the form that a name was
   * given. Default: yes.
   */
  readonly formSensitive?: boolean;
  /** Default: no limit. */
  readonly capacityBytes?: number;
  /** Whether a file may have several names; FAT has no such thing. Default: yes. */
  readonly hardLinks?: boolean;
  /**
   * How exact time stamps are. Default: 100, as on NTFS; every change in one instant gets its own
   * stamp. FAT has 2 seconds; with those, two changes can look like none.
   */
  readonly timestampGranularityNs?: number;
  /**
   * Whether a file keeps its id (`ino`) over a rename. FAT does not: it numbers files by where their
   * entries stand. Default: yes.
   */
  readonly stableIds?: boolean;
  /** Most bytes one read gives, for clients that count on full reads. Default: no limit. */
  readonly readBytesMax?: number;
  /** Whether folders are listed from their newest name to their oldest. No order is promised. Default: no. */
  readonly listedBackwards?: boolean;
  readonly faults?: readonly DiskFault[];
  readonly mutations?: readonly DiskMutationInput[];
  /** Told each call of the agent right before it is carried out: what it does to the disk, the call meets. */
  readonly beforeCall?: (call: DiskCallPlace) => void;
  /** Told every call of the agent, in order, once it is carried out or refused. */
  readonly observe?: (event: DiskEvent) => void;
}

/** The file system one process works with. */
export interface SimDiskFs {
  /** Stands for `node:fs/promises`. */
  readonly promises: DiskFs;
  /** The process is gone: none of its calls answers any more. What it wrote stays. */
  kill(): void;
  /** Files it holds open. */
  readonly openCount: number;
}

/**
 * A disk in memory with the people and applications around it. The agent works through `createFs`,
 * where faults strike; everything else here is done by somebody else, at once and without faults, and
 * throws errors shaped like Node's.
 */
export class SimDisk {
  /** Planned faults. */
  readonly faults: DiskFaultPlan;
  /** What other applications are to change, and at which of the agent's calls. */
  readonly mutations: DiskMutationPlan;
  readonly #options: SimDiskOptions;
  readonly #canonical: (path: DiskPath) => string;
  readonly #tree: DiskTree;
  readonly #journal: DiskJournal;
  readonly #person: DiskCalls;
  #capacityBytes: number;
  #fullCount = 0;
  #changeCount = 0;

  constructor(options: SimDiskOptions) {
    const style = options.paths === "windows" ? windowsPaths : posixPaths;
    const caseSensitive = options.caseSensitive ?? style.kind === "posix";
    const blind = { toCase: !caseSensitive, toForm: options.formSensitive === false };
    this.#options = options;
    this.#capacityBytes = options.capacityBytes ?? Infinity;
    this.#tree = new DiskTree({
      style,
      blind,
      stableIds: options.stableIds ?? true,
      stampNs: () => this.#stampNs(),
    });
    this.#journal = new DiskJournal(this.#tree);
    this.#person = new DiskCalls(this.#tree, this.#caller(undefined));
    this.#canonical = (path) => {
      const joined = style.path(style.names(path));
      return foldName(joined, blind);
    };
    this.faults = new DiskFaultPlan(this.#canonical);
    this.mutations = new DiskMutationPlan(this.#canonical);
    for (const fault of options.faults ?? []) this.faults.add(fault);
    for (const mutation of options.mutations ?? []) this.mutations.add(mutation);
  }

  /**
   * The file system for one process; a new one for each start of the agent. `onName` is told each name
   * that the process makes or removes, and where it truly stands, links on the way followed.
   */
  createFs(options: { readonly onName?: NonNullable<DiskCaller["onName"]> } = {}): SimDiskFs {
    const {
      timers,
      activity,
      nowMs,
      beforeCall = () => undefined,
      observe = () => undefined,
      readBytesMax = Infinity,
      listedBackwards = false,
    } = this.#options;
    const session = new DiskSession({
      tree: this.#tree,
      calls: new DiskCalls(this.#tree, { ...this.#caller(this.#journal), ...options }),
      journal: this.#journal,
      plans: { faults: this.faults, mutations: this.mutations, canonical: this.#canonical },
      timers,
      activity,
      nowMs,
      readBytesMax,
      listedBackwards,
      capacityBytes: () => this.#capacityBytes,
      mutate: (mutation) => applyMutation(this.#tree, this.#person, mutation),
      beforeCall,
      observe,
    });
    return {
      promises: new DiskFs(session),
      kill: () => session.kill(),
      get openCount() {
        return session.openCount;
      },
    };
  }

  /**
   * Writes a file whole, with the folders above it. `modifiedAtNs` is nanoseconds since 1970; default:
   * now.
   */
  write(
    path: DiskPath,
    content: string | Uint8Array,
    options: { readonly modifiedAtNs?: bigint } = {},
  ): void {
    this.#do("open", path, () => {
      const bytes = typeof content === "string" ? Buffer.from(content) : content;
      const node = this.#person.writeWhole(path, bytes);
      if (options.modifiedAtNs !== undefined) node.modifiedAtNs = options.modifiedAtNs;
    });
  }

  /** Adds to the end of a file. */
  append(path: DiskPath, content: string | Uint8Array): void {
    this.#do("open", path, () => {
      const node = this.#node(path);
      const bytes = typeof content === "string" ? Buffer.from(content) : content;
      this.#person.write(node, bytes, node.core.getSize());
    });
  }

  /** The content of a file. */
  read(path: DiskPath): Buffer {
    return this.#do("open", path, () => this.#node(path).core.getBuffer());
  }

  /** Makes a folder and those above it; does nothing when it is there. */
  mkdir(path: DiskPath): void {
    this.#do("mkdir", path, () => void this.#person.mkdirs(path));
  }

  /** Removes what is there with everything below it. */
  remove(path: DiskPath): void {
    this.#do("rm", path, () => this.#tree.remove(this.#person.entry(path)));
  }

  /** Renames or moves. */
  rename(from: DiskPath, to: DiskPath): void {
    this.#do("rename", from, () => this.#person.rename(from, to));
  }

  /** Whether anything is there; links are not followed. */
  exists(path: DiskPath): boolean {
    try {
      this.#person.entry(path);
      return true;
    } catch {
      return false;
    }
  }

  /** Sets the time of modification of what is there. */
  setModifiedAt(path: DiskPath, modifiedAtNs: bigint): void {
    this.#do("utime", path, () => this.#person.setModifiedAtPath(path, modifiedAtNs, false));
  }

  /** Gives a file or folder other permission bits, which mean something on posix disks only. */
  chmod(path: DiskPath, mode: number): void {
    this.#do("chmod", path, () => this.#tree.chmod(this.#node(path), mode));
  }

  /** What the agent's user may do with a file or folder. Does not move the time of modification. */
  setAccess(path: DiskPath, access: DiskAccess): void {
    this.#change(path, (node) => {
      node.access = access;
    });
  }

  /** Another application holds a file and shares nothing: EBUSY for the agent until `unlock`. */
  lock(path: DiskPath): void {
    this.#change(path, (node) => {
      node.locked = true;
    });
  }

  /** Ends `lock`. */
  unlock(path: DiskPath): void {
    this.#change(path, (node) => {
      node.locked = false;
    });
  }

  /** Sets or clears the hidden attribute. */
  setHidden(path: DiskPath, hidden = true): void {
    this.#change(path, (node) => {
      node.hidden = hidden;
    });
  }

  /** The names in a folder that carry the hidden attribute; undecodable names are left out. */
  hiddenNames(folder: DiskPath): ReadonlySet<string> {
    return this.#do("scandir", folder, () => {
      const hidden = this.#person.list(folder).filter(([, node]) => node.hidden);
      return new Set(hidden.flatMap(([name]) => (name.isWellFormed() ? [name] : [])));
    });
  }

  /** Makes an entry that is no file and no folder; `target` is where a symbolic link leads. */
  makeSpecial(path: DiskPath, kind: Exclude<DiskNodeKind, "file" | "folder">, target = ""): void {
    this.#do("mknod", path, () => {
      const { style } = this.#tree;
      this.#person.mkdirs(style.path(style.names(path).slice(0, -1)));
      this.#person.makeSpecial(path, kind, target);
    });
  }

  /**
   * Covers a folder (made if needed) with an empty one on another device: a disk is mounted. With `root`
   * it is that folder of the device's file system; the device that is there already gives a bind mount.
   */
  mount(path: DiskPath, device: number, root = "/"): void {
    this.mkdir(path);
    this.#do("mount", path, () => this.#tree.mount(this.#person.entry(path), { device, root }));
  }

  /** The same content on another device, as when a disk is plugged in elsewhere, or another folder `root` of it. */
  setDevice(path: DiskPath, device: number, root = "/"): void {
    this.#do("mount", path, () => this.#tree.setMount(this.#person.entry(path), { device, root }));
  }

  /** The number of the device that something is on. */
  deviceOf(path: DiskPath): number {
    return this.#do("stat", path, () => this.#tree.deviceOf(this.#person.entry(path)));
  }

  /** What is mounted where, as Linux tells it in `/proc/self/mountinfo`. */
  get mountTable(): string {
    return mountTable(this.#tree);
  }

  /** The path of what is there without links. */
  realpath(path: DiskPath): string {
    return this.#do("realpath", path, () => this.#tree.pathOf(this.#person.entry(path, true)));
  }

  /** Takes the device away; what the folder held before it was mounted is there again. */
  unmount(path: DiskPath): void {
    this.#do("umount", path, () => this.#tree.unmount(this.#person.entry(path)));
  }

  /** Everything below a path (default: the whole disk) by path. */
  snapshot(path?: DiskPath): Map<string, DiskSnapshotEntry> {
    if (path === undefined) return snapshotOf(this.#tree, this.#tree.root);
    return this.#do("scandir", path, () => snapshotOf(this.#tree, this.#person.entry(path)));
  }

  /** Bytes in all files. */
  get usedBytes(): number {
    return this.#tree.usedBytes;
  }

  /** What all files may take together. */
  get capacityBytes(): number {
    return this.#capacityBytes;
  }

  /** How often something did not fit so far. */
  get fullCount(): number {
    return this.#fullCount;
  }

  /** Changes the capacity; what is there stays. */
  setCapacity(capacityBytes: number): void {
    this.#capacityBytes = capacityBytes;
  }

  /**
   * From now on so many bytes more fit. The system writes back first, since what was deleted keeps its space
   * until that is durable: else it would come free later, beside these bytes.
   */
  setFree(bytes: number): void {
    this.#journal.writeBack();
    this.#capacityBytes = this.usedBytes + bytes;
  }

  /** Ends all faults and mutations. Locks and access stay as they are. */
  clearFaults(): void {
    this.faults.clear();
    this.mutations.clear();
  }

  /** The power is lost: what the agent did and did not sync is taken back. Kill its processes first. */
  losePower(): void {
    this.#journal.lose();
  }

  #caller(journal: DiskJournal | undefined): DiskCaller {
    const hasHardLinks = this.#options.hardLinks ?? true;
    const onFull = (): void => void (this.#fullCount += 1);
    return { journal, capacityBytes: () => this.#capacityBytes, onFull, hasHardLinks };
  }

  #node(path: DiskPath): DiskNode {
    return this.#tree.node(this.#person.entry(path));
  }

  #change(path: DiskPath, change: (node: DiskNode) => void): void {
    this.#do("setattr", path, () => {
      const node = this.#node(path);
      change(node);
      node.changedAtNs = this.#stampNs();
    });
  }

  // Each change gets its own stamp within a millisecond, as on a disk whose clock goes on meanwhile.
  #stampNs(): bigint {
    const granularityNs = this.#options.timestampGranularityNs ?? NTFS_GRANULARITY_NS;
    this.#changeCount += 1;
    const withinMs = (this.#changeCount * NTFS_GRANULARITY_NS) % 1_000_000;
    const stampNs = BigInt(Math.floor(this.#options.nowMs())) * 1_000_000n + BigInt(withinMs);
    return granularityNs === NTFS_GRANULARITY_NS
      ? stampNs
      : stampNs - (stampNs % BigInt(granularityNs));
  }

  #do<Value>(syscall: string, path: DiskPath, run: () => Value): Value {
    try {
      return run();
    } catch (error) {
      if (error instanceof DiskRefusal) throw diskError(error.code, syscall, String(path));
      throw error;
    }
  }
}

/** Nanoseconds; NTFS counts in these. */
const NTFS_GRANULARITY_NS = 100;
