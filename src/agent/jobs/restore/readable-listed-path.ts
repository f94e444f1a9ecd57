/** Characters of a row's path; a damaged answer may hold any number. */
const LENGTH_MAX = 4_096;

/**
 * A listed path that was refused, for people: below `folder` where it claims to be, U+FFFD in place of
 * what no name has.
 */
export function readableListedPath(path: string, folder: string): string {
  const prefix = `${folder}/`;
  const below = path.startsWith(prefix) ? path.slice(prefix.length) : path;
  const cut = below.slice(0, LENGTH_MAX).toWellFormed();
  // oxlint-disable-next-line no-control-regex -- control characters are what is replaced
  return cut.replace(/[\u0000-\u001f\u007f]/g, "\ufffd");
}
