import { compareKeys } from "../../core/compare-keys.ts";
import { isUnchanged, type IndexEntry } from "../../core/difference.ts";
import type { ScanItem, Target } from "./scan-item.ts";

/** A target with what the index knows of it. */
export interface ComparedTarget extends Target {
  /** What is on the service, as far as is known; undefined for a new target. */
  readonly known: IndexEntry | undefined;
  /** Whether its times alone say that it is on the service as it is. */
  readonly isUnchanged: boolean;
}

/** What the comparison yields: targets compared, everything else as the scan had it. */
export type ComparedItem = ComparedTarget | Exclude<ScanItem, Target>;

/**
 * Merges the scan with the index, both in order of key: one step forward on either side per item,
 * no look-ups, a page of the index in memory (F21). Index entries without a target are passed over.
 */
export async function* compare(
  items: AsyncIterable<readonly ScanItem[]>,
  index: Iterator<IndexEntry, void>,
): AsyncGenerator<readonly ComparedItem[], void> {
  let next = index.next();
  const compareOne = (item: ScanItem): ComparedItem => {
    if (item.kind !== "target") return item;
    while (next.done !== true && compareKeys(next.value.key, item.key) < 0) next = index.next();
    const known = next.done !== true && next.value.key === item.key ? next.value : undefined;
    const unchanged =
      known !== undefined && (item.entryKind === "folder" || isUnchanged(item.stat, known));
    return { ...item, known, isUnchanged: unchanged };
  };
  for await (const some of items) yield some.map((item) => compareOne(item));
}
