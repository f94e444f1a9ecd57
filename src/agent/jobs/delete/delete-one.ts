import { deleteFailure, mayBeDeleted } from "./delete-failure.ts";
import { COMPLETED, failure } from "../../core/file-outcome.ts";
import { ServiceError } from "../../ports/service.ts";
import { StoppedError } from "../job-stop.ts";
import type { DeleteContext } from "./delete-context.ts";
import type { DeleteTarget } from "./delete-target.ts";
import { whyNotGone } from "./why-not-gone.ts";
import { message } from "../../../messages/message.ts";
import { isLoginRefusal } from "../../../protocol/http/is-login-refusal.ts";

const ALREADY_GONE = failure("not-found", ["DEL-NF-1"], message("delete.already-gone"));

/**
 * Looks for a target a second time and deletes it on the service when it is gone indeed. Rejects only
 * with what nobody foresaw.
 */
export async function deleteOne(context: DeleteContext, target: DeleteTarget): Promise<void> {
  const { recorder, stop } = context;
  if (stop.reason !== undefined) return recorder.keep(target, stop.reason.failure);
  const found = await whyNotGone(context.disk, context.root, {
    ...target,
    deviceId: context.isConfirmed ? null : target.deviceId,
  });
  if (found?.kind === "protected") return recorder.exclude(target, found.why);
  if (found?.kind === "unconfirmed") return recorder.hold(target, found.folder);
  try {
    settle(context, target, await deleteThere(context, target));
  } catch (error) {
    settleError(context, target, error);
  }
}

type Deletion = "deleted" | "gone" | "not-empty";

async function deleteThere(context: DeleteContext, target: DeleteTarget): Promise<Deletion> {
  let mayHaveHappened = false;
  const result = await context.retrier.run(async () => {
    try {
      return await deleteOnce(context, target);
    } catch (error) {
      mayHaveHappened ||= error instanceof ServiceError && mayBeDeleted(error);
      throw error;
    }
  });
  // An earlier try whose answer was lost had deleted it.
  return result === "gone" && mayHaveHappened ? "deleted" : result;
}

async function deleteOnce(context: DeleteContext, target: DeleteTarget): Promise<Deletion> {
  const path = [...context.destination, ...target.path.split("/")];
  try {
    if (target.entryKind === "folder") return await context.service.deleteEmptyFolder(path);
    return (await context.service.deleteFile(path)) ? "deleted" : "gone";
  } catch (error) {
    // With the folder that it was in, it is gone too; what stands there now is none of ours (D18).
    if (isFolderGone(error)) return "gone";
    throw error;
  }
}

function isFolderGone(error: unknown): boolean {
  if (!(error instanceof ServiceError) || error.failure.kind !== "refused") return false;
  return error.failure.problem.code === "folder-changed";
}

function settle(context: DeleteContext, target: DeleteTarget, result: Deletion): void {
  const { recorder, index } = context;
  if (result === "deleted") return recorder.finish(target, COMPLETED, true);
  // What was cut off on its way may never have arrived.
  const wasThere = result === "gone" && index.hasArrived(target.key);
  if (wasThere) recorder.finish(target, ALREADY_GONE, true);
  else recorder.forget(target);
}

function settleError(context: DeleteContext, target: DeleteTarget, error: unknown): void {
  const { recorder, stop } = context;
  if (error instanceof StoppedError && stop.reason !== undefined) {
    return recorder.finish(target, stop.reason.failure, false);
  }
  if (!(error instanceof ServiceError)) throw error;
  const found = deleteFailure(error);
  const isLoginRefused = error.failure.kind === "refused" && isLoginRefusal(error.failure.problem);
  // A login that is no longer taken concerns every other target too.
  if (isLoginRefused) stop.stop({ failure: found, rest: "list-rest", trustsIndex: true });
  recorder.finish(target, found, false);
}
