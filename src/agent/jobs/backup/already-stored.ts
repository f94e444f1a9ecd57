import type { PendingUpload } from "../../state/pending-uploads.ts";
import type { BackupContext } from "./backup-context.ts";
import type { BackedUpState } from "./backup-recorder.ts";
import type { ComparedTarget } from "./compare.ts";
import { servicePathOf } from "./service-path-of.ts";

/** Whether the index says that these bytes, with this modification time, are on the service. */
export function isSameAsKnown(target: ComparedTarget, state: BackedUpState): boolean {
  const { known } = target;
  return (
    known !== undefined &&
    known.sha256 === state.sha256 &&
    known.modifiedAtNs === state.stat.modifiedAtNs
  );
}

/** Whether an earlier job that was cut off had committed these bytes already. */
export async function isCommitted(
  context: BackupContext,
  target: ComparedTarget,
  state: BackedUpState,
  leftover: PendingUpload | undefined,
): Promise<boolean> {
  if (leftover === undefined) return false;
  const path = servicePathOf(context, target);
  const stored = await context.retrier.run(() => context.service.file(path));
  return (
    stored !== undefined &&
    stored.sha256 === state.sha256 &&
    stored.modifiedAtNs === String(state.stat.modifiedAtNs)
  );
}
