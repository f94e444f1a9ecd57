/*
 * Paths as scenarios write them: they begin with `/` on every kind of disk, and names are joined by it.
 */

/** The path of the folder a path is in; "" for the top. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

/** How far below the top a path is. */
export function depthOf(path: string): number {
  return path.split("/").length;
}

/** Whether `path` is `root` or below it. */
export function isAtOrBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}
