import type { Scenario } from "../scenario/scenario.ts";

/** Where a part of a scenario stands: keys and places from its top. */
type PartPath = readonly (string | number)[];

/** Every scenario needs these; entries and steps go by themselves. */
const NEEDED: ReadonlySet<string> = new Set([
  "version",
  "seed",
  "start",
  "zone",
  "edition",
  "plan",
  "disk",
  "tree",
  "sources",
  "timeline",
]);

/** The parts that a scenario may be able to do without, the largest first. */
export function partsOf(scenario: Scenario): readonly PartPath[] {
  const found: { readonly path: PartPath; readonly size: number }[] = [];
  const visit = (held: unknown, path: PartPath): void => {
    if (typeof held !== "object" || held === null) return;
    for (const [key, below] of Object.entries(held)) {
      const inner = [...path, Array.isArray(held) ? Number(key) : key];
      const isNeeded = (path.length === 0 && NEEDED.has(key)) || key === "do" || key === "kind";
      if (!isNeeded) found.push({ path: inner, size: JSON.stringify(below)?.length ?? 0 });
      visit(below, inner);
    }
  };
  const { sources: _, ...rest } = scenario;
  visit(rest, []);
  return found.toSorted((one, other) => other.size - one.size).map(({ path }) => path);
}

/** A scenario without one of its parts; what is left need not be one. */
export function withoutPart(scenario: Scenario, path: PartPath): unknown {
  const copy: unknown = structuredClone(scenario);
  const key = path.at(-1) ?? "";
  let holder = copy;
  for (const step of path.slice(0, -1)) holder = (holder as Record<string, unknown>)[step];
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete (holder as Record<string, unknown>)[key];
  return copy;
}
