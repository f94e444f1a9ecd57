import type { ServicePath } from "../../../protocol/service-path.ts";
import { falseAnswer, type RestoreFailure } from "./restore-failure.ts";
import type { ListedEntry, ListingPage } from "../../ports/service.ts";
import { StoppedError } from "../job-stop.ts";
import type { RestoreContext } from "./restore-context.ts";
import { message } from "../../../messages/message.ts";

interface ListFolderOptions {
  readonly context: Pick<RestoreContext, "service" | "retrier" | "stop" | "tuning">;
  readonly place: ServicePath;
  readonly firstPage: ListingPage;
  /** Whether an entry was accepted since it was asked last. */
  readonly isGettingOn: () => boolean;
}

/** Thrown when a listing gives the same again, or nothing, and says that there is more. */
export class EndlessListingError extends Error {
  readonly failure: RestoreFailure = falseAnswer(message("restore.endless-listing"));

  constructor() {
    super("the listing does not get on");
    this.name = "EndlessListingError";
  }
}

/**
 * Everything below a folder on the service, page by page, each as it came. Asks for no page once the
 * job is to stop. Rejects with `ServiceError`, `StoppedError` or `EndlessListingError`.
 */
export async function* listFolder(
  options: ListFolderOptions,
): AsyncGenerator<readonly ListedEntry[], void> {
  const { context, place, isGettingOn } = options;
  const togetherCount = context.tuning.listedTogetherCount;
  let lastToken: string | undefined;
  for (let page = options.firstPage; ;) {
    for (let first = 0; first < page.entries.length; first += togetherCount) {
      yield page.entries.slice(first, first + togetherCount);
    }
    const pageToken = page.nextPageToken;
    if (pageToken === null) return;
    if (context.stop.reason !== undefined) throw new StoppedError();
    if (pageToken === lastToken || !isGettingOn()) throw new EndlessListingError();
    lastToken = pageToken;
    page = await context.retrier.run(() =>
      context.service.listPage(place, { recursive: true, pageToken }),
    );
  }
}
