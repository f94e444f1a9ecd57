import type { TreeNode } from "../../scenario/tree-node.ts";
import type { SimDisk } from "../../../sim-server/disk/sim-disk.ts";
import { contentBytes } from "../../scenario/content.ts";
import { CHANGED_KINDS, type DiskChange } from "../../scenario/disk-change.ts";
import { modeOf } from "./fact-of-node.ts";
import { kindAt } from "./kind-at.ts";

interface ChangeDiskOptions {
  /** Finds where an entry really stands. */
  readonly place: (path: string) => string | Uint8Array;
  /** How a path is written on this disk. */
  readonly toHost: (path: string) => string;
  /** What is in a folder, by path. */
  readonly childrenOf: (path: string) => readonly string[];
  /** The number of the device that somebody brings with this change, when it is one. */
  readonly nextDevice: number;
  /** Whether folders of a disk can be mounted elsewhere on it. */
  readonly hasBindMounts: boolean;
}

/** Carries a change out on the simulated disk. */
export function changeDisk(disk: SimDisk, change: DiskChange, options: ChangeDiskOptions): void {
  const { place, nextDevice } = options;
  const at = place(change.path);
  switch (change.do) {
    case "write":
      return disk.write(at, contentBytes(change.content));
    case "write-keeping-time": {
      const modifiedAtNs = modifiedAt(disk, at);
      return disk.write(at, contentBytes(change.content), { modifiedAtNs });
    }
    case "touch":
      // Written again as it is: the content stays, both times move.
      return disk.write(at, disk.read(at));
    case "make-folder":
      return disk.mkdir(at);
    case "delete":
      return disk.remove(at);
    case "empty":
      for (const path of options.childrenOf(change.path)) disk.remove(place(path));
      return;
    case "remount": {
      const isBind = change.bind === true && options.hasBindMounts;
      const device = isBind ? disk.deviceOf(at) : nextDevice;
      const root = isBind ? `/a place ${nextDevice}` : "/";
      if (change.holds === "same") return disk.setDevice(at, device, root);
      disk.mount(at, device, root);
      for (const [name, content] of Object.entries(change.holds)) {
        disk.write(options.toHost(`${change.path}/${name}`), contentBytes(content));
      }
      return;
    }
    case "unmount":
      return disk.unmount(at);
    case "rename":
      return disk.rename(at, place(change.to));
    case "make-link":
      return disk.makeSpecial(at, "symbolic-link", change.to);
    case "change-kind":
      disk.remove(at);
      for (const [below, node] of Object.entries<TreeNode>(CHANGED_KINDS[change.to])) {
        const held = options.toHost(change.path + below);
        if (node === null) disk.mkdir(held);
        else if ("content" in node) disk.write(held, contentBytes(node.content));
        else if (node.kind === "symbolic-link") disk.makeSpecial(held, node.kind, node.to);
        else if (node.kind === "socket") disk.makeSpecial(held, node.kind);
      }
      return;
    case "chmod":
      return disk.chmod(at, modeOf(change.mode, kindAt(disk, at)));
    case "make-read-only":
      return disk.setAccess(at, "read");
    case "deny":
      return disk.setAccess(at, "none");
    case "allow":
      return disk.setAccess(at, "read-write");
    case "lock":
      return disk.lock(at);
    case "unlock":
      return disk.unlock(at);
    case "hide":
      return disk.setHidden(at, true);
    case "unhide":
      return disk.setHidden(at, false);
  }
}

function modifiedAt(disk: SimDisk, at: string | Uint8Array): bigint {
  for (const entry of disk.snapshot(at).values()) return entry.modifiedAtNs;
  throw new Error("the file that is to be changed is not there");
}
