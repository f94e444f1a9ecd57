import { restoreTargetFailure, TARGET_MISSING, type RestoreFailure } from "./restore-failure.ts";
import { DiskError } from "../../ports/source-disk.ts";
import type { RestoreContext } from "./restore-context.ts";
import type { TargetFolder } from "./target-folder.ts";
import { createTemporaryFile, removeTemporaryFile } from "./temporary-file.ts";
import { message } from "../../../messages/message.ts";

/**
 * Holds the chosen folder from now on, where the host can. Why nothing can be restored into the chosen folder, found out before anything is fetched: it is not
 * there, no folder, or may not be written (R-IS-1, R-IS-2, R-AD-1). Undefined when it can.
 */
export async function checkTarget(
  context: RestoreContext,
  root: TargetFolder,
): Promise<RestoreFailure | undefined> {
  try {
    const stat = await context.disk.stat(root.path);
    if (stat.kind === "symbolic-link") {
      return { ...TARGET_MISSING, detail: message("restore.target-is-link") };
    }
    if (stat.kind !== "folder") return TARGET_MISSING;
    root.keepHeld(await context.disk.hold(root.path));
    const probe = await createTemporaryFile(context, root, {
      position: 0,
      access: "private",
    });
    await probe.file.close();
    await removeTemporaryFile(context, root, probe.path);
    return undefined;
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    const found = restoreTargetFailure(error);
    // A disk that is full or fails now and then is each file's own trouble.
    return found.status === "unexpected" && error.kind !== "name-too-long" ? undefined : found;
  }
}
