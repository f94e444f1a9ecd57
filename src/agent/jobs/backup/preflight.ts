import type { Capacity } from "./capacity-cause.ts";
import { folderFailure } from "./disk-failure.ts";
import { failure, type FileFailure } from "../../core/file-outcome.ts";
import { backupFailure } from "./backup-failure.ts";
import { DiskError, type SourceDisk } from "../../ports/source-disk.ts";
import {
  isPlaceChanged,
  ServiceError,
  type PlacedService,
  type Service,
} from "../../ports/service.ts";
import type { BackupRecorder } from "./backup-recorder.ts";
import type { ServicePath } from "../../../protocol/service-path.ts";
import { StoppedError, type JobStop, type StopReason } from "../job-stop.ts";
import type { Retrier } from "../retrier.ts";
import { message } from "../../../messages/message.ts";

/** What stands at a source folder's path: the folder and its device, or why it cannot be backed up at all. */
export type SourceState =
  | { readonly kind: "there"; readonly deviceId: string }
  | { readonly kind: "failed"; readonly failure: FileFailure };

/** Looks at the source folder (B-IS-1/2, B-AD-3). */
export async function lookAtSource(
  disk: Pick<SourceDisk, "statNow">,
  path: string,
): Promise<SourceState> {
  try {
    const { kind, deviceId } = await disk.statNow(path);
    return kind === "folder" ? { kind: "there", deviceId } : { kind: "failed", failure: MISSING };
  } catch (error) {
    if (error instanceof DiskError) return { kind: "failed", failure: rootFailure(error) };
    throw error;
  }
}

const MISSING: FileFailure = failure(
  "invalid-settings",
  ["B-IS-1", "B-IS-2"],
  message("backup.source-gone"),
);

/** What the root's own refusal to be looked at or listed means. */
export function rootFailure(error: DiskError): FileFailure {
  if (error.kind === "not-found" || error.kind === "not-a-folder") return MISSING;
  if (error.kind !== "access-denied") return folderFailure(error);
  return failure("access-denied", ["B-AD-3"], message("disk.unreadable-source"));
}

/** What the service said before anything was sent. */
export interface ServiceState {
  /**
   * Whether the destination folder was seen. While it was not, the index proves nothing: what it
   * remembers may have gone together with the folder (I1).
   */
  readonly isDestinationSeen: boolean;
  /** Null when it is not known. */
  readonly capacity: Capacity | null;
  /** The service for the folder that was seen; any service while none was. */
  readonly service: Service;
}

const DESTINATION_GONE: StopReason = {
  failure: failure("invalid-settings", ["B-IS-3", "B-IS-4"], message("backup.destination-gone")),
  rest: "list-rest",
  trustsIndex: false,
};

/** The folder that stood there when the job began is not that one any more. */
const DESTINATION_CHANGED: StopReason = {
  failure: failure("unexpected", ["B-UX-11"], message("backup.destination-changed")),
  rest: "list-rest",
  trustsIndex: false,
};

/**
 * Asks the service which folder the destination is and how much is free. Forgets what was learned from
 * another folder, or before the service was put back (D18). Stops the job when the destination is gone
 * (B-IS-3/4), or when the service cannot be asked (B-CE).
 */
export async function askService(options: {
  readonly service: Service;
  readonly retrier: Retrier;
  readonly stop: JobStop;
  readonly destination: ServicePath;
  readonly recorder: Pick<BackupRecorder, "knownPlace" | "begunIn">;
}): Promise<ServiceState> {
  const { service, retrier, stop, destination, recorder } = options;
  let found: PlacedService | undefined;
  try {
    const known = recorder.knownPlace;
    const same = known && (await retrier.run(() => service.within(known).placeTag(destination)));
    const place = same ?? (await retrier.run(() => service.placeTag(destination)));
    if (place === undefined) {
      stop.stop(DESTINATION_GONE);
    } else {
      found = service.within(place);
      recorder.begunIn(found, { isKnown: same !== undefined });
      const capacity = await retrier.run(() => service.contract());
      return { isDestinationSeen: true, capacity, service: found };
    }
  } catch (error) {
    stopWithoutService(stop, error);
  }
  return { isDestinationSeen: found !== undefined, capacity: null, service: found ?? service };
}

/**
 * Looks at the destination once more when all is done: what was reported is there only if it is still the
 * same folder. A service that does not answer now changes nothing.
 */
export async function lookAgain({
  service,
  stop,
  destination,
  isDestinationSeen,
}: LookAgain): Promise<void> {
  if (!isDestinationSeen || stop.reason !== undefined) return;
  try {
    if ((await service.placeTag(destination)) === undefined) stop.stop(DESTINATION_CHANGED);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
  }
}

interface LookAgain {
  readonly service: Pick<Service, "placeTag">;
  readonly stop: JobStop;
  readonly destination: ServicePath;
  readonly isDestinationSeen: boolean;
}

/** The service cannot be asked what concerns every target; what is no failure of it is thrown on. */
function stopWithoutService(stop: JobStop, error: unknown): void {
  if (error instanceof StoppedError) return;
  if (!(error instanceof ServiceError)) throw error;
  stop.stop({ failure: failureForAll(error), rest: "list-rest", trustsIndex: true });
}

/** What an exchange that failed for good means for a job as a whole. */
export function failureForAll(error: ServiceError): FileFailure {
  return backupFailure(error, {
    name: "",
    entryKind: "folder",
    sizeBytes: 0,
    capacityAtStart: null,
  });
}

/** Stops a job whose comparison needs a listing that cannot be had (F16). */
export function stopWithoutListing(stop: JobStop, error: unknown): void {
  if (isDestinationLost(error)) stop.stop(DESTINATION_CHANGED);
  else stopWithoutService(stop, error);
}

function isDestinationLost(error: unknown): boolean {
  if (!(error instanceof ServiceError) || error.failure.kind !== "refused") return false;
  const { problem } = error.failure;
  return problem.code === "not-found" || isPlaceChanged(problem);
}
