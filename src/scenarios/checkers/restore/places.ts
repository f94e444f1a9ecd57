import { asOnDisk } from "../shared/as-on-disk.ts";
import type { RestoreRun } from "../../observation/restore-run.ts";
import { isPlaceOf, withoutNumbers } from "./target-names.ts";

/**
 * Paths, found by the place that they may stand at ({@link isPlaceOf}) without looking at each: trees have hundreds of
 * entries, and each is asked for.
 */
export class Places<Entry> {
  readonly #run: Pick<RestoreRun, "disk">;
  /** By the path without any number that a name in it got. */
  readonly #byBarePath = new Map<string, (readonly [path: string, entry: Entry])[]>();

  constructor(
    run: Pick<RestoreRun, "disk">,
    entries: Iterable<readonly [path: string, entry: Entry]>,
  ) {
    this.#run = run;
    for (const entry of entries) {
      const bare = this.#bare(entry[0]);
      const same = this.#byBarePath.get(bare);
      if (same === undefined) this.#byBarePath.set(bare, [entry]);
      else same.push(entry);
    }
  }

  /** Those that stand where what belongs at `wanted` may stand, in the order in which they were given. */
  standingFor(wanted: string): readonly (readonly [path: string, entry: Entry])[] {
    return this.#near(wanted).filter(([path]) => isPlaceOf(this.#run, path, wanted));
  }

  /** Those that belong where `path` may be the place of, in the order in which they were given. */
  wantedAt(path: string): readonly (readonly [path: string, entry: Entry])[] {
    return this.#near(path).filter(([wanted]) => isPlaceOf(this.#run, path, wanted));
  }

  #near(path: string): readonly (readonly [path: string, entry: Entry])[] {
    return this.#byBarePath.get(this.#bare(path)) ?? [];
  }

  #bare(path: string): string {
    return asOnDisk(this.#run, path).split("/").map(withoutNumbers).join("/");
  }
}
