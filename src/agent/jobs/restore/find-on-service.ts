import { formatServicePath, type ServicePath } from "../../../protocol/service-path.ts";
import { NOT_ON_SERVICE, restoreFailure, type RestoreFailure } from "./restore-failure.ts";
import {
  ServiceError,
  type ListingPage,
  type Service,
  type StoredFile,
} from "../../ports/service.ts";
import type { Retrier } from "../retrier.ts";
import { message, type Message } from "../../../messages/message.ts";

/** What is to be restored. */
export interface SourceWish {
  readonly place: ServicePath;
  /** Undefined: whichever there is of this path; of both, the one that was written to last (decision 0004). */
  readonly entryKind: "file" | "folder" | undefined;
  /** Undefined: the newest. */
  readonly generation: number | undefined;
}

/** What is there on the service, or why it cannot be restored. */
export type FoundSource =
  /** `service` is about this very folder: no other one is taken for it while the job goes on. */
  | { readonly kind: "folder"; readonly firstPage: ListingPage; readonly service: Service }
  | { readonly kind: "file"; readonly stored: StoredFile }
  | { readonly kind: "failed"; readonly failure: RestoreFailure };

/** Asks the service for what is to be restored. Rejects with `StoppedError` when the job is to stop. */
export async function findOnService(
  service: Service,
  retrier: Retrier,
  wish: SourceWish,
): Promise<FoundSource> {
  try {
    const folder =
      wish.entryKind === "file" ? undefined : await folderAt(service, retrier, wish.place);
    const isCurrent = wish.entryKind === "folder" || folder?.firstPage.supersededAt === undefined;
    if (folder !== undefined && isCurrent) return { kind: "folder", ...folder };
    const stored = wish.entryKind === "folder" ? undefined : await fileAt(service, retrier, wish);
    if (stored !== undefined) return { kind: "file", stored };
    if (folder !== undefined) return { kind: "folder", ...folder };
    return { kind: "failed", failure: { ...NOT_ON_SERVICE, detail: missing(wish) } };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { kind: "failed", failure: restoreFailure(error) };
  }
}

async function folderAt(
  service: Service,
  retrier: Retrier,
  path: ServicePath,
): Promise<{ readonly firstPage: ListingPage; readonly service: Service } | undefined> {
  try {
    const firstPage = await retrier.run(() => service.listPage(path, { recursive: true }));
    const { place } = firstPage;
    return { firstPage, service: place === undefined ? service : service.within(place) };
  } catch (error) {
    const isRefused = error instanceof ServiceError && error.failure.kind === "refused";
    if (isRefused && restoreFailure(error) === NOT_ON_SERVICE) return undefined;
    throw error;
  }
}

async function fileAt(
  service: Pick<Service, "listGenerations">,
  retrier: Retrier,
  { place, generation }: SourceWish,
): Promise<StoredFile | undefined> {
  const kept = await retrier.run(() => service.listGenerations(place));
  return generation === undefined ? kept?.[0] : kept?.find((one) => one.generation === generation);
}

function missing({ place, generation }: SourceWish): Message {
  const path = formatServicePath(place);
  return generation === undefined
    ? message("restore.path-not-on-service", { path })
    : message("restore.generation-not-on-service", { path, generation });
}
