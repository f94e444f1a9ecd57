import type { Entry } from "../../../protocol/http/schemas.ts";
import { parseMode } from "../../../protocol/posix-mode.ts";
import { isModeSaved, type IndexEntry } from "../../core/difference.ts";
import type { ComparedItem, ComparedTarget } from "./compare.ts";
import type { ServiceListing } from "./service-listing.ts";

interface ConfirmListedOptions {
  readonly listing: Pick<ServiceListing, "find" | "close">;
  /** The listing cannot be had: called once, with what it rejected with. */
  readonly onFailed: (error: unknown) => void;
  /** The service has not what the index says that it has at a key. */
  readonly onMissing: (key: string) => void;
}

/**
 * 差分比較アップロード (F16): lets the index have its word only about what the service lists as the
 * index knows it. A target that is missing there, or other, is sent again, changed here or not; one
 * that the index does not know is sent whatever the listing says. Once the listing cannot be had,
 * nothing is confirmed any more.
 */
export async function* confirmListed(
  items: AsyncIterable<readonly ComparedItem[]>,
  options: ConfirmListedOptions,
): AsyncGenerator<readonly ComparedItem[], void> {
  let isFailed = false;
  const confirm = async (target: ComparedTarget): Promise<ComparedTarget> => {
    const { known } = target;
    if (known === undefined) return target;
    if (!isFailed) {
      try {
        const listed = await options.listing.find(target.key);
        if (isAsKnown(listed, known)) return withModeOf(target, listed);
        options.onMissing(target.key);
      } catch (error) {
        isFailed = true;
        options.onFailed(error);
      }
    }
    return { ...target, known: undefined, isUnchanged: false };
  };
  try {
    for await (const some of items) {
      const confirmed: ComparedItem[] = [];
      for (const item of some) {
        confirmed.push(item.kind === "target" ? await confirm(item) : item);
      }
      yield confirmed;
    }
  } finally {
    options.listing.close();
  }
}

function withModeOf(target: ComparedTarget, listed: Entry | undefined): ComparedTarget {
  if (listed?.kind !== "file") return target;
  const mode = listed.mode === null ? undefined : parseMode(listed.mode);
  return { ...target, isModeSaved: isModeSaved(target.stat, mode) };
}

function isAsKnown(listed: Entry | undefined, known: IndexEntry): boolean {
  if (listed === undefined || listed.kind === "folder") return listed !== undefined;
  return listed.sha256 === known.sha256 && listed.sizeBytes === known.sizeBytes;
}
