import { posix } from "node:path";

import type { HostMounts } from "./host-mounts.ts";
import { readMountInfo } from "./mount-info.ts";
import { MountTree, type Mount } from "./mount-tree.ts";

/** Folders whose place is kept: more than those on the way to the one that is read. */
const KEPT_FOLDER_COUNT_MAX = 2048;

interface Folder {
  readonly realPath: string;
  readonly mount: Mount;
}

/** Says of folders which place of their file system is mounted there, from the host's mount table. */
export class MountedPlaces {
  readonly #host: HostMounts;
  readonly #folders = new Map<string, Folder>();
  #table: string | undefined;
  #tree: MountTree | undefined;

  constructor(host: HostMounts) {
    this.#host = host;
  }

  /** Looks at the table anew, with `isNow` as it is at this very moment. */
  refresh(isNow: boolean): void {
    const table = this.#host.table(isNow);
    // A link on the way may lead elsewhere by now.
    if (isNow) this.#folders.clear();
    if (table === this.#table) return;
    this.#table = table;
    this.#tree = table === undefined ? undefined : new MountTree(readMountInfo(table));
    this.#folders.clear();
  }

  /**
   * The place of a folder, by the table as it was at the last `refresh`; undefined where the host tells none.
   * A folder is taken for no link if what it is in was asked for before. Never rejects.
   */
  async of(folder: string): Promise<string | undefined> {
    const tree = this.#tree;
    if (tree === undefined) return undefined;
    const known = this.#folders.get(folder);
    if (known !== undefined) return known.mount.place;
    const found = await this.#look(tree, folder);
    if (found === undefined) return undefined;
    if (this.#folders.size >= KEPT_FOLDER_COUNT_MAX) this.#folders.clear();
    if (tree === this.#tree) this.#folders.set(folder, found);
    return found.mount.place;
  }

  async #look(tree: MountTree, folder: string): Promise<Folder | undefined> {
    const above = this.#folders.get(posix.dirname(folder));
    if (above !== undefined && above.realPath !== "/") {
      const realPath = `${above.realPath}/${posix.basename(folder)}`;
      return { realPath, mount: tree.step(above.mount, realPath) };
    }
    try {
      const realPath = await this.#host.realpath(folder);
      return { realPath, mount: tree.find(realPath) };
    } catch {
      return undefined;
    }
  }
}
