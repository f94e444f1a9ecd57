import { posix } from "node:path";

import type { DiskFault, DiskOperation } from "../../sim-server/faults/disk-fault.ts";
import type { DiskNodeKind } from "../../sim-server/disk/disk-node.ts";
import { SimDisk, type SimDiskFs, type SimDiskOptions } from "../../sim-server/disk/sim-disk.ts";
import { Activity } from "../../sim-server/kernel/activity.ts";
import { globalTimers } from "../../sim-server/kernel/timers.ts";
import { NodeDisk, type NodeDiskFs } from "../adapters/node-disk.ts";
import { NodeTargetDisk, type NodeTargetFs } from "../adapters/node-target-disk.ts";

/** What a test puts at a path: a file's text or bytes, `null` for an empty folder, or another kind. */
export type TreeContent =
  | string
  | Uint8Array
  | null
  | { readonly kind: Exclude<DiskNodeKind, "file" | "folder"> };

/** A tree as path -> content. */
export type Tree = Readonly<Record<string, TreeContent>>;

/** The faults of the disk that refuse a call. */
type DiskRefusalKind = Exclude<DiskFault["kind"], "delay">;

// Long before the fake clock's start, so that files are settled unless a test says otherwise.
const FIRST_CHANGE_AT_MS = Date.UTC(2026, 0, 1);
const CHANGE_GAP_MS = 10_000;

/**
 * The simulated disk with the shipped adapters on it, for a process that runs until `restart`. Its
 * methods are what other programs do. Time passes with each change only.
 */
export class TestDisk extends SimDisk {
  /** Every call so far, as `operation path`; of a rename or a second name the path it goes to. */
  readonly calls: string[] = [];
  /** Called before each call is carried out; may change the disk. */
  onCall: (operation: DiskOperation, path: string) => void = () => undefined;
  /** Whether the host has a mount table to read. */
  tellsMounts = true;
  /** The most files that were ever open at once. */
  openCountMax = 0;
  readonly #root: string;
  #fs: SimDiskFs;
  #source: NodeDisk;
  #target: NodeTargetDisk;

  /** A disk with a folder `root`, in it `tree` and, unless an option says otherwise, plenty of space. */
  constructor(tree: Tree = {}, root = "/source", options: Partial<SimDiskOptions> = {}) {
    let atMs = FIRST_CHANGE_AT_MS;
    super({
      timers: globalTimers,
      activity: new Activity(),
      nowMs: () => (atMs += CHANGE_GAP_MS),
      beforeCall: ({ operation, path, dest }) => this.#called(operation, dest ?? path),
      ...options,
    });
    this.#root = root;
    this.mkdir(root);
    // The last first, so that nobody can rely on an order.
    for (const [path, content] of Object.entries(tree).toReversed()) {
      this.put(`${root}/${path}`, content);
    }
    this.#fs = this.createFs();
    this.#source = this.#sourceDisk();
    this.#target = this.#targetDisk();
  }

  /** What the agent backs up from. */
  get source(): NodeDisk {
    return this.#source;
  }

  /** What the agent restores to. */
  get target(): NodeTargetDisk {
    return this.#target;
  }

  /** Files that are open. */
  get openCount(): number {
    return this.#fs.openCount;
  }

  /** The process is gone, and its open calls never answer; a new one works through new adapters. */
  restart(): void {
    this.#fs.kill();
    this.#fs = this.createFs();
    this.#source = this.#sourceDisk();
    this.#target = this.#targetDisk();
  }

  /** Puts something at a path, with the folders above it; a file that is there keeps its identity. */
  put(path: string, content: TreeContent, modifiedAtNs?: bigint): void {
    if (content === null) return this.mkdir(path);
    const isSpecial = typeof content === "object" && "kind" in content;
    const kind = isSpecial ? content.kind : "file";
    const there = this.kindAt(path);
    if (there !== undefined && (there !== kind || isSpecial)) this.remove(path);
    if (isSpecial) return this.makeSpecial(path, content.kind);
    this.write(path, content, modifiedAtNs === undefined ? {} : { modifiedAtNs });
  }

  /** Refuses a call at a path; `times` in a row. */
  refuse(
    operation: DiskOperation,
    path: string,
    kind: DiskRefusalKind,
    times: number | "forever" = "forever",
  ): void {
    this.faults.add({ operation, path, kind, nth: 1, times });
  }

  /** What stands at a path; undefined for nothing. */
  kindAt(path: string): DiskNodeKind | undefined {
    return this.exists(path) ? this.snapshot(path).values().next().value?.kind : undefined;
  }

  /** Everything below a folder, by default the root: a file's text, or its kind, by path. */
  tree(folder = this.#root): Readonly<Record<string, string>> {
    const rows = [...this.snapshot(folder)]
      .slice(1)
      .map(([path, { kind, bytes }]) => [
        path.slice(folder.length).replace(/^\//, ""),
        kind === "file" ? bytes.toString() : `(${kind})`,
      ]);
    return Object.fromEntries(rows) as Readonly<Record<string, string>>;
  }

  /** The calls of some operations, in order. */
  callsOf(...operations: readonly DiskOperation[]): readonly string[] {
    return this.calls.filter((call) => operations.some((one) => call.startsWith(`${one} `)));
  }

  /** How many calls of an operation there were at a path, or anywhere. */
  callCount(operation: DiskOperation, path?: string): number {
    if (path === undefined) return this.callsOf(operation).length;
    return this.calls.filter((call) => call === `${operation} ${path}`).length;
  }

  #called(operation: DiskOperation, path: string): void {
    this.calls.push(`${operation} ${path}`);
    this.openCountMax = Math.max(this.openCountMax, this.openCount);
    this.onCall(operation, path);
  }

  #sourceDisk(): NodeDisk {
    const fs = this.#fs.promises as unknown as NodeDiskFs;
    const hiddenNames = async (folder: string): Promise<ReadonlySet<string>> =>
      this.hiddenNames(folder);
    const mounts = {
      table: () => (this.tellsMounts ? this.mountTable : undefined),
      realpath: async (path: string): Promise<string> => this.realpath(path),
    };
    return new NodeDisk({ fs, path: posix, hiddenNames, mounts });
  }

  #targetDisk(): NodeTargetDisk {
    const fs = this.#fs.promises as unknown as NodeTargetFs;
    return new NodeTargetDisk({ fs, path: posix, openFilesFolder: "/proc/self/fd" });
  }
}
