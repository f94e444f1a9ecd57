import type { World } from "../../../sim-server/world.ts";
import type { DiskChange } from "../../scenario/disk-change.ts";
import type { Loss } from "../../observation/loss.ts";
import type { Standing } from "../../observation/restore-run.ts";
import type { RestoreTargets, TargetChange } from "../observe/restore-recorder.ts";
import { changeDisk } from "../disk/change-disk.ts";
import { kindAt } from "../disk/kind-at.ts";
import { isAtOrBelow } from "../disk/scenario-path.ts";
import type { HostPaths } from "../disk/host-path.ts";
import { isSameStanding, standingBelow } from "../disk/stand-on-disk.ts";

/**
 * People and applications in the folders that restores go to. There the agent writes, so that only the
 * disk itself knows what stands there: a change is tried on it, and what became of it is looked at.
 */
export class RestoreTargetActor implements RestoreTargets {
  /** How a folder went away, by its path. */
  readonly losses: Map<string, Loss> = new Map();
  readonly changes: TargetChange[] = [];
  /** Every path that somebody changed or moved something to. */
  readonly touched: string[] = [];
  readonly #world: World;
  readonly #paths: HostPaths;
  readonly #targets: readonly string[];
  /** Where somebody moved something out of such a folder. */
  readonly #movedTo: string[] = [];

  constructor(world: World, paths: HostPaths, targets: readonly string[]) {
    this.#world = world;
    this.#paths = paths;
    this.#targets = [...new Set(targets)];
  }

  /** The folders that restores go to. */
  get targets(): readonly string[] {
    return this.#targets;
  }

  /**
   * Whether a path is in a folder that restores go to, or in what somebody moved out of one, so that changes of it
   * belong here.
   */
  has(path: string): boolean {
    return [...this.#targets, ...this.#movedTo].some((folder) => isAtOrBelow(path, folder));
  }

  /** Makes a folder that is going to be restored to, unless something stands there. */
  make(target: string): void {
    const at = this.#paths.toHost(target);
    if (this.#world.disk.exists(at)) return;
    try {
      this.#world.disk.mkdir(at);
    } catch (error) {
      // A file, or a folder that nobody may enter, stands where it would be.
      if (error instanceof Error && "code" in error) return;
      throw error;
    }
    this.losses.delete(target);
  }

  /** What stands in such a folder. */
  standing(target: string): Standing {
    return standingBelow(this.#world.disk, this.#paths, target);
  }

  /** Carries a change out, if it can happen; says whether it did. */
  change(change: DiskChange): boolean {
    const { disk, trace, clock } = this.#world;
    const before = this.#targets.map((target) => [target, this.standing(target)] as const);
    const { capacityBytes } = disk;
    // Only the agent meets a full disk: what people do is meant to happen.
    disk.setCapacity(Infinity);
    const isDone = this.#try(change);
    disk.setCapacity(capacityBytes);
    if (!isDone) return false;
    if (change.do === "rename" && !this.has(change.to)) this.#movedTo.push(change.to);
    this.touched.push(
      change.path,
      ...("to" in change && change.do === "rename" ? [change.to] : []),
    );
    for (const [target, was] of before) {
      const is = this.standing(target);
      this.#noteLoss(change, target, is);
      for (const path of new Set([...was.keys(), ...is.keys()])) {
        const [one, other] = [was.get(path), is.get(path)];
        if (isSameStanding(one, other)) continue;
        const atMs = clock.elapsedMs();
        this.changes.push({ atMs, target, path, before: one, after: other, action: change.do });
      }
    }
    trace.add("person", change.do, change.path);
    return true;
  }

  /** Gives the agent free way again: nothing is held, denied or read-only any more. */
  putRight(): void {
    const { disk } = this.#world;
    for (const target of this.#targets) {
      // What is in a folder shows only once the folder may be entered.
      for (const [path, fact] of this.standing(target)) {
        const at = this.#paths.toHost(path === "" ? target : `${target}/${path}`);
        if (fact.isLocked) disk.unlock(at);
        if (fact.access !== "read-write") disk.setAccess(at, "read-write");
        if (fact.kind === "folder" && fact.mode !== undefined) disk.chmod(at, fact.mode | 0o700);
      }
    }
  }

  #try(change: DiskChange): boolean {
    const { disk } = this.#world;
    const { toHost } = this.#paths;
    if (!canHappen(change, (path) => disk.exists(toHost(path)))) return false;
    // It would happen elsewhere: in a source perhaps, of which the world has a model of its own.
    const places = change.do === "rename" ? [change.path, change.to] : [change.path];
    if (places.some((path) => this.#leadsThroughLink(parentOf(path)))) return false;
    try {
      const childrenOf = (): readonly string[] => [];
      const mounts = { nextDevice: 1, hasBindMounts: false };
      changeDisk(disk, change, { place: toHost, toHost, childrenOf, ...mounts });
      return true;
    } catch (error) {
      // As on a real disk: something is in the way, or another kind of entry than was thought.
      if (error instanceof Error && "code" in error) return false;
      throw error;
    }
  }

  #leadsThroughLink(folder: string): boolean {
    if (folder === "/") return false;
    const at = this.#paths.toHost(folder);
    return (
      this.#leadsThroughLink(parentOf(folder)) || kindAt(this.#world.disk, at) === "symbolic-link"
    );
  }

  #noteLoss(change: DiskChange, target: string, is: Standing): void {
    if (is.size > 0) this.losses.delete(target);
    else if (!isAtOrBelow(target, change.path)) return;
    else if (change.do === "delete") this.losses.set(target, "deleted");
    else if (change.do === "rename") this.losses.set(target, "renamed");
  }
}

function canHappen(change: DiskChange, exists: (path: string) => boolean): boolean {
  switch (change.do) {
    case "write":
      return exists(parentOf(change.path));
    case "make-folder":
    case "make-link":
      return !exists(change.path) && exists(parentOf(change.path));
    case "rename":
      return exists(change.path) && !exists(change.to) && exists(parentOf(change.to));
    case "empty":
    case "remount":
    case "unmount":
      return false;
    case "write-keeping-time":
    case "touch":
    case "delete":
    case "change-kind":
    case "chmod":
    case "deny":
    case "make-read-only":
    case "allow":
    case "lock":
    case "unlock":
    case "hide":
    case "unhide":
      return exists(change.path);
  }
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}
