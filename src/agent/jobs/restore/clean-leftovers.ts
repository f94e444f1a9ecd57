import type { Log } from "../../ports/log.ts";
import { DiskError } from "../../ports/source-disk.ts";
import type { TargetDisk } from "../../ports/target-disk.ts";
import type { RestoreLeftover, RestoreLeftovers } from "../../state/restore-leftovers.ts";
import { TEMPORARY_SUFFIX, temporaryPrefix } from "./temporary-file.ts";

interface CleanLeftoversOptions {
  readonly disk: TargetDisk;
  readonly leftovers: RestoreLeftovers;
  readonly log: Log;
}

/**
 * Removes the files under temporary names that restores left which were killed or lost their power.
 * Only between jobs. A folder that cannot be looked at now keeps its note: its disk may come back.
 */
export async function cleanLeftovers(options: CleanLeftoversOptions): Promise<void> {
  const { leftovers, log } = options;
  for (const leftover of leftovers.all()) {
    try {
      await cleanFolder(options, leftover);
      leftovers.remove(leftover);
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      const fields = { job: leftover.jobId, error: String(error) };
      log.write("warn", "what-a-restore-left-cannot-be-removed-yet", fields);
    }
  }
}

async function cleanFolder(
  { disk, log }: CleanLeftoversOptions,
  { jobId, folder }: RestoreLeftover,
): Promise<void> {
  const prefix = temporaryPrefix(jobId);
  // A folder that became a link leads to where no restore wrote.
  if ((await disk.stat(folder)).kind !== "folder") return;
  let hasRemoved = false;
  for await (const entries of disk.list(folder)) {
    for (const { name, kind } of entries) {
      const isOurs = name?.startsWith(prefix) === true && name.endsWith(TEMPORARY_SUFFIX);
      if (name === undefined || !isOurs || kind !== "file") continue;
      await disk.remove(disk.join(folder, name));
      hasRemoved = true;
      log.write("info", "removed-what-a-restore-left", { job: jobId });
    }
  }
  // Without it a lost power brings the names back when their note is gone already.
  if (hasRemoved) await disk.syncFolder(folder);
}
