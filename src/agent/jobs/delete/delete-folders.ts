import type { DeleteContext } from "./delete-context.ts";
import { deleteOne } from "./delete-one.ts";
import { toDeleteTarget } from "./delete-target.ts";

/**
 * Deletes the folders that are gone and empty on the service by now, each before the one it is in.
 * Only those that the index has are known to be there: empty folders that were backed up, and those
 * of which a file was deleted.
 */
export async function deleteFolders(context: DeleteContext): Promise<void> {
  const { gone, index, stop, recorder } = context;
  for (const page of gone.foldersInnermostFirst()) {
    for (const entry of page) {
      if (stop.reason?.rest === "at-once") return;
      // What was deleted in a folder has to be in the index before it is asked.
      recorder.flush();
      const target = toDeleteTarget(entry);
      if (!index.has(entry.key)) recorder.pass(target);
      else {
        if (stop.reason === undefined) recorder.markUncertain([entry.key]);
        await deleteOne(context, target);
      }
    }
  }
}
