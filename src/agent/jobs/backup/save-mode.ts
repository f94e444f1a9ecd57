import { parseMode } from "../../../protocol/posix-mode.ts";
import { isNotNow } from "../../../protocol/http/is-not-now.ts";
import type { Problem } from "../../../protocol/http/problem.ts";
import { message } from "../../../messages/message.ts";
import { isModeSaved } from "../../core/difference.ts";
import {
  exchangeFailed,
  ServiceError,
  type FileAttributes,
  type StoredFile,
} from "../../ports/service.ts";
import type { BackupContext } from "./backup-context.ts";
import type { BackedUpState } from "./backup-recorder.ts";
import type { ComparedTarget } from "./compare.ts";
import { servicePathOf } from "./service-path-of.ts";

/** The part of a batch that gives a file, which is on the service in this state, its mode. */
export function modePart(
  context: BackupContext,
  target: ComparedTarget,
  { stat, sha256 }: BackedUpState,
): FileAttributes | undefined {
  const { mode, modifiedAtNs } = stat;
  if (mode === undefined) return undefined;
  const path = servicePathOf(context, target);
  return { kind: "file-attributes", path, modifiedAtNs, mode, sha256 };
}

/** Whether a refusal of attributes says that the service has no such file, or another one. */
export function isOtherFile({ code }: Problem): boolean {
  return code === "not-found" || code === "precondition-failed";
}

/**
 * Gives a file that is on the service in this state its mode; false when the service has no such file any
 * more. Rejects with `ServiceError`, or `StoppedError`.
 */
export async function saveMode(
  context: BackupContext,
  target: ComparedTarget,
  state: BackedUpState,
): Promise<boolean> {
  const part = modePart(context, target, state);
  if (part === undefined) return true;
  return context.retrier.run(async () => {
    const [result] = await context.service.putBatch([part]);
    if (result?.outcome !== "refused") return true;
    const { problem } = result;
    if (isOtherFile(problem)) return false;
    const what = message("exchange.saving-mode", { path: target.path });
    if (!isNotNow(problem.status)) throw new ServiceError({ kind: "refused", problem }, what);
    const why = message("exchange.unavailable");
    throw new ServiceError(
      exchangeFailed("unavailable"),
      message("exchange.failed", { what, why }),
    );
  });
}

/** Whether the service has the mode that belongs to this state. */
export function hasModeOf(state: BackedUpState, stored: Pick<StoredFile, "mode">): boolean {
  return isModeSaved(state.stat, stored.mode === null ? undefined : parseMode(stored.mode));
}
