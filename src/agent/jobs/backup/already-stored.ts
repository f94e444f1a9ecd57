import { isModeSaved } from "../../core/difference.ts";
import type { StoredFile } from "../../ports/service.ts";
import type { PendingUpload } from "../../state/pending-uploads.ts";
import type { BackupContext } from "./backup-context.ts";
import type { BackedUpState } from "./backup-recorder.ts";
import type { ComparedTarget } from "./compare.ts";
import { hasModeOf } from "./save-mode.ts";
import { servicePathOf } from "./service-path-of.ts";

/** What the service has of a file whose bytes and modification time are there. */
export interface AlreadyStored {
  /** Whether its mode is there too. */
  readonly isModeSaved: boolean;
}

/**
 * Whether these bytes, with this modification time, are on the service: as the index says, or as the
 * service itself says of a file that an earlier job was cut off with, and of every file when the
 * destination could not be looked at. Undefined when they are not.
 */
export async function alreadyStored(
  context: BackupContext,
  target: ComparedTarget,
  state: BackedUpState,
  leftover: PendingUpload | undefined,
): Promise<AlreadyStored | undefined> {
  // What the index says holds for a destination that was seen.
  const { isDestinationSeen } = context;
  if (isDestinationSeen && isSameAsKnown(target, state)) {
    return { isModeSaved: isModeSaved(state.stat, target.known?.mode) };
  }
  if (isDestinationSeen && leftover === undefined) return undefined;
  const stored = await storedAs(context, target, state);
  return stored && { isModeSaved: hasModeOf(state, stored) };
}

/** Whether the index says that these bytes, with this modification time, are on the service. */
function isSameAsKnown(target: ComparedTarget, state: BackedUpState): boolean {
  const { known } = target;
  return (
    known !== undefined &&
    known.sha256 === state.sha256 &&
    known.modifiedAtNs === state.stat.modifiedAtNs
  );
}

/** What the service says of the file, if it has these bytes with this modification time. */
export async function storedAs(
  context: BackupContext,
  target: ComparedTarget,
  state: BackedUpState,
): Promise<StoredFile | undefined> {
  const path = servicePathOf(context, target);
  const stored = await context.retrier.run(() => context.service.file(path));
  const isSame =
    stored?.sha256 === state.sha256 && stored.modifiedAtNs === String(state.stat.modifiedAtNs);
  return isSame ? stored : undefined;
}
