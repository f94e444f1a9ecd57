import { compareKeys } from "../../core/compare-keys.ts";
import type { IndexEntry } from "../../core/difference.ts";
import type { RememberedEntry } from "./compare.ts";

/**
 * The entries of the index, and between them the keys of uploads that were cut off and that it has no entry
 * of, all in order of key; both have to come so.
 */
export function* rememberedEntries(
  index: Iterator<IndexEntry, void>,
  cutOff: Iterator<string, void>,
): Generator<RememberedEntry, void> {
  let entry = index.next();
  let key = cutOff.next();
  while (entry.done !== true || key.done !== true) {
    const order =
      entry.done === true ? 1 : key.done === true ? -1 : compareKeys(entry.value.key, key.value);
    if (order > 0 && key.done !== true) yield { key: key.value };
    else if (entry.done !== true) yield entry.value;
    if (order <= 0) entry = index.next();
    if (order >= 0) key = cutOff.next();
  }
}
