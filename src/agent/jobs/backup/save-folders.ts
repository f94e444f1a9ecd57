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
 * comes into being there with what is in it (decision 0006). One that is not there is forgotten: a later job
 * sees it anew as long as the PC has it. Resolves to what kept it from telling, which then is the job's own
 * trouble: such folders have no rows.
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
      const { saved, absent } = await save(context, folders);
      database.transaction("streaming", () => {
        for (const folder of saved) states.saved(folder);
        for (const { key } of absent) states.remove(key);
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

/** Which of them the service took, and which are not there. */
async function save(
  context: BackupContext,
  folders: readonly FolderState[],
): Promise<{ readonly saved: readonly FolderState[]; readonly absent: readonly FolderState[] }> {
  const { service, retrier, destination } = context;
  let open = folders;
  const saved: FolderState[] = [];
  const absent: FolderState[] = [];
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
    absent.push(...open.filter((_, index) => isAbsent(results[index])));
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
  return { saved, absent };
}

function isAbsent(result: PartResult | undefined): boolean {
  return result?.outcome === "refused" && result.problem.code === "not-found";
}

/** Whether another try can help. Throws what concerns more than a folder that is not there. */
function isOpen(result: PartResult | undefined): boolean {
  if (result?.outcome !== "refused") return false;
  const { problem } = result;
  if (isNotNow(problem.status)) return true;
  if (isAbsent(result)) return false;
  throw new ServiceError(
    { kind: "refused", problem },
    message("exchange.saving-folders", { count: 1 }),
  );
}
