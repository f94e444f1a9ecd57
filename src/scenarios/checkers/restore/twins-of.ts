import { asOnDisk } from "../shared/as-on-disk.ts";
import type { RestoreFacts } from "./restore-facts.ts";
import { foldersOnTheWay } from "./target-names.ts";

/** Paths of places that two entries want, or one wants as a file and others as a folder on their way. */
export function twinsOf({
  run,
  entries,
}: Pick<RestoreFacts, "run" | "entries">): ReadonlySet<string> {
  const wanted = Map.groupBy(entries, ({ path }) => asOnDisk(run, path));
  const folders = new Set(entries.flatMap(({ path }) => foldersOnTheWay(asOnDisk(run, path))));
  const shared = (place: string): boolean =>
    (wanted.get(place)?.length ?? 0) > 1 || (folders.has(place) && wanted.has(place));
  return new Set(
    entries.flatMap(({ path }) => {
      const place = asOnDisk(run, path);
      return [...foldersOnTheWay(place), place].some(shared) ? [path] : [];
    }),
  );
}
