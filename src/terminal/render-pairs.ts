import { padToWidth, textWidth } from "./text-width.ts";

/** A name with its value, for people. */
export type Pair = readonly [name: string, value: string];

/** Lines of `name  value`, the values aligned. */
export function renderPairs(pairs: readonly Pair[]): string {
  const width = Math.max(...pairs.map(([name]) => textWidth(name)));
  return pairs.map(([name, value]) => `${padToWidth(name, width, "left")}  ${value}`).join("\n");
}
