import { isNotNow } from "../../../protocol/http/is-not-now.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { message } from "../../../messages/message.ts";
import type { FileFailure } from "../../core/file-outcome.ts";
import { exchangeFailed, ServiceError, type PartResult } from "../../ports/service.ts";
import { FolderStates, type FolderState } from "../../state/folder-states.ts";
import { StoppedError } from "../job-stop.ts";
import type { BackupContext } from "./backup-context.ts";
import { backupFailure } from "./backup-failure.ts";

/**
 * Tells the service times and modes of folders that are new or changed, once everything is sent: a folder
 * comes into being there with what is in it (decision 0006). One that is not there waits for a later job.
 * Resolves to what kept it from telling, which then is the job's own trouble: such folders have no rows.
 */
export async function saveFolders(
  context: BackupContext,
  sourceId: number,
): Promise<FileFailure | undefined> {
  const { database, stop } = context;
  const states = new FolderStates(database, sourceId);
  const count = Math.min(LIMITS.batchPartCountMax, context.tuning.batchPartCountMax);
  context.recorder.flush();
  let after = "";
  try {
    for (;;) {
      const folders = states.unsaved(after, count);
      const last = folders.at(-1);
      if (last === undefined || stop.reason !== undefined) return undefined;
      after = last.key;
      const saved = await save(context, folders);
      database.transaction("streaming", () => {
        for (const folder of saved) states.saved(folder);
        context.recorder.advancePlace();
      });
    }
  } catch (error) {
    if (error instanceof StoppedError) return undefined;
    if (!(error instanceof ServiceError)) throw error;
    return backupFailure(error, {
      name: "",
      entryKind: "folder",
      sizeBytes: 0,
      capacityAtStart: null,
    });
  }
}

/** Those that the service took; the others are not there. */
async function save(
  context: BackupContext,
  folders: readonly FolderState[],
): Promise<readonly FolderState[]> {
  const { service, retrier, destination } = context;
  let open = folders;
  const saved: FolderState[] = [];
  await retrier.run(async () => {
    const results = await service.putBatch(
      open.map(({ key, modifiedAtNs, mode }) => ({
        kind: "folder-attributes",
        path: [...destination, ...key.slice(0, -1).split("/")],
        modifiedAtNs,
        mode,
      })),
    );
    saved.push(...open.filter((_, index) => results[index]?.outcome === "committed"));
    open = open.filter((_, index) => isOpen(results[index]));
    if (open.length === 0) return;
    throw new ServiceError(
      exchangeFailed("unavailable"),
      message("exchange.failed", {
        what: message("exchange.saving-folders", { count: open.length }),
        why: message("exchange.unavailable"),
      }),
    );
  });
  return saved;
}

/** Whether another try can help. Throws what concerns more than a folder that is not there. */
function isOpen(result: PartResult | undefined): boolean {
  if (result?.outcome !== "refused") return false;
  const { problem } = result;
  if (isNotNow(problem.status)) return true;
  if (problem.code === "not-found") return false;
  throw new ServiceError(
    { kind: "refused", problem },
    message("exchange.saving-folders", { count: 1 }),
  );
}
