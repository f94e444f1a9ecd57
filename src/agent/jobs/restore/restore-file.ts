import { COMPLETED, failure } from "../../core/file-outcome.ts";
import {
  NOT_ON_SERVICE,
  restoreDiskFailure,
  restoreFailure,
  type RestoreFailure,
} from "./restore-failure.ts";
import { DiskError } from "../../ports/source-disk.ts";
import { ServiceError } from "../../ports/service.ts";
import { StoppedError } from "../job-stop.ts";
import { fetchFile } from "./fetch-file.ts";
import { judgeConflict, type ConflictVerdict } from "./judge-conflict.ts";
import { putInPlace, type Placement } from "./put-in-place.ts";
import type { RestoreContext } from "./restore-context.ts";
import type { FileToRestore } from "./restore-item.ts";
import { targetGone } from "./target-gone.ts";
import { createTemporaryFile, linkOnTheWay, removeTemporaryFile } from "./temporary-file.ts";
import { message, type Message } from "../../../messages/message.ts";
import { isLoginRefusal } from "../../../protocol/http/is-login-refusal.ts";

/** What one file came to. */
type Result = Exclude<Placement, { kind: "put" }> | Put;

interface Put {
  readonly kind: "put";
  readonly name: string;
  readonly sizeBytes: number;
  /** False where the disk has no modes. */
  readonly isModeKept: boolean;
}

/**
 * Restores one file: fetched under a temporary name, checked, dated, made durable, and put in place by
 * one rename (I11). Gives it its row, whatever happens; only what nobody foresaw is thrown on.
 */
export async function restoreFile(context: RestoreContext, file: FileToRestore): Promise<void> {
  const { recorder } = context;
  const position = recorder.begin(file);
  try {
    const result = await attempt(context, file, position);
    switch (result.kind) {
      case "put": {
        const detail = placeDetail(context, file, result);
        return await context.syncedRows.add(file.folder, () => {
          recorder.restored(file, position, result.sizeBytes, detail);
        });
      }
      case "there-already":
        return recorder.finish(file, position, COMPLETED);
      case "skip":
        return recorder.exclude(file, position, result.why);
      case "fail":
        return recorder.finish(file, position, result.failure);
    }
  } catch (error) {
    recorder.finish(file, position, await failureOf(context, error));
  }
}

/** Where a file went that has not its own place, and what the disk keeps not; null when all is as it was. */
function placeDetail(
  { disk }: RestoreContext,
  { folder, name, isOlder }: FileToRestore,
  { name: putAs, isModeKept }: Put,
): Message | null {
  if (isOlder === true) {
    return message("restore.older-kept-beside", { path: disk.join(folder.path, putAs) });
  }
  if (putAs !== name) {
    return message(isModeKept ? "restore.kept-beside" : "restore.kept-beside-without-mode", {
      name: putAs,
    });
  }
  return isModeKept ? null : message("restore.mode-not-kept");
}

async function attempt(
  context: RestoreContext,
  file: FileToRestore,
  position: number,
): Promise<Result> {
  const { disk, stop } = context;
  if (stop.reason !== undefined) throw new StoppedError();
  if (file.folder.failure !== undefined) return { kind: "fail", failure: file.folder.failure };
  const refusal = disk.nameRefusal(file.name);
  if (refusal !== undefined) {
    return { kind: "fail", failure: failure("unexpected", ["R-UX-4"], refusal) };
  }
  const path = disk.join(file.folder.reach, file.name);
  const verdict = await judgeConflict(context, file, path);
  const { kind } = verdict;
  if (kind === "there-already" || kind === "skip" || kind === "fail") return verdict;
  return fetchAndPut(context, file, { position, path, verdict });
}

async function fetchAndPut(
  context: RestoreContext,
  file: FileToRestore,
  how: {
    readonly position: number;
    readonly path: string;
    readonly verdict: ConflictVerdict;
  },
): Promise<Result> {
  const { folder } = file;
  const { position, path, verdict } = how;
  const temporary = await createTemporaryFile(context, folder, {
    position,
    access: file.mode === undefined ? "as-usual" : "private",
  });
  let isPut = false;
  try {
    const onAdvance = (doneBytes: number): void =>
      context.recorder.advance(file, position, doneBytes);
    const head = await fetchFile({ context, wish: file, file: temporary.file, onAdvance });
    if (head === undefined) return { kind: "fail", failure: NOT_ON_SERVICE };
    const isModeKept = head.mode === undefined || (await temporary.file.setMode(head.mode));
    await temporary.file.setModifiedAt(head.modifiedAtNs);
    await temporary.file.sync();
    // Windows renames no file that is open.
    await temporary.file.close();
    const temporaryPath = temporary.path;
    const placed = await putInPlace(context, { file, temporaryPath, path, verdict });
    if (placed.kind !== "put") return placed;
    isPut = true;
    // Reached by names alone, it may have gone through a link that came just now.
    if (!folder.isHeld && !(await folder.isReached())) {
      await removeTemporaryFile(context, folder, context.disk.join(folder.reach, placed.name));
      return { kind: "fail", failure: restoreDiskFailure(linkOnTheWay(folder)) };
    }
    folder.changed();
    return { ...placed, sizeBytes: head.sizeBytes, isModeKept };
  } finally {
    await temporary.file.close();
    if (!isPut) await removeTemporaryFile(context, folder, temporary.path);
  }
}

/** What an error means for a file: one of the disk, of the service, of a job that is to stop. */
async function failureOf(context: RestoreContext, error: unknown): Promise<RestoreFailure> {
  const { stop } = context;
  if (error instanceof StoppedError && stop.reason !== undefined) return stop.reason.failure;
  if (error instanceof DiskError) {
    return (await targetGone(context, error)) ?? restoreDiskFailure(error);
  }
  if (!(error instanceof ServiceError)) throw error;
  const found = restoreFailure(error);
  const isLoginOver = error.failure.kind === "refused" && isLoginRefusal(error.failure.problem);
  // A login that is no longer taken concerns every other file too.
  if (isLoginOver) stop.stop({ failure: found, rest: "list-rest", trustsIndex: false });
  return found;
}
