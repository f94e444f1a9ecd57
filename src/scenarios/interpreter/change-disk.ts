import type { SimDisk } from "../../sim-server/disk/sim-disk.ts";
import { contentBytes } from "../data/content.ts";
import type { DiskChange } from "../data/disk-change.ts";

/** Carries a change out on the simulated disk; `place` finds where an entry really stands. */
export function changeDisk(
  disk: SimDisk,
  change: DiskChange,
  place: (path: string) => string | Uint8Array,
): void {
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
    case "rename":
      return disk.rename(at, place(change.to));
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
