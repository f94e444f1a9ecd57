import type { FileFailure } from "../../core/file-outcome.ts";
import { fileFailure } from "./disk-failure.ts";
import { refusalFailure, backupFailure, type RefusedTarget } from "./backup-failure.ts";
import type { Problem } from "../../../protocol/http/problem.ts";
import { DiskError } from "../../ports/source-disk.ts";
import { ServiceError } from "../../ports/service.ts";
import { StoppedError } from "../job-stop.ts";
import type { BackupContext } from "./backup-context.ts";
import type { ComparedTarget } from "./compare.ts";
import { isLoginRefusal } from "../../../protocol/http/is-login-refusal.ts";

function refusedTarget(context: BackupContext, target: ComparedTarget): RefusedTarget {
  return {
    name: target.path.slice(target.path.lastIndexOf("/") + 1),
    entryKind: target.entryKind,
    sizeBytes: target.entryKind === "file" ? target.stat.sizeBytes : 0,
    capacityAtStart: context.capacityAtStart,
  };
}

/** Notes what the service's refusal means for a target and, where it concerns all, for the job. */
export function settleRefusal(
  context: BackupContext,
  target: ComparedTarget,
  problem: Problem,
): void {
  const found = refusalFailure(problem, refusedTarget(context, target));
  stopWhereAllAreConcerned(context, found, problem);
  context.recorder.finish(target, found);
}

/**
 * Notes what an error means for a target. Every error has a place: one of the disk, of the service,
 * of a job that is to stop; anything else is not this file's and is thrown on.
 */
export function settleError(context: BackupContext, target: ComparedTarget, error: unknown): void {
  if (error instanceof StoppedError && context.stop.reason !== undefined) {
    context.recorder.finish(target, context.stop.reason.failure);
  } else if (error instanceof DiskError) {
    context.recorder.finish(target, fileFailure(error));
  } else if (error instanceof ServiceError && error.failure.kind === "refused") {
    settleRefusal(context, target, error.failure.problem);
  } else if (error instanceof ServiceError) {
    context.recorder.finish(target, backupFailure(error, refusedTarget(context, target)));
  } else {
    throw error;
  }
}

/** A destination that is gone, or a login that is no longer taken, concerns every other target too. */
function stopWhereAllAreConcerned(
  context: BackupContext,
  found: FileFailure,
  problem: Problem,
): void {
  const isDestinationGone = found.causes.includes("B-UX-11");
  if (!isDestinationGone && !isLoginRefusal(problem)) return;
  // What the index says stays true without a login; in a destination that is gone nothing is left.
  context.stop.stop({ failure: found, rest: "list-rest", trustsIndex: !isDestinationGone });
}
