import type { DiskNodeKind } from "../../../sim-server/disk/disk-node.ts";
import type { SimDisk } from "../../../sim-server/disk/sim-disk.ts";

/** What stands at a path of the simulated disk, written as the disk has it; links are not followed. It has to be there. */
export function kindAt(disk: SimDisk, at: string | Uint8Array): DiskNodeKind | undefined {
  return disk.snapshot(at).values().next().value?.kind;
}
