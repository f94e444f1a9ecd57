import type { Scenario } from "../scenario/scenario.ts";
import type { Step } from "../scenario/step.ts";
import type { Tree } from "../scenario/tree-node.ts";
import { daysOfParts, splitIntoParts } from "./parts-of-source.ts";

/** What the two halves of a source are called, and no other folder. */
export const HALF_NAMES = ["上半期", "下半期"] as const;

/**
 * Days of one source, most of which lies in two folders of it: of its entries, two of five each go to one of them, the
 * fifth stays beside them. Once it is so it stays so.
 */
export function daysOfHalves(scenario: Scenario): Scenario {
  const { sources, tree, timeline, ...rest } = scenario;
  const [source = "/"] = sources;
  const moved = (path: string): string => inItsHalf(path, source);
  return daysOfParts(
    {
      ...rest,
      sources: [source],
      tree: Object.fromEntries(
        Object.entries(tree).map(([path, node]) => [moved(path), node]),
      ) satisfies Tree,
      timeline: timeline.flatMap((step) => stepInHalves(step, moved, source)),
    },
    halvesOf(source),
  );
}

/** The same days with the halves as sources. */
export function splitIntoHalves(scenario: Scenario): Scenario {
  return splitIntoParts(scenario, halvesOf(scenario.sources[0] ?? "/"));
}

function halvesOf(source: string): readonly string[] {
  return HALF_NAMES.map((name) => `${source}/${name}`);
}

function stepInHalves(
  step: Step,
  moved: (path: string) => string,
  source: string,
): readonly Step[] {
  if (step.do === "restore") {
    const { source: number, path = "" } = step.from;
    if (number > 0) return [];
    const place = path === "" ? HALF_NAMES[0] : moved(`${source}/${path}`).slice(source.length + 1);
    const isInHalf = HALF_NAMES.some((name) => `${place}/`.startsWith(`${name}/`));
    const { entryKind = "folder" } = step.from;
    return isInHalf ? [{ ...step, from: { source: 0, path: place, entryKind } }] : [];
  }
  if (step.do === "rename") return [{ ...step, path: moved(step.path), to: moved(step.to) }];
  return "path" in step ? [{ ...step, path: moved(step.path) }] : [step];
}

/** `/data/仕事/上半期/a/b` of `/data/仕事/a/b`. */
function inItsHalf(path: string, source: string): string {
  if (!path.startsWith(`${source}/`)) return path;
  const below = path.slice(source.length + 1);
  const [first = ""] = below.split("/");
  // By its letters alone, so that two spellings of one name are together.
  const sum = Array.from(first.normalize("NFKD").toLowerCase()).reduce(
    (total, letter) => total + (letter.codePointAt(0) ?? 0),
    0,
  );
  const half = HALF_NAMES.some((name) => name === first) ? undefined : HALF_NAMES[(sum % 5) >> 1];
  return half === undefined ? path : `${source}/${half}/${below}`;
}
