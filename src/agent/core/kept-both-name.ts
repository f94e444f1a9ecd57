/**
 * The name a file gets beside another that stands in its way: `name (2).ext` for 2 (F42). What is
 * behind the last full stop is the extension; a name that only begins with one has none.
 */
export function keptBothName(name: string, number: number): string {
  const dot = name.lastIndexOf(".");
  const at = dot > 0 ? dot : name.length;
  return `${name.slice(0, at)} (${number})${name.slice(at)}`;
}
