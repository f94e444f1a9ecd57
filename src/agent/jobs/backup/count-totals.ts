import type { NameSpill } from "../../ports/name-spill.ts";
import type { SourceDisk } from "../../ports/source-disk.ts";
import { scan } from "./scan.ts";

/** Files and bytes a job will have to look at, as far as is known. */
export interface Totals {
  readonly fileCount: number;
  readonly sizeBytes: number;
}

/**
 * Counts what a first backup will have to send by a walk of its own beside the job's, so that a
 * person sees how long it will take. Resolves to null when it was told to end before it was done.
 */
export async function countTotals(options: {
  readonly disk: SourceDisk;
  readonly rootPath: string;
  readonly includeHidden: boolean;
  readonly spill: NameSpill;
  readonly isStopped: () => boolean;
}): Promise<Totals | null> {
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
