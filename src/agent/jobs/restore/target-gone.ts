import { TARGET_MISSING, type RestoreFailure } from "./restore-failure.ts";
import { DiskError } from "../../ports/source-disk.ts";
import type { RestoreContext } from "./restore-context.ts";

/**
 * Whether what the disk did not find is missing because the chosen folder itself went away meanwhile.
 * That concerns everything else as well: the job stops, and what it came to is the result.
 */
export async function targetGone(
  context: Pick<RestoreContext, "disk" | "stop" | "targetPath">,
  error: DiskError,
): Promise<RestoreFailure | undefined> {
  if (error.kind !== "not-found" && error.kind !== "not-a-folder") return undefined;
  const { disk, stop, targetPath } = context;
  try {
    if ((await disk.find(targetPath))?.kind === "folder") return undefined;
  } catch (found) {
    if (found instanceof DiskError) return undefined;
    throw found;
  }
  stop.stop({ failure: TARGET_MISSING, rest: "list-rest", trustsIndex: false });
  return TARGET_MISSING;
}
