import type { HeldMemory } from "../held-memory.ts";
import type { NameSpill } from "../../ports/name-spill.ts";
import type { SourceDisk } from "../../ports/source-disk.ts";
import type { Tuning } from "../../tuning.ts";
import type { JobTotals } from "../row-recorder.ts";
import { scan } from "./scan.ts";

/**
 * Counts what a first backup will have to send by a walk of its own beside the job's, so that a
 * person sees how long it will take. Resolves to null when it was told to end before it was done.
 */
export async function countTotals(options: {
  readonly disk: SourceDisk;
  readonly rootPath: string;
  readonly includeHidden: boolean;
  readonly spill: NameSpill;
  readonly tuning: Tuning;
  readonly holds: () => HeldMemory;
  readonly isStopped: () => boolean;
}): Promise<JobTotals | null> {
  let fileCount = 0;
  let sizeBytes = 0;
  try {
    for await (const some of scan(options)) {
      for (const item of some) {
        if (item.kind !== "target") continue;
        fileCount += 1;
        if (item.entryKind === "file") sizeBytes += item.stat.sizeBytes;
      }
    }
  } catch {
    // The job's own scan meets the same trouble and reports it; here it only means no totals.
    return null;
  }
  return options.isStopped() ? null : { fileCount, sizeBytes };
}
