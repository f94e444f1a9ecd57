import { z } from "zod";

import { diskFaultSchema } from "../../sim-server/faults/disk-fault.ts";
import { memoryFaultSchema } from "../../sim-server/faults/memory-fault.ts";
import { networkFaultSchema } from "../../sim-server/faults/network-fault.ts";
import { storageFaultSchema } from "../../sim-server/faults/storage-fault.ts";

/**
 * What goes wrong during one backup, each fault keyed by its place and ordinal, so that taking one
 * away moves no other. Ordinals count from the start of that backup; faults end with it.
 */
export const runFaultsSchema = z.strictObject({
  /** Faults on connections; open ones are cut as the backup begins, so that they meet them. */
  network: z.array(networkFaultSchema).optional(),
  /**
   * The whole network is out from a moment after the start (of the run, or of its first delete job),
   * for so long or until the backup ends.
   */
  outage: z
    .strictObject({
      kind: z.enum(["unreachable", "unresolved", "silent"]),
      from: z.literal("deletion").optional(),
      afterMs: z.int().min(0),
      forMs: z.union([z.int().min(1), z.literal("forever")]),
    })
    .optional(),
  storage: z.array(storageFaultSchema).optional(),
  disk: z.array(diskFaultSchema).optional(),
  /** So many bytes more can the agent write before the disk is full. Default: no limit. */
  freeBytes: z.int().min(0).optional(),
  /** The process holds too much memory from the nth time on that this activity asks. */
  memory: memoryFaultSchema.optional(),
});

/** What goes wrong during one backup, as data. */
export type RunFaults = z.infer<typeof runFaultsSchema>;
