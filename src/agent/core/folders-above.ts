/** The keys of the folders that a key or path is in, the outermost first: `a/`, `a/b/` for `a/b/c`. */
export function foldersAbove(keyOrPath: string): readonly string[] {
  const path = keyOrPath.endsWith("/") ? keyOrPath.slice(0, -1) : keyOrPath;
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1));
}
