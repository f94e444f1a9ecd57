import { DiskError } from "../../ports/source-disk.ts";
import type { FileToWrite } from "../../ports/target-disk.ts";
import type { RestoreContext } from "./restore-context.ts";
import type { TargetFolder } from "./target-folder.ts";

/** A file that is being written under a name of its own, beside where it will stand. */
export interface TemporaryFile {
  readonly path: string;
  readonly file: FileToWrite;
}

/** How all temporary names of a job begin; nothing else in a folder is called so. */
export function temporaryPrefix(jobId: number): string {
  return `.azukeru-restore-${jobId}-`;
}

/** How they end. */
export const TEMPORARY_SUFFIX = ".tmp";

/** Tries before a folder is taken to be full of such names. */
const NAME_TRY_COUNT = 100;

/**
 * Makes a temporary file in a folder, noted there before; `position` tells a job's files apart. Rejects,
 * and leaves nothing, when the path led elsewhere: somebody put a link in the place of a folder.
 */
export async function createTemporaryFile(
  context: Pick<RestoreContext, "disk" | "jobId" | "log">,
  folder: TargetFolder,
  { position, access }: { readonly position: number; readonly access: "private" | "as-usual" },
): Promise<TemporaryFile> {
  const { disk, jobId } = context;
  folder.expectTemporaryFile();
  for (let number = 1; ; number += 1) {
    const last = number === 1 ? "" : `-${number}`;
    const name = `${temporaryPrefix(jobId)}${position}${last}${TEMPORARY_SUFFIX}`;
    const path = disk.join(folder.reach, name);
    try {
      const file = await disk.create(path, access);
      let isKept = false;
      try {
        // Afterwards, since what is looked at before can be another one by then. What is open stays.
        isKept = await folder.isReached();
        if (isKept) return { path, file };
        throw linkOnTheWay(folder);
      } finally {
        if (!isKept) {
          await file.close();
          await removeTemporaryFile(context, folder, path);
        }
      }
    } catch (error) {
      const isTaken = error instanceof DiskError && error.kind === "exists";
      if (!isTaken || number === NAME_TRY_COUNT) throw error;
    }
  }
}

/** Somebody put a link, or another folder, in the place of a folder since it was entered. */
export function linkOnTheWay({ path }: Pick<TargetFolder, "path">): DiskError {
  return new DiskError("not-a-folder", path, "a link came to stand on the way");
}

/** Removes a temporary file that is not needed any more; one that cannot be stays noted. */
export async function removeTemporaryFile(
  context: Pick<RestoreContext, "disk" | "jobId" | "log">,
  folder: TargetFolder,
  path: string,
): Promise<void> {
  try {
    await context.disk.remove(path);
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    if (error.kind === "not-found") return;
    folder.keepNote();
    const fields = { job: context.jobId, error: String(error) };
    context.log.write("warn", "a-temporary-file-is-left", fields);
  }
}
