import type { MountInfo } from "./mount-info.ts";

/** A mount, and where it is in the tree of mounts. */
export interface Mount {
  readonly id: string | undefined;
  /** Which place of the file system it shows where: the same for mounts that lead every path below to the same folder. */
  readonly place: string;
}

/** The kernel says so of a folder that was removed while it is mounted. */
const REMOVED = /\/\/deleted$/;

/** Above everything in the table, as in a chroot that is no mount. */
const OUTSIDE: Mount = { id: undefined, place: "" };

/** What is mounted where, as the kernel goes along a path: later mounts cover earlier ones, with all below them. */
export class MountTree {
  readonly #children = new Map<string, Mount>();

  constructor(mounts: readonly MountInfo[]) {
    const ids = new Set(mounts.map(({ id }) => id));
    for (const { id, parentId, root, path } of mounts) {
      const parent = parentId !== id && ids.has(parentId) ? parentId : undefined;
      const place = placeOf(root.replace(REMOVED, ""), path);
      this.#children.set(keyOf(parent, path), { id, place });
    }
  }

  /** The mount that a folder is on; `path` is absolute and without links. */
  find(path: string): Mount {
    let mount = this.step(OUTSIDE, "/");
    for (let end = path.indexOf("/", 1); end !== -1; end = path.indexOf("/", end + 1)) {
      mount = this.step(mount, path.slice(0, end));
    }
    return path === "/" ? mount : this.step(mount, path);
  }

  /** The mount that the folder `path` is on; the folder that it is in is on `above`. */
  step(above: Mount, path: string): Mount {
    let mount = above;
    for (;;) {
      const over = this.#children.get(keyOf(mount.id, path));
      if (over === undefined) return mount;
      mount = over;
    }
  }
}

function keyOf(parentId: string | undefined, path: string): string {
  return `${parentId ?? ""} ${path}`;
}

/**
 * The ends that root and path have in common say nothing: `/home` of a file system mounted on `/home` leads to
 * the same folders as the whole of it mounted on `/`, as where a service manager mounts a folder on itself.
 */
function placeOf(root: string, path: string): string {
  const [from, to] = [namesOf(root), namesOf(path)];
  while (from.length > 0 && from.at(-1) === to.at(-1)) {
    from.pop();
    to.pop();
  }
  // No path has two slashes in a row.
  return `${["", ...from].join("/")}//${to.join("/")}`;
}

function namesOf(path: string): string[] {
  return path.split("/").filter((name) => name !== "");
}
