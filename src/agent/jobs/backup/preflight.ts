import type { Capacity } from "../../core/capacity-cause.ts";
import { folderFailure } from "../../core/disk-failure.ts";
import { failure, type FileFailure } from "../../core/file-outcome.ts";
import { serviceFailure } from "../../core/service-failure.ts";
import { DiskError, type SourceDisk } from "../../ports/source-disk.ts";
import { ServiceError, type Service } from "../../ports/service.ts";
import type { ServicePath } from "../../../protocol/service-path.ts";
import { StoppedError, type JobStop } from "../job-stop.ts";
import type { Retrier } from "../retrier.ts";

/** Why the source cannot be backed up at all, or undefined when it is a folder that is there (B-IS-1/2, B-AD-3). */
export async function sourceFailure(
  disk: Pick<SourceDisk, "stat">,
  path: string,
): Promise<FileFailure | undefined> {
  try {
    const stat = await disk.stat(path);
    return stat.kind === "folder" ? undefined : MISSING;
  } catch (error) {
    if (error instanceof DiskError) return rootFailure(error);
    throw error;
  }
}

const MISSING: FileFailure = failure(
  "invalid-settings",
  ["B-IS-1", "B-IS-2"],
  "the source folder is not there any more",
);

/** What the root's own refusal to be looked at or listed means. */
export function rootFailure(error: DiskError): FileFailure {
  if (error.kind === "not-found" || error.kind === "not-a-folder") return MISSING;
  if (error.kind !== "access-denied") return folderFailure(error);
  return failure("access-denied", ["B-AD-3"], "the source folder itself may not be read");
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
}

/**
 * Asks the service whether the destination is still there and how much is free. Stops the job when
 * the destination is gone (B-IS-3/4), or when the service cannot be asked (B-CE).
 */
export async function askService(options: {
  readonly service: Pick<Service, "folderExists" | "contract">;
  readonly retrier: Retrier;
  readonly stop: JobStop;
  readonly destination: ServicePath;
}): Promise<ServiceState> {
  const { service, retrier, stop, destination } = options;
  let isDestinationSeen = false;
  try {
    isDestinationSeen = await retrier.run(() => service.folderExists(destination));
    if (isDestinationSeen) {
      return { isDestinationSeen, capacity: await retrier.run(() => service.contract()) };
    }
    const detail = "the destination folder on the service is not there any more";
    const gone = failure("invalid-settings", ["B-IS-3", "B-IS-4"], detail);
    stop.stop({ failure: gone, rest: "list-rest", trustsIndex: false });
  } catch (error) {
    if (!(error instanceof StoppedError)) {
      if (!(error instanceof ServiceError)) throw error;
      const target = {
        name: "",
        entryKind: "folder",
        sizeBytes: 0,
        capacityAtStart: null,
      } as const;
      const found = serviceFailure(error, target);
      stop.stop({ failure: found, rest: "list-rest", trustsIndex: true });
    }
  }
  return { isDestinationSeen, capacity: null };
}
