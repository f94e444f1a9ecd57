/** Plain data in which paths at or below some folders are at or below others, by their places in both lists. */
export function rebased<Data>(data: Data, from: readonly string[], to: readonly string[]): Data {
  const moved = (text: string): string => {
    const at = from.findIndex((folder) => text === folder || text.startsWith(`${folder}/`));
    const target = at === -1 ? undefined : to[at % to.length];
    return target === undefined ? text : target + text.slice((from[at] ?? "").length);
  };
  const changed = (value: unknown): unknown => {
    if (typeof value === "string") return moved(value);
    if (Array.isArray(value)) return value.map(changed);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, held]) => [moved(key), changed(held)]),
    );
  };
  return changed(data) as Data;
}
